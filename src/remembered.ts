/** Keys that are longer are not remembered, in characters. */
const maxKeyLength = 1_024

/**
 * Remembers what a function has made of texts that it was called with more than once of late; it makes the same of a text each time.
 * Each text has one place, by a hash of some of its characters. A `Map` would enter every text that it is asked for in the table of
 * all names of the program, among objects that are collected last; nothing is held of one that comes once.
 *
 * @param places How many: a power of two.
 */
export function remembered<T>(places: number, make: (text: string) => T): (text: string) => T {
  const known: ({ readonly text: string; readonly made: T } | undefined)[] = Array.from({ length: places })
  const seen = new Int32Array(places)
  return (text) => {
    if (text.length > maxKeyLength) return make(text)
    const hash = hashOf(text)
    const place = hash & (places - 1)
    const found = known[place]
    if (found?.text === text) return found.made
    const made = make(text)
    if (seen[place] === hash) known[place] = { text, made }
    seen[place] = hash
    return made
  }
}

/** Characters at the end of a text, where most differ, and so many spread over the rest. */
const hashed = 32

/** FNV-1a over some of the characters, its upper half mixed into the lower one. */
function hashOf(text: string): number {
  const tail = Math.max(0, text.length - hashed)
  const step = Math.ceil(tail / hashed)
  let hash = 0x811c9dc5
  for (let i = 0; i < tail; i += step) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  for (let i = tail; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash ^ (hash >>> 16)
}
