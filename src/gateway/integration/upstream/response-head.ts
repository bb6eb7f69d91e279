import { remembering } from '../../remembering.ts'

/** What a response's first lines say. */
export interface ResponseHead {
  readonly status: number
  /** Flat names and values. */
  readonly headers: string[]
  /** `chunked`, a length, or up to the connection's end. */
  readonly framing: 'chunked' | 'until-close' | number
  readonly keepAlive: boolean
  /** Seconds that the backend promises to keep an idle connection. */
  readonly keepAliveSeconds: number | undefined
}

export class BadResponse extends Error {
  readonly code = 'BAD_RESPONSE'
}

type Meaning = 'content-length' | 'transfer-encoding' | 'connection' | 'keep-alive' | 'other' | 'invalid'

const meanings: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive'])

const meaningOf = remembering((name): Meaning => {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return 'invalid'
  const lowerName = name.toLowerCase()
  return isMeaning(lowerName) ? lowerName : 'other'
})

function isMeaning(name: string): name is Meaning {
  return meanings.has(name)
}

/**
 * Reads a status line and headers. What could be understood in two ways is refused: a response must not end elsewhere for
 * the client than it does here.
 *
 * @param text Up to the empty line and without it, each byte a character.
 * @throws {BadResponse}
 */
export function parseHead(text: string): ResponseHead {
  const lineEnd = endOfLine(text, 0)
  const { status, minor } = statusLine(text.slice(0, lineEnd))
  const headers: string[] = []
  let length: number | undefined
  let chunked = false
  let keepAlive = minor === 1
  let keepAliveSeconds: number | undefined

  for (let from = lineEnd + 2; from < text.length; ) {
    const end = endOfLine(text, from)
    const colon = text.indexOf(':', from)
    if (colon < 0 || colon > end) throw new BadResponse('A header line has no colon')
    const name = text.slice(from, colon)
    const value = text.slice(colon + 1, end).trim()
    from = end + 2
    headers.push(name, value)
    switch (meaningOf(name)) {
      case 'content-length':
        if (length !== undefined || !/^\d{1,15}$/.test(value)) throw new BadResponse('Invalid Content-Length')
        length = Number(value)
        break
      case 'transfer-encoding':
        if (chunked || value.toLowerCase() !== 'chunked') throw new BadResponse('Unknown Transfer-Encoding')
        chunked = true
        break
      case 'connection':
        keepAlive = keepsAlive(value, keepAlive)
        break
      case 'keep-alive':
        keepAliveSeconds = secondsOf(value)
        break
      case 'invalid':
        throw new BadResponse('Invalid header name')
    }
  }
  if (chunked && length !== undefined) throw new BadResponse('Both Content-Length and Transfer-Encoding')
  const framing = chunked ? 'chunked' : (length ?? 'until-close')
  return { status, headers, framing, keepAlive, keepAliveSeconds }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\r\n', from)
  return end < 0 ? text.length : end
}

function statusLine(line: string): { status: number; minor: number } {
  const status = Number(line.slice(9, 12))
  const valid = line.startsWith('HTTP/1.') && line[8] === ' ' && (line.length === 12 || line[12] === ' ')
  const minor = line.charCodeAt(7) - 48
  if (!valid || !(minor === 0 || minor === 1) || !/^[1-9]\d\d$/.test(line.slice(9, 12))) {
    throw new BadResponse('Invalid status line')
  }
  return { status, minor }
}

function keepsAlive(connection: string, before: boolean): boolean {
  const value = connection.toLowerCase()
  if (value === 'keep-alive') return true
  if (value.includes('close')) return false
  return value.includes('keep-alive') || before
}

function secondsOf(keepAlive: string): number | undefined {
  const seconds = /(?:^|[\s,])timeout=(\d{1,9})/i.exec(keepAlive)?.[1]
  return seconds === undefined ? undefined : Number(seconds)
}
