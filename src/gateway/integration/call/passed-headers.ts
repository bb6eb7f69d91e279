/** What is known of a header by its name. */
export interface NameFacts {
  readonly lowerName: string
  /** Nobody gets it. */
  readonly dropped: boolean
}

/**
 * The client's header lines that a backend gets, flat: without those that concern the client's connection alone, which
 * `Connection` names.
 *
 * @param raw Flat names and values.
 * @param isKept Whether a line that is not dropped by its name is passed on.
 */
export function passedHeaders(
  raw: readonly string[],
  factsOf: (name: string) => NameFacts,
  isKept: (lowerName: string, value: string) => boolean,
): string[] {
  const lines: string[] = []
  let connection = ''
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] ?? ''
    const value = raw[i + 1] ?? ''
    const { lowerName, dropped } = factsOf(name)
    if (lowerName === 'connection') connection += `,${value}`
    if (!dropped && isKept(lowerName, value)) lines.push(name, value)
  }
  return namesOthers(connection) ? withoutNamed(lines, connection) : lines
}

/** A copy of header lines without those that `Connection` names, and without itself. */
export function withoutConnectionHeaders(raw: readonly string[]): string[] {
  return passedHeaders(raw, ofConnection, () => true)
}

function ofConnection(name: string): NameFacts {
  const lowerName = name.toLowerCase()
  return { lowerName, dropped: lowerName === 'connection' }
}

function namesOthers(connection: string): boolean {
  return connection !== '' && connection !== ',keep-alive' && connection !== ',close'
}

/** `Connection` names further headers that concern this connection only. */
function withoutNamed(lines: readonly string[], connection: string): string[] {
  const named = new Set(connection.split(',').map((name) => name.trim().toLowerCase()))
  return lines.filter((_, i) => !named.has((lines[i - (i % 2)] ?? '').toLowerCase()))
}
