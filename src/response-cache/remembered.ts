/** Keys that are longer are not remembered, in characters. */
const maxKeyLength = 1_024

/**
 * Remembers what a function has made of the texts that it was last called with; it makes the same of a text each time.
 * @param limit How many.
 */
export function remembered<T>(limit: number, make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const made = make(text)
    if (text.length > maxKeyLength) return made
    if (known.size >= limit) known.clear()
    known.set(text, made)
    return made
  }
}
