import type { IncomingMessage } from 'node:http'
import { clientGone } from '../error.ts'
import type { RequestBody } from '../invocation.ts'

/** The body of a request of `node:http`. */
export class IncomingBody implements RequestBody {
  readonly length: number | undefined
  private readonly request: IncomingMessage
  private readonly maxBytes: number
  private readonly tooLarge: () => Error
  private readonly wanted: (() => void) | undefined

  /**
   * @param tooLarge What reading fails with above `maxBytes`.
   * @param wanted Called when the body is first asked for: a client may wait for a `100 Continue`.
   */
  constructor(request: IncomingMessage, maxBytes: number, tooLarge: () => Error, wanted?: () => void) {
    this.request = request
    this.maxBytes = maxBytes
    this.tooLarge = tooLarge
    this.wanted = wanted
    this.length = declaredLength(request)
  }

  /** @returns Bytes in a buffer of their own when there are many, so that they can move to another thread. */
  async read(): Promise<Buffer> {
    if (this.length !== undefined && this.length > this.maxBytes) throw this.tooLarge()
    this.wanted?.()
    const { request, maxBytes } = this
    const chunks: Buffer[] = []
    let length = 0
    return new Promise((resolve, reject) => {
      request.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length > maxBytes) {
          chunks.length = 0
          reject(this.tooLarge())
        } else chunks.push(chunk)
      })
      request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks)))
      request.on('error', () => reject(clientGone()))
      request.on('close', () => reject(clientGone()))
    })
  }

  async *stream(): AsyncGenerator<Uint8Array> {
    this.wanted?.()
    let length = 0
    for await (const chunk of this.request.iterator({ destroyOnReturn: false })) {
      length += chunk.length
      if (length > this.maxBytes) throw this.tooLarge()
      yield chunk
    }
  }
}

function declaredLength({ headers }: IncomingMessage): number | undefined {
  if (headers['transfer-encoding'] !== undefined) return undefined
  const declared = headers['content-length']
  return declared === undefined ? 0 : Number(declared)
}
