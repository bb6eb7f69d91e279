import { HeaderList } from '../headers.ts'
import { remembering } from '../remembering.ts'
import { HttpSyntaxError } from './http-syntax-error.ts'

/** What a request's first lines say. */
export interface RequestHead {
  readonly method: string
  /** Path and query as sent; a whole URL from a proxy's client. */
  readonly target: string
  readonly fields: RequestFields
}

/** What the header lines of a request say. */
export interface RequestFields {
  /** The lines. */
  readonly text: string
  /** Of the request. */
  readonly version: 'HTTP/1.0' | 'HTTP/1.1'
  readonly headers: HeaderList
  /** How the body ends: in chunks, or after this many bytes. */
  readonly framing: 'chunked' | number
  /** The client would send another request on the same connection. */
  readonly keepAlive: boolean
  /** The client waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean
}

type Meaning = 'connection' | 'content-length' | 'expect' | 'host' | 'transfer-encoding' | 'other' | 'invalid'

const meanings: ReadonlySet<string> = new Set(['connection', 'content-length', 'expect', 'host', 'transfer-encoding'])
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

const meaningOf = remembering((name): Meaning => {
  if (!token.test(name)) return 'invalid'
  const lowerName = name.toLowerCase()
  return isMeaning(lowerName) ? lowerName : 'other'
})

function isMeaning(name: string): name is Meaning {
  return meanings.has(name)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a line must not hold.
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/

/**
 * Reads a request line and headers (RFC 9112). What two readers could understand in two ways is refused: no request may end
 * elsewhere for a proxy in front than it does here.
 *
 * @param text Up to the empty line and without it, each byte a character.
 * @param before Of the request before this one on its connection: most clients send the same lines again.
 * @throws {HttpSyntaxError}
 */
export function parseRequestHead(text: string, before?: RequestFields): RequestHead {
  const lineEnd = endOfLine(text, 0)
  const { method, target, version } = requestLine(text.slice(0, lineEnd))
  const lines = text.slice(lineEnd + 2)
  if (before?.text !== lines || before.version !== version) {
    return { method, target, fields: parseFields(lines, version) }
  }
  before.headers.isRepeated = true
  return { method, target, fields: before }
}

function parseFields(text: string, version: RequestFields['version']): RequestFields {
  if (controls.test(text)) throw controlCharacter()
  const headers: string[] = []
  let hosts = 0
  let length: number | undefined
  let chunked = false
  let keepAlive = version === 'HTTP/1.1'
  let expectsContinue = false

  for (let from = 0; from < text.length; ) {
    const end = endOfLine(text, from)
    const colon = text.indexOf(':', from)
    if (colon < 0 || colon > end) throw new HttpSyntaxError('A header line has no colon')
    const name = text.slice(from, colon)
    const value = withoutBlanks(text, colon + 1, end)
    from = end + 2
    headers.push(name, value)
    switch (meaningOf(name)) {
      case 'host':
        hosts++
        break
      case 'content-length':
        if (length !== undefined || !/^\d{1,15}$/.test(value)) throw new HttpSyntaxError('Invalid Content-Length')
        length = Number(value)
        break
      case 'transfer-encoding':
        if (chunked || version === 'HTTP/1.0') throw new HttpSyntaxError('Invalid Transfer-Encoding')
        if (value.toLowerCase() !== 'chunked') throw new HttpSyntaxError('Unknown Transfer-Encoding', 501)
        chunked = true
        break
      case 'connection':
        keepAlive = keepsAlive(value, keepAlive)
        break
      case 'expect':
        if (value.toLowerCase() !== '100-continue') throw new HttpSyntaxError('Unknown expectation', 417)
        expectsContinue = version === 'HTTP/1.1'
        break
      case 'invalid':
        throw new HttpSyntaxError('Invalid header name')
    }
  }
  if (hosts > 1 || (hosts === 0 && version === 'HTTP/1.1')) throw new HttpSyntaxError('Not exactly one Host')
  if (chunked && length !== undefined) throw new HttpSyntaxError('Both Content-Length and Transfer-Encoding')
  const framing = chunked ? 'chunked' : (length ?? 0)
  return { text, version, headers: new HeaderList(headers), framing, keepAlive, expectsContinue }
}

/** Lines end with CR LF, and hold neither. */
function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\r', from)
  const newline = text.indexOf('\n', from)
  if (end < 0 && newline < 0) return text.length
  if (end < 0 || newline !== end + 1) throw controlCharacter()
  return end
}

function controlCharacter(): HttpSyntaxError {
  return new HttpSyntaxError('A line holds a control character')
}

interface RequestLine extends Pick<RequestHead, 'method' | 'target'> {
  readonly version: RequestFields['version']
}

function requestLine(line: string): RequestLine {
  if (controls.test(line)) throw controlCharacter()
  const methodEnd = line.indexOf(' ')
  const targetEnd = line.lastIndexOf(' ')
  const method = usualMethod(line) ?? line.slice(0, methodEnd)
  const target = line.slice(methodEnd + 1, targetEnd)
  if (methodEnd <= 0 || targetEnd <= methodEnd || !isMethod(method) || !isTarget(target)) {
    throw new HttpSyntaxError('Invalid request line')
  }
  return { method, target, version: versionOf(line.slice(targetEnd + 1)) }
}

const usualMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

/** The method as a text that is not part of another one: as such it is found faster in maps. */
function usualMethod(line: string): string | undefined {
  for (const method of usualMethods) if (line.startsWith(method) && line[method.length] === ' ') return method
  return undefined
}

/** A gateway opens no tunnels: `CONNECT` is none of its methods. */
function isMethod(method: string): boolean {
  return usualMethods.includes(method) || (method !== 'CONNECT' && method.length <= 32 && token.test(method))
}

function isTarget(target: string): boolean {
  const isKnownForm = target.startsWith('/') || target === '*' || /^https?:\/\//i.test(target)
  return isKnownForm && !target.includes(' ') && !target.includes('\t')
}

function versionOf(text: string): RequestFields['version'] {
  if (text === 'HTTP/1.1' || text === 'HTTP/1.0') return text
  throw /^HTTP\/\d(\.\d)?$/.test(text)
    ? new HttpSyntaxError('Unknown version', 505)
    : new HttpSyntaxError('Invalid version')
}

function withoutBlanks(text: string, from: number, to: number): string {
  let start = from
  let end = to
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}

function keepsAlive(connection: string, before: boolean): boolean {
  const value = connection.toLowerCase()
  if (value === 'keep-alive') return true
  const options = value.split(',').map((option) => option.trim())
  if (options.includes('close')) return false
  return options.includes('keep-alive') || before
}
