/** How many texts one function remembers, and how long they may be. */
const maxKnown = 1_000
const maxLength = 256

/**
 * Remembers what a function says of each text, for callers send the same few over and over. Bounded: it begins anew when it
 * holds too many, and long texts are worked out each time.
 */
export function remembering<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const hit = known.get(text)
    if (hit !== undefined) return hit
    const fresh = answer(text)
    if (text.length > maxLength) return fresh
    if (known.size >= maxKnown) known.clear()
    known.set(text, fresh)
    return fresh
  }
}
