import { Writable } from 'node:stream'

const streamingMark = Symbol.for('aws.lambda.runtime.handler.streaming')
const separator = Buffer.alloc(8)

/** Provides the global `awslambda`, with which a handler asks to stream its response. */
export function provideStreaming() {
  globalThis.awslambda = {
    streamifyResponse(handler) {
      handler[streamingMark] = 'response'
      return handler
    },
    HttpResponseStream: {
      /** Puts status, headers and cookies before the content: their JSON and eight zero bytes. */
      from(stream, prelude) {
        stream.setContentType('application/vnd.awslambda.http-integration-response')
        stream.beforeFirstWrite(Buffer.concat([Buffer.from(JSON.stringify(prelude)), separator]))
        return stream
      },
    },
  }
}

export function isStreaming(handler) {
  return handler[streamingMark] === 'response'
}

/** The `responseStream` of a streaming handler. Its response begins with the first write. */
export class ResponseStream extends Writable {
  #open
  #response
  #contentType = 'application/octet-stream'
  #prelude

  /** @param open Begins the response: gets its content type, returns `{write, end}`. */
  constructor(open) {
    super({ decodeStrings: true })
    this.#open = open
  }

  setContentType(contentType) {
    this.#contentType = contentType
  }

  beforeFirstWrite(bytes) {
    this.#prelude = bytes
  }

  get hasBegun() {
    return this.#response !== undefined
  }

  /** Ends a response that has begun with an error in its trailers. */
  failLate(error) {
    this.#response.end(error)
    this.destroy()
  }

  _write(bytes, _encoding, done) {
    this.#begin()
    this.#response.write(bytes, done)
  }

  _final(done) {
    this.#begin()
    this.#response.end()
    done()
  }

  #begin() {
    if (this.#response !== undefined) return
    this.#response = this.#open(this.#contentType)
    if (this.#prelude !== undefined) this.#response.write(this.#prelude, () => {})
  }
}
