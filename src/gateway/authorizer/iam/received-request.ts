import { receivedHeaders } from '../../../sigv4/received-headers.ts'
import type { ReceivedRequest } from '../../../sigv4/signature-parts.ts'
import type { GatewayRequest } from '../../invocation.ts'

/** A call as its caller signed it: by the verb and the whole path that were sent. */
export function receivedRequest({ sentMethod, target, headers }: GatewayRequest): ReceivedRequest {
  const question = target.indexOf('?')
  return {
    method: sentMethod,
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    headers: receivedHeaders(headers.raw),
  }
}

/** Whether somebody signed it, well or not: in a header, or in the query. */
export function isSignedCall({ headers, target }: GatewayRequest): boolean {
  const authorization = headers.get('authorization')
  return authorization === undefined
    ? /[?&]X-Amz-(Algorithm|Signature)=/.test(target)
    : authorization.startsWith('AWS4-')
}
