import { clientGone } from '../error.ts'
import type { IncomingBody } from '../http1/incoming-body.ts'
import type { RequestBody } from '../invocation.ts'

const nothing = Buffer.alloc(0)

/** The body of a request that has none. */
export const noBody: RequestBody = {
  length: 0,
  read: () => nothing,
  async *stream() {},
}

/** A request's body of limited size. */
export class LimitedBody implements RequestBody {
  readonly length: number | undefined
  private readonly body: IncomingBody
  private readonly maxBytes: number
  private readonly tooLarge: () => Error

  /** @param tooLarge What reading fails with above `maxBytes`. */
  constructor(body: IncomingBody, maxBytes: number, tooLarge: () => Error) {
    this.body = body
    this.maxBytes = maxBytes
    this.tooLarge = tooLarge
    this.length = body.length
  }

  /** @returns Bytes in a buffer of their own when there are many, so that they can move to another thread. */
  read(): Buffer | Promise<Buffer> {
    if (this.length !== undefined && this.length > this.maxBytes) throw this.tooLarge()
    const whole = this.length === undefined ? undefined : this.body.takeWhole()
    return whole ? joined(whole) : this.collect()
  }

  private collect(): Promise<Buffer> {
    const chunks: Buffer[] = []
    let length = 0
    return new Promise((resolve, reject) => {
      this.body.receive({
        onData: (chunk) => {
          length += chunk.length
          if (length <= this.maxBytes) chunks.push(chunk)
          else {
            this.body.discard()
            reject(this.tooLarge())
          }
          return true
        },
        onEnd: () => resolve(joined(chunks)),
        onError: () => reject(clientGone()),
      })
    })
  }

  async *stream(): AsyncGenerator<Uint8Array> {
    const chunks: Buffer[] = []
    let ended = false
    let failed = false
    let wake = () => {}
    this.body.receive({
      onData: (chunk) => {
        chunks.push(chunk)
        wake()
        return false
      },
      onEnd: () => {
        ended = true
        wake()
      },
      onError: () => {
        failed = true
        wake()
      },
    })
    let length = 0
    try {
      for (;;) {
        const chunk = chunks.shift()
        if (chunk) {
          length += chunk.length
          if (length > this.maxBytes) throw this.tooLarge()
          yield chunk
        } else if (failed) throw clientGone()
        else if (ended) return
        else {
          const { promise, resolve } = Promise.withResolvers<void>()
          wake = resolve
          this.body.resume()
          await promise
        }
      }
    } finally {
      this.body.discard()
    }
  }
}

/** Fewer bytes stay in the memory that they were received in. */
const ownBytes = 4_096

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks
  return only && chunks.length === 1 && only.length < ownBytes ? only : Buffer.concat(chunks)
}
