import type { ReceivedHeaders } from './signature-parts.ts'

/** Header lines as a signature covers them. @param raw Flat: name, value, name, value, … */
export function receivedHeaders(raw: readonly string[]): ReceivedHeaders {
  const values = new Map<string, string>()
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase()
    const value = raw[i + 1] ?? ''
    const others = values.get(name)
    // Documented: repeated headers are joined in the order in which they were sent, each trimmed.
    values.set(name, others === undefined ? value : `${others.trim()},${value.trim()}`)
  }
  return {
    get: (lowerName) => values.get(lowerName),
    find(prefix, isWanted) {
      for (const name of values.keys()) if (name.startsWith(prefix) && isWanted(name)) return name
      return undefined
    },
  }
}
