import { remembering } from '../../remembering.ts'

/** What a response's first lines say. */
export interface ResponseHead {
  readonly status: number
  /** Flat names and values. */
  readonly headers: readonly string[]
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

interface HeaderLine {
  /** With its end. */
  readonly text: string
  readonly name: string
  readonly value: string
  readonly meaning: Meaning
}

/** What a backend's last response has begun with: the next one often begins the same, or differs in a line or two. */
export interface KnownHead {
  /** As it came, if it can be compared whole. */
  text?: string
  head?: ResponseHead
  /** Each at its place. */
  readonly lines: HeaderLine[]
}

/** Of a head that is longer nothing is kept. */
const maxKnownLength = 4_096

/**
 * Reads a status line and headers. What could be understood in two ways is refused: a response must not end elsewhere for
 * the client than it does here.
 *
 * @param text Each byte a character.
 * @param end Where the last line has ended in it, behind its line end.
 * @param known Of the same backend; learns from this response.
 * @throws {BadResponse}
 */
export function parseHead(text: string, end: number, known: KnownHead): ResponseHead {
  const whole = text.slice(0, end)
  if (known.head && known.text === whole) return known.head
  const head = readHead(whole, known.lines)
  if (end <= maxKnownLength) {
    known.text = whole
    known.head = head
  }
  return head
}

function readHead(text: string, known: HeaderLine[]): ResponseHead {
  const lineEnd = text.indexOf('\r\n')
  const { status, minor } = statusLine(text.slice(0, lineEnd))
  const headers: string[] = []
  let length: number | undefined
  let chunked = false
  let keepAlive = minor === 1
  let keepAliveSeconds: number | undefined

  for (let from = lineEnd + 2, i = 0; from < text.length; i++) {
    const before = known[i]
    const isKnown = before !== undefined && text.startsWith(before.text, from)
    const line = isKnown ? before : parseLine(text, from)
    if (!isKnown && text.length <= maxKnownLength) known[i] = line
    const { name, value, meaning } = line
    from += line.text.length
    headers.push(name, value)
    switch (meaning) {
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

function parseLine(text: string, from: number): HeaderLine {
  const end = text.indexOf('\r\n', from)
  const colon = text.indexOf(':', from)
  if (colon < 0 || colon > end) throw new BadResponse('A header line has no colon')
  const name = text.slice(from, colon)
  return { text: text.slice(from, end + 2), name, value: text.slice(colon + 1, end).trim(), meaning: meaningOf(name) }
}

function statusLine(line: string): { status: number; minor: number } {
  const status = 100 * digitAt(line, 9) + 10 * digitAt(line, 10) + digitAt(line, 11)
  const isWhole = line.startsWith('HTTP/1.') && line[8] === ' ' && (line.length === 12 || line[12] === ' ')
  const minor = digitAt(line, 7)
  // A character that is no digit makes the status NaN.
  if (!isWhole || !(minor === 0 || minor === 1) || !(status >= 100)) throw new BadResponse('Invalid status line')
  return { status, minor }
}

function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 48
  return digit >= 0 && digit <= 9 ? digit : Number.NaN
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
