import type { Invocation } from '../invocation.ts'
import type { Step } from '../pipeline.ts'
import type { Reply } from '../reply.ts'

/** Names the call in its reply, whatever the reply is. */
export const identify: Step<unknown> = (_method, next) => (invocation) => {
  const reply = next(invocation)
  return reply instanceof Promise ? reply.then((late) => identified(late, invocation)) : identified(reply, invocation)
}

/** A reply with the names of its call. */
export function identified({ status, headers, body }: Reply, { requestId, extendedRequestId }: Invocation): Reply {
  const all = headers.slice()
  all.push('x-amzn-RequestId', requestId, 'x-amz-apigw-id', extendedRequestId)
  return { status, headers: all, body }
}
