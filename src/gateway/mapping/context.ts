import type { Invocation } from '../invocation.ts'
import type { CallPlace } from '../rest/deployed-method.ts'
import { requestTime } from './request-time.ts'
import type { Source } from './source.ts'

type Variable = (invocation: Invocation, place: CallPlace) => string | undefined

const variables: Readonly<Record<string, Variable>> = {
  accountId: (_, { stage }) => stage.account,
  apiId: (_, { stage }) => stage.api.restApiId,
  deploymentId: (_, { stage }) => stage.deploymentId,
  domainName: ({ request }) => request.domainName,
  domainPrefix: (_, { stage }) => stage.api.restApiId,
  extendedRequestId: ({ extendedRequestId }) => extendedRequestId,
  httpMethod: ({ request }) => request.method,
  'identity.sourceIp': ({ client }) => client.sourceIp,
  'identity.userAgent': ({ request }) => request.headers.get('user-agent'),
  path: ({ request }, { stage }) => `/${stage.stageName}${request.path}`,
  protocol: ({ request }) => request.protocol,
  requestId: ({ requestId }) => requestId,
  requestTime: ({ receivedAt }) => requestTime(receivedAt),
  requestTimeEpoch: ({ receivedAt }) => String(receivedAt),
  resourceId: (_, { resourceId }) => resourceId,
  resourcePath: (_, { resourcePath }) => resourcePath,
  stage: (_, { stage }) => stage.stageName,
}

/** A `context.…` variable. Those that nothing sets on an open method, such as `identity.user`, have no value. */
export function contextSource(name: string, place: CallPlace): Source {
  const variable = Object.hasOwn(variables, name) ? variables[name] : undefined
  return (invocation) => {
    const value = variable?.(invocation, place)
    return value === undefined || value === '' ? [] : [value]
  }
}
