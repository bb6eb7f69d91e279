import { readSync, writeSync } from 'node:fs'
import { InvocationParser, wholeInvocation } from './invocation-parser.mjs'
import { failure, initFailure, next, response } from './runtime-requests.mjs'

const receiveBytes = 65_536

/**
 * Speaks the Lambda Runtime API over blocking sockets that the gateway has passed on. Between two invocations the process
 * stands still, as Lambda freezes it, after one turn of the event loop. An answer and the poll for the next invocation
 * leave in one write. The process ends when the gateway closes the sockets.
 */
export class BlockingClient {
  #onInvocation
  #parser = new InvocationParser()
  #buffer = Buffer.allocUnsafe(receiveBytes)

  /** @param descriptors `{input, output}` */
  constructor(descriptors) {
    this.descriptors = descriptors
  }

  /** @param onInvocation Gets each invocation's head (see `header`) and its event's JSON text. */
  start(onInvocation) {
    this.#onInvocation = onInvocation
    this.#send(next)
    setImmediate(this.#receive)
  }

  respond(requestId, json) {
    this.#answer(response(requestId, json))
  }

  /** @param error `{errorType, errorMessage, …}` */
  fail(requestId, error) {
    this.#answer(failure(requestId, error))
  }

  /** Fails the invocation as the last act of this process. */
  failAndLeave(requestId, error, leave) {
    this.#send(failure(requestId, error))
    leave()
  }

  failInit(error, leave) {
    this.#send(initFailure(error))
    leave()
  }

  /** Nothing of this client is in the event loop while a handler runs. */
  keepAlive() {}

  #answer(request) {
    this.#send(request + next)
    setImmediate(this.#receive)
  }

  #receive = () => {
    const { head, json } = this.#usualInvocation() ?? this.#longInvocation()
    this.#onInvocation(head, json)
  }

  /** Reads once; what is no invocation of one piece and ASCII alone is left to the parser. */
  #usualInvocation() {
    const length = this.#read()
    const text = this.#buffer.utf8Slice(0, length)
    const invocation = text.length === length ? wholeInvocation(text) : undefined
    if (invocation === undefined) this.#parser.push(Buffer.copyBytesFrom(this.#buffer, 0, length))
    return invocation
  }

  #longInvocation() {
    let invocation = this.#parser.next()
    while (invocation === undefined) {
      const length = this.#read()
      this.#parser.push(Buffer.copyBytesFrom(this.#buffer, 0, length))
      invocation = this.#parser.next()
    }
    return invocation
  }

  /** @returns Bytes that were read into the buffer: at least one. */
  #read() {
    let length = 0
    try {
      length = readSync(this.descriptors.input, this.#buffer, 0, receiveBytes, null)
    } catch {}
    if (length === 0) process.exit(1)
    return length
  }

  #send(text) {
    const { output } = this.descriptors
    try {
      let sent = writeSync(output, text)
      if (sent === Buffer.byteLength(text)) return
      const bytes = Buffer.from(text)
      while (sent < bytes.length) sent += writeSync(output, bytes, sent)
    } catch {
      process.exit(1)
    }
  }
}
