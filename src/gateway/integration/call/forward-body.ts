import type { RequestBody } from '../../invocation.ts'
import type { Reply } from '../../reply.ts'
import { whenKnown } from '../../when-known.ts'
import type { UpstreamRequest } from '../upstream/upstream.ts'

/** Bodies up to this size are read before the backend is called: cheaper than to stream them. */
const wholeBodyBytes = 65_536

/** Calls a backend with a request's body, as it arrives. */
export function forwardBody(
  body: RequestBody,
  call: (body: UpstreamRequest['body']) => Promise<Reply>,
): Reply | Promise<Reply> {
  if (body.length === 0) return call(null)
  if (body.length !== undefined && body.length <= wholeBodyBytes) return whenKnown(body.read(), call)
  return call({ chunks: body.stream(), length: body.length })
}
