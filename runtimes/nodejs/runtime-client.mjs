import { Socket } from 'node:net'

const prefix = '/2018-06-01/runtime/'
const next = `GET ${prefix}invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n`
const receiveBytes = 65_536
const empty = Buffer.alloc(0)

/**
 * Speaks the Lambda Runtime API over a socket that the gateway has passed on. An answer and the poll for the next
 * invocation leave in one write. The process ends when the gateway closes the socket.
 */
export class RuntimeClient {
  #socket
  #onInvocation
  /** Bytes of a response that has not arrived whole: a list, so that a long one is joined once. */
  #parts = []
  #partsLength = 0
  #wanted = 0
  #isKept = true

  constructor(descriptor) {
    const onread = {
      buffer: Buffer.allocUnsafe(receiveBytes),
      callback: (length, bytes) => this.#receive(bytes.subarray(0, length)),
    }
    this.#socket = new Socket({ fd: descriptor, readable: true, writable: true, onread })
    this.#socket.on('error', () => process.exit(1))
    this.#socket.on('close', () => process.exit(1))
    this.#socket.on('end', () => process.exit(1))
    this.#socket.resume()
  }

  /** @param onInvocation Gets each invocation's head (see `header`) and its event's JSON text. */
  start(onInvocation) {
    this.#onInvocation = onInvocation
    this.#socket.write(next)
  }

  respond(requestId, json) {
    this.#post(`invocation/${requestId}/response`, '', json, next)
  }

  /** @param error `{errorType, errorMessage, …}` */
  fail(requestId, error) {
    this.#post(`invocation/${requestId}/error`, errorHeaders(error), JSON.stringify(error), next)
  }

  /** Fails the invocation as the last act of this process. */
  failAndLeave(requestId, error, leave) {
    this.#post(`invocation/${requestId}/error`, errorHeaders(error), JSON.stringify(error), '', leave)
  }

  failInit(error, leave) {
    this.#post('init/error', errorHeaders(error), JSON.stringify(error), '', leave)
  }

  /** Begins a streamed response: returns functions for its chunks and its end. */
  stream(requestId, contentType) {
    const head = `POST ${prefix}invocation/${requestId}/response HTTP/1.1\r\nHost: runtime\r\nContent-Type: ${contentType}\r\n`
    const mode = 'Lambda-Runtime-Function-Response-Mode: streaming\r\n'
    const trailers = 'Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n'
    this.#socket.write(`${head}${mode}${trailers}Transfer-Encoding: chunked\r\n\r\n`)
    return {
      write: (bytes, done) => {
        if (bytes.length === 0) return done()
        this.#socket.cork()
        this.#socket.write(`${bytes.length.toString(16)}\r\n`)
        this.#socket.write(bytes)
        this.#socket.write('\r\n', done)
        this.#socket.uncork()
      },
      /** @param error Absent: the response is complete. */
      end: (error) => {
        const body = error && Buffer.from(JSON.stringify(error)).toString('base64')
        const late = error ? `${errorHeaders(error)}Lambda-Runtime-Function-Error-Body: ${body}\r\n` : ''
        this.#socket.write(`0\r\n${late}\r\n${next}`)
      },
    }
  }

  /** Whether the connection keeps the process alive: not while a handler runs, so that an empty event loop shows. */
  keepAlive(isKept) {
    if (isKept === this.#isKept) return
    this.#isKept = isKept
    if (isKept) this.#socket.ref()
    else this.#socket.unref()
  }

  #post(path, headers, body, followedBy, done) {
    const head = `POST ${prefix}${path} HTTP/1.1\r\nHost: runtime\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`
    this.#socket.write(head + body + followedBy, done)
  }

  #receive(bytes) {
    if (this.#partsLength === 0) return this.#parse(bytes)
    // The buffer is used again for the next bytes: what is kept has to be a copy.
    this.#parts.push(Buffer.from(bytes))
    this.#partsLength += bytes.length
    if (this.#partsLength < this.#wanted) return true
    const whole = Buffer.concat(this.#parts)
    this.#parts = []
    this.#partsLength = 0
    return this.#parse(whole)
  }

  #parse(bytes) {
    let start = 0
    while (start < bytes.length) {
      const headEnd = bytes.indexOf('\r\n\r\n', start)
      if (headEnd < 0) return this.#keep(bytes.subarray(start), 0)
      const head = bytes.latin1Slice(start, headEnd)
      const length = Number(header(head, 'Content-Length') ?? 0)
      const end = headEnd + 4 + length
      if (end > bytes.length) return this.#keep(bytes.subarray(start), end - start)
      if (head.startsWith('HTTP/1.1 200')) this.#onInvocation(head, bytes.utf8Slice(headEnd + 4, end))
      start = end
    }
    return true
  }

  /** @param wanted Bytes that the response has in all; 0 when unknown. */
  #keep(bytes, wanted) {
    this.#parts = bytes.length === 0 ? [empty] : [Buffer.from(bytes)]
    this.#partsLength = bytes.length
    this.#wanted = wanted
    return true
  }
}

function errorHeaders({ errorType }) {
  const value = String(errorType).replace(/[^\x20-\x7e]/g, '?')
  return `Content-Type: application/vnd.aws.lambda.error+json\r\nLambda-Runtime-Function-Error-Type: ${value}\r\n`
}

/** @returns The value of a header as the gateway writes it; `undefined` when there is none. */
export function header(head, name) {
  const start = head.indexOf(`\r\n${name}: `)
  if (start < 0) return undefined
  const from = start + name.length + 4
  const end = head.indexOf('\r\n', from)
  return end < 0 ? head.slice(from) : head.slice(from, end)
}
