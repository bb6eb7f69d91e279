/** Longest request line with headers, and longest trailers, in bytes. */
export const maxHeadBytes = 65_536

export interface RequestHead {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** Names in lower case; of repeated ones the last. */
  readonly headers: ReadonlyMap<string, string>
  /** Bytes of the body; 0 when `chunked`. */
  readonly contentLength: number
  readonly chunked: boolean
  readonly expectsContinue: boolean
  /** The client wants the connection closed after the answer. */
  readonly closes: boolean
}

const requestLine = /^([A-Z]+) (\/[^ ?]*)(?:\?[^ ]*)? HTTP\/1\.([01])$/

/** @returns `undefined` when the text is no acceptable head: what is ambiguous is refused. */
export function parseHead(text: string): RequestHead | undefined {
  const lines = text.split('\r\n')
  const [, method, path, minor] = requestLine.exec(lines[0] ?? '') ?? []
  if (method === undefined || path === undefined) return undefined
  const headers = parseHeaders(lines)
  if (headers === undefined) return undefined

  const chunked = headers.get('transfer-encoding')?.toLowerCase()
  const length = headers.get('content-length')
  if (chunked !== undefined && (chunked !== 'chunked' || length !== undefined)) return undefined
  if (length !== undefined && !/^\d{1,15}$/.test(length)) return undefined
  const connection = headers.get('connection')?.toLowerCase()
  return {
    method,
    path,
    headers,
    contentLength: length === undefined ? 0 : Number(length),
    chunked: chunked !== undefined,
    expectsContinue: headers.get('expect')?.toLowerCase() === '100-continue',
    closes: connection === 'close' || (minor === '0' && connection !== 'keep-alive'),
  }
}

function parseHeaders(lines: readonly string[]): Map<string, string> | undefined {
  const headers = new Map<string, string>()
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const colon = line.indexOf(':')
    if (colon < 1) return undefined
    const name = line.slice(0, colon).toLowerCase()
    if (/[\s]/.test(name)) return undefined
    if (name === 'content-length' && headers.has(name)) return undefined
    headers.set(name, line.slice(colon + 1).trim())
  }
  return headers
}
