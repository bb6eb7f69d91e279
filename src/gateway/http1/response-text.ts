import { STATUS_CODES } from 'node:http'
import { perHeaderName } from '../mapping/header-fate.ts'

const isName = perHeaderName((name) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))

/**
 * The status line and header lines of a response, with the empty line after them; one character is one byte.
 *
 * @param lines Flat names and values.
 * @param added Lines of the connection's own, as they are sent.
 * @throws {TypeError} for a name or value that no header can have.
 */
export function responseHead(status: number, lines: readonly string[], added: string, nowMs: number): string {
  let text = statusLine(status)
  for (let i = 0; i < lines.length; i += 2) {
    const name = lines[i] ?? ''
    const value = lines[i + 1] ?? ''
    if (!isName(name) || /[^\t\x20-\x7e\x80-\xff]/.test(value)) throw new TypeError(`Header ${name} cannot be sent`)
    text += `${name}: ${value}\r\n`
  }
  return text + added + lastLines(nowMs)
}

const statusLines = new Map(
  Object.entries(STATUS_CODES).map(([status, reason]) => [Number(status), `HTTP/1.1 ${status} ${reason}\r\n`]),
)

function statusLine(status: number): string {
  return statusLines.get(status) ?? `HTTP/1.1 ${status} Unknown\r\n`
}

let dateSecond = Number.NaN
let dateLines = ''

/** `Date: Sun, 06 Nov 1994 08:49:37 GMT` and the empty line, made once in a second. */
function lastLines(nowMs: number): string {
  const second = Math.floor(nowMs / 1000)
  if (second !== dateSecond) {
    dateSecond = second
    dateLines = `Date: ${new Date(nowMs).toUTCString()}\r\n\r\n`
  }
  return dateLines
}

/** Statuses whose responses have no body (RFC 9110). */
export function mayHaveBody(status: number): boolean {
  return status !== 204 && status !== 304
}
