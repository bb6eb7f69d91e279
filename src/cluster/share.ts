/** Into how many shares a node divides the limits while it cannot reach Redis. */
export interface Shares {
  /** Until it has reached Redis for the first time. */
  readonly atStart: number
  /** No fewer than these, however few nodes it knows of. */
  readonly least: number
}

/** A node that knows nothing of the others takes a share with which so many of them stay within the limits. */
export const unknownNodes = 10

/**
 * @param configured How many nodes there may be, as the configuration says.
 * @param remembered The most that lived at once lately.
 */
export function sharesOf(configured: number | undefined, remembered: number | undefined): Shares {
  const least = configured ?? 1
  return { least, atStart: Math.max(least, remembered ?? configured ?? unknownNodes) }
}
