import type { Socket } from 'node:net'
import { answers, badRequest } from './answers.ts'
import type { RequestHead } from './request-head.ts'
import { HttpSyntaxError, RequestParser, type RuntimeRequest, type TakeBody } from './request-parser.ts'

/**
 * Answers one request.
 *
 * @returns The whole HTTP response, or `undefined` when it comes later through `connection.answer`: until then no
 *   further request of this connection is looked at.
 */
export type Answerer = (request: RuntimeRequest, connection: Connection) => string | undefined

/** Takes a body as it arrives. @returns False: hold back until the connection's `resume`. */
export type WriteBody = (bytes: Buffer) => boolean

/** Says who takes the body of a request as it arrives; undefined: it is kept until it is whole. */
export type StreamFinder = (head: RequestHead, connection: Connection) => WriteBody | undefined

/** What a runtime is spoken to over: one socket, or one for each direction. */
export interface RuntimeChannel {
  readonly toRuntime: Socket
  readonly fromRuntime: Socket
}

/**
 * One connection of a runtime. Requests may be pipelined; answers leave in their order. An answer is held back while the
 * next request of the same connection is waiting already, so that one write carries both: a runtime that pipelines its
 * response with its next poll gets the next invocation in a single packet.
 */
export class Connection {
  readonly #toRuntime: Socket
  readonly #fromRuntime: Socket
  readonly #parser: RequestParser
  readonly #answerer: Answerer
  #unsent = ''
  #awaited = false
  #closes = false

  constructor(
    { toRuntime, fromRuntime }: RuntimeChannel,
    maxBodyBytes: number,
    { answer, stream }: { readonly answer: Answerer; readonly stream: StreamFinder },
    onClose: (connection: Connection) => void,
  ) {
    this.#toRuntime = toRuntime
    this.#fromRuntime = fromRuntime
    this.#answerer = answer
    this.#parser = new RequestParser(
      maxBodyBytes,
      () => this.#send(answers.continue),
      (head) => this.#streaming(stream(head, this)),
    )
    fromRuntime.on('data', (bytes: Buffer) => this.#receive(bytes))
    // A process that was killed resets its connections; `close` follows and says all there is to know.
    for (const socket of [toRuntime, fromRuntime]) socket.on('error', () => {})
    fromRuntime.on('end', () => toRuntime.end())
    fromRuntime.on('close', () => {
      toRuntime.destroy()
      onClose(this)
    })
  }

  /** A post to this path is likely the next request. */
  expect(path: string): void {
    this.#parser.expect(path)
  }

  /**
   * Sends the answer that was not ready at once.
   * @param encoding `latin1` is cheaper, for text of ASCII alone.
   */
  answer(response: string, encoding: 'utf8' | 'latin1' = 'utf8'): void {
    this.#awaited = false
    this.#send(response, encoding)
    if (this.#closes) this.#toRuntime.end()
    else if (this.#parser.hasBytes) this.#proceed()
    if (this.#fromRuntime.isPaused()) this.#fromRuntime.resume()
  }

  /** Goes on after a body's taker has held back. */
  resume(): void {
    if (!this.#awaited) this.#fromRuntime.resume()
  }

  close(): void {
    this.#toRuntime.destroy()
    this.#fromRuntime.destroy()
  }

  #streaming(write: WriteBody | undefined): TakeBody | undefined {
    return (
      write &&
      ((bytes) => {
        if (!write(bytes)) this.#fromRuntime.pause()
      })
    )
  }

  #receive(bytes: Buffer): void {
    if (this.#closes) return
    this.#parser.push(bytes)
    if (this.#awaited) this.#fromRuntime.pause()
    else this.#proceed()
  }

  #proceed(): void {
    try {
      while (!this.#awaited && !this.#closes) {
        const request = this.#parser.next()
        if (request === undefined) break
        this.#closes = request.head.closes
        const response = this.#answerer(request, this)
        if (response === undefined) this.#awaited = true
        else this.#unsent += response
      }
    } catch (error) {
      if (!(error instanceof HttpSyntaxError)) throw error
      this.#closes = true
      this.#unsent += badRequest(error.status, error.message)
    }
    if (this.#awaited || this.#unsent === '') return
    this.#send('')
    if (this.#closes) this.#toRuntime.end()
  }

  #send(text: string, encoding: 'utf8' | 'latin1' = 'utf8'): void {
    const response = this.#unsent + text
    this.#unsent = ''
    this.#toRuntime.write(response, encoding)
  }
}
