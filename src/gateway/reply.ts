/** What a call is answered with, before the listener adds `Date`, `Connection` and the length. */
export interface Reply {
  /** 200 to 599. */
  readonly status: number
  /** Header lines as sent, flat: name, value, name, value, … */
  readonly headers: readonly string[]
  readonly body: ReplyBody
}

/** Whether a status can end a call: those below 200 only announce another. */
export function isFinalStatus(status: number | undefined): status is number {
  return Number.isInteger(status) && status !== undefined && status >= 200 && status <= 599
}

/** Text is sent as UTF-8. Without a `Content-Length` header, a source is sent in chunks. */
export type ReplyBody = string | Uint8Array | BodySource

/** A body that is still arriving. */
export interface BodySource {
  /** Sends what has arrived and all that follows. To be called once. */
  pour(sink: BodySink): void
  /** Goes on after the sink returned false. */
  resume(): void
}

/** Where a body goes. */
export interface BodySink {
  /** @param chunk Taken over: who writes it may not look at it again. @returns False: hold back until `resume`. */
  write(chunk: Buffer): boolean
  /** @param lastChunk Taken over likewise. */
  end(lastChunk?: Buffer): void
  /** The body will never be complete: what was sent must not pass for a whole reply. */
  fail(error: Error): void
}

export function isSource(body: ReplyBody): body is BodySource {
  return typeof body === 'object' && 'pour' in body
}
