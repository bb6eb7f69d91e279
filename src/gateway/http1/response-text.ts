import { STATUS_CODES } from 'node:http'
import { remembering } from '../remembering.ts'

/** Longer values are looked at each time. */
const maxKeptLength = 256

/** How lines with a name begin, after the line before them. */
interface NamedLine {
  /** `\r\nContent-Type: `, or null for what is no name. */
  readonly start: string | null
  /** The last value that was found to be one: most come again and again. */
  lastValue: string
}

const lineOf = remembering((name): NamedLine => {
  const isName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)
  return { start: isName ? `\r\n${name}: ` : null, lastValue: '' }
})

/**
 * The status line and header lines of a response, with the empty line after them; one character is one byte.
 *
 * @param lines Flat names and values.
 * @param added Lines of the connection's own, as they are sent: each behind its line end.
 * @throws {TypeError} for a name or value that no header can have.
 */
export function responseHead(status: number, lines: readonly string[], added: string): string {
  let text = statusLine(status)
  for (let i = 0; i < lines.length; i += 2) {
    const name = lines[i] ?? ''
    const value = lines[i + 1] ?? ''
    const line = lineOf(name)
    if (line.start === null || !isValue(value, line)) throw new TypeError(`Header ${name} cannot be sent`)
    text += line.start + value
  }
  return text + added + lastLines()
}

function isValue(value: string, line: NamedLine): boolean {
  if (value === line.lastValue) return true
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) return false
  if (value.length <= maxKeptLength) line.lastValue = value
  return true
}

const statusLines = new Map(
  Object.entries(STATUS_CODES).map(([status, reason]) => [Number(status), `HTTP/1.1 ${status} ${reason}`]),
)

function statusLine(status: number): string {
  return statusLines.get(status) ?? `HTTP/1.1 ${status} Unknown`
}

let dateLines: string | undefined

/** `Date: Sun, 06 Nov 1994 08:49:37 GMT` and the empty line, made once in a second. */
function lastLines(): string {
  if (dateLines === undefined) {
    const now = new Date()
    dateLines = `\r\nDate: ${now.toUTCString()}\r\n\r\n`
    setTimeout(forgetDate, 1000 - now.getUTCMilliseconds()).unref()
  }
  return dateLines
}

function forgetDate(): void {
  dateLines = undefined
}

/** Statuses whose responses have no body (RFC 9110). */
export function mayHaveBody(status: number): boolean {
  return status !== 204 && status !== 304
}
