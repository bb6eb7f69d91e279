/** A request as a backend gets it. */
export interface UpstreamRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  /** Flat names and values, without framing. A `Host` among them stands for the origin's own. */
  readonly headers: readonly string[]
  readonly body: WholeBody | StreamedBody
}

/** Bytes, or text of ASCII alone, which is its own bytes; null sends none. */
export type WholeBody = Buffer | string | null

export interface StreamedBody {
  readonly chunks: AsyncIterable<Uint8Array>
  /** Undefined: it is sent in chunks. */
  readonly length: number | undefined
}

export function isStreamed(body: UpstreamRequest['body']): body is StreamedBody {
  return typeof body === 'object' && body !== null && 'chunks' in body
}

/** Hears one response: a head, pieces, and an end; or, at any moment, an error and nothing after it. */
export interface ResponseListener {
  /** @param headers Flat names and values, each byte a character. */
  onHead(status: number, headers: readonly string[]): void
  /** @param chunk Its bytes stay as they are. @returns False to hold back until `resume`. */
  onData(chunk: Buffer): boolean
  onEnd(): void
  onError(error: Error): void
}

/** A request on its way. Neither call does anything once its listener heard the end or an error. */
export interface SentRequest {
  resume(): void
  /** Ends the connection; the listener hears `reason`. */
  abort(reason: Error): void
}

/** Sends one request to an origin, such as `https://example.com:8443`, over HTTP/1.1. */
export type Send = (origin: string, request: UpstreamRequest, listener: ResponseListener) => SentRequest
