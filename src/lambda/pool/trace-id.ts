/**
 * An `X-Amzn-Trace-Id` for a call that came without one, not sampled.
 *
 * @param requestId UUID, which gives the random digits.
 * @param epochMs Now.
 */
export function newTraceId(requestId: string, epochMs: number = Date.now()): string {
  const seconds = Math.floor(epochMs / 1000).toString(16)
  const a = requestId.slice(0, 8)
  const d = requestId.slice(24)
  return `Root=1-${seconds}-${a}${requestId.slice(9, 13)}${d};Parent=${d}${requestId.slice(14, 18)};Sampled=0`
}
