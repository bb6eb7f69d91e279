/** Longest request line with headers, and longest trailers, in bytes. */
export const maxHeadBytes = 65_536

export interface RequestHead {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** Names in lower case; of repeated ones the last. Those that frame the message may be missing. */
  readonly headers: ReadonlyMap<string, string>
  /** Bytes of the body; 0 when `chunked`. */
  readonly contentLength: number
  readonly chunked: boolean
  readonly expectsContinue: boolean
  /** The client wants the connection closed after the answer. */
  readonly closes: boolean
}

/** Request line, path without query, and header lines without whitespace before their colon. */
const form = /^([A-Z]+) (\/[^ ?\r\n]*)(?:\?[^ \r\n]*)? HTTP\/1\.([01])((?:\r\n[\w!#$%&'*+.^`|~-]+:[^\r\n]*)*)$/

/** @returns `undefined` when the text is no acceptable head: what is ambiguous is refused. */
export function parseHead(text: string): RequestHead | undefined {
  const parts = form.exec(text)
  if (parts === null) return undefined
  const [, method = '', path = '', minor, lines = ''] = parts
  const headers = parseHeaders(lines)
  if (headers === undefined) return undefined

  const coding = headers.get('transfer-encoding')?.toLowerCase()
  const length = headers.get('content-length')
  if (coding !== undefined && (coding !== 'chunked' || length !== undefined)) return undefined
  const contentLength = length === undefined ? 0 : parseLength(length)
  if (contentLength === undefined) return undefined
  const connection = headers.get('connection')?.toLowerCase()
  return {
    method,
    path,
    headers,
    contentLength,
    chunked: coding !== undefined,
    expectsContinue: headers.get('expect')?.toLowerCase() === '100-continue',
    closes: connection === 'close' || (minor === '0' && connection !== 'keep-alive'),
  }
}

/** @param lines Each begins with a line break. */
function parseHeaders(lines: string): Map<string, string> | undefined {
  const headers = new Map<string, string>()
  for (let start = 2; start < lines.length; ) {
    const lineEnd = lines.indexOf('\r\n', start)
    const end = lineEnd < 0 ? lines.length : lineEnd
    const colon = lines.indexOf(':', start)
    const name = lines.slice(start, colon).toLowerCase()
    if (name === 'content-length' && headers.has(name)) return undefined
    headers.set(name, lines.slice(colon + 1, end).trim())
    start = end + 2
  }
  return headers
}

/** @returns Bytes; undefined for what is no number. */
export function parseLength(text: string): number | undefined {
  const isNumber = text.length <= 15 && /^\d+$/.test(text)
  return isNumber ? Number(text) : undefined
}
