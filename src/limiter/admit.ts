import type { Limit, Now } from './token-bucket.ts'

/**
 * Takes a call from several limits, the first of which to refuse it decides. What was taken before is given back: a call that
 * is refused costs nothing.
 *
 * @returns The limit that refuses; undefined for a call that is admitted.
 */
export function refusing<L extends Limit>(limits: readonly L[], now: Now): L | undefined {
  for (let i = 0; i < limits.length; i++) {
    const limit = limits[i]
    if (limit === undefined || limit.take(now)) continue
    for (let taken = i - 1; taken >= 0; taken--) limits[taken]?.giveBack(now)
    return limit
  }
  return undefined
}
