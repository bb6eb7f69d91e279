import type { Ids } from '../ids.ts'
import type { Invocation } from '../invocation.ts'

/** The `X-Amzn-Trace-Id` that a backend sees: the client's own, or a new root. */
export function traceId({ request, receivedAt }: Invocation, ids: Ids): string {
  const own = request.headers.get('x-amzn-trace-id')
  return own?.includes('Root=') ? own : ids.traceRoot(receivedAt)
}

/** The same trace with the segment of this call, as functions run under and clients get it. Nothing is sampled. */
export function traceSegment(trace: string, ids: Ids): string {
  const parent = trace.includes('Parent=') ? '' : `;Parent=${ids.segment()}`
  return trace + parent + (trace.includes('Sampled=') ? '' : ';Sampled=0')
}
