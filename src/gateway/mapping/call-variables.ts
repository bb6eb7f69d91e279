import type { Invocation } from '../invocation.ts'
import { requestTime } from './request-time.ts'

/** The `$context` variables that a call itself tells, whatever type of API it is for; undefined where nothing sets one. */
export const callVariables: Readonly<Record<string, (invocation: Invocation) => string | undefined>> = {
  domainName: ({ request }) => request.domainName,
  extendedRequestId: ({ extendedRequestId }) => extendedRequestId,
  httpMethod: ({ request }) => request.method,
  'identity.accessKey': ({ caller }) => caller?.accessKeyId,
  'identity.accountId': ({ caller }) => caller?.account,
  'identity.caller': ({ caller }) => caller?.userId,
  'identity.sourceIp': ({ client }) => client.sourceIp,
  'identity.user': ({ caller }) => caller?.userId,
  'identity.userAgent': ({ request }) => request.headers.get('user-agent'),
  'identity.userArn': ({ caller }) => caller?.arn,
  protocol: ({ request }) => request.protocol,
  requestId: ({ requestId }) => requestId,
  requestTime: ({ receivedAt }) => requestTime(receivedAt),
  requestTimeEpoch: ({ receivedAt }) => String(receivedAt),
}
