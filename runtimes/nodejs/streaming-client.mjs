import { Socket } from 'node:net'
import { InvocationParser } from './invocation-parser.mjs'
import { failure, next, response, streamEnd, streamHead } from './runtime-requests.mjs'

/**
 * Speaks the Lambda Runtime API for streaming handlers, which go on while their client holds the stream back: the sockets
 * that the gateway has passed on are part of the event loop. The process ends when the gateway closes them.
 */
export class StreamingClient {
  #input
  #output
  #parser = new InvocationParser()
  #isKept = true

  /** @param descriptors `{input, output}` */
  constructor({ input, output }) {
    this.#input = new Socket({ fd: input, readable: true, writable: false })
    this.#output = new Socket({ fd: output, readable: false, writable: true })
    for (const socket of [this.#input, this.#output]) {
      for (const event of ['error', 'end', 'close']) socket.on(event, () => process.exit(1))
    }
  }

  /** @param onInvocation Gets each invocation's head (see `header`) and its event's JSON text. */
  start(onInvocation) {
    this.#input.on('data', (bytes) => {
      this.#parser.push(bytes)
      const invocation = this.#parser.next()
      if (invocation !== undefined) onInvocation(invocation.head, invocation.json)
    })
    this.#output.write(next)
  }

  respond(requestId, json) {
    this.#output.write(response(requestId, json) + next)
  }

  /** @param error `{errorType, errorMessage, …}` */
  fail(requestId, error) {
    this.#output.write(failure(requestId, error) + next)
  }

  /** Fails the invocation as the last act of this process. */
  failAndLeave(requestId, error, leave) {
    this.#output.write(failure(requestId, error), leave)
  }

  /** Begins a streamed response: returns functions for its chunks and its end. */
  stream(requestId, contentType) {
    const socket = this.#output
    socket.write(streamHead(requestId, contentType))
    return {
      write: (bytes, done) => {
        if (bytes.length === 0) return done()
        socket.cork()
        socket.write(`${bytes.length.toString(16)}\r\n`)
        socket.write(bytes)
        socket.write('\r\n', done)
        socket.uncork()
      },
      /** @param error Absent: the response is complete. */
      end: (error) => socket.write(streamEnd(error) + next),
    }
  }

  /** Whether the connection keeps the process alive: not while a handler runs, so that an empty event loop shows. */
  keepAlive(isKept) {
    if (isKept === this.#isKept) return
    this.#isKept = isKept
    for (const socket of [this.#input, this.#output]) {
      if (isKept) socket.ref()
      else socket.unref()
    }
  }
}
