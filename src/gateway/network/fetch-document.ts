import type { FetchDocument } from '../../jwt/issuer.ts'
import type { ResponseListener, Send, UpstreamRequest } from '../integration/upstream/upstream.ts'

/** Documented quotas: how long the discovery and the keys of an issuer may take, and how large they may be. */
const timeoutMs = 1_500
const maxBytes = 150_000

/** Gets JSON documents over HTTP, one answer each: redirects are not followed. */
export function documentFetcher(send: Send): FetchDocument {
  return (url) =>
    new Promise((resolve, reject) => {
      const { protocol, origin, pathname, search } = new URL(url)
      if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`${url} is no web address`)
      const request: UpstreamRequest = {
        method: 'GET',
        path: pathname + search,
        headers: ['accept', 'application/json', 'user-agent', 'Gatehouse'],
        body: null,
      }
      const document = new ArrivingDocument(resolve, reject)
      const sent = send(origin, request, document)
      document.abort = (reason) => sent.abort(reason)
    })
}

class ArrivingDocument implements ResponseListener {
  /** Ends the request; set once it is on its way. */
  abort: (reason: Error) => void = () => {}
  private readonly resolve: (document: unknown) => void
  private readonly reject: (error: Error) => void
  private readonly timer: NodeJS.Timeout
  private readonly chunks: Buffer[] = []
  private length = 0

  constructor(resolve: (document: unknown) => void, reject: (error: Error) => void) {
    this.resolve = resolve
    this.reject = reject
    this.timer = setTimeout(() => this.abort(new Error(`No document within ${timeoutMs} ms`)), timeoutMs)
  }

  onHead(status: number): void {
    if (status !== 200) this.abort(new Error(`The answer is ${status}`))
  }

  onData(chunk: Buffer): boolean {
    this.length += chunk.length
    if (this.length <= maxBytes) this.chunks.push(chunk)
    else this.abort(new Error(`The document is larger than ${maxBytes} bytes`))
    return true
  }

  onEnd(): void {
    clearTimeout(this.timer)
    try {
      this.resolve(JSON.parse(Buffer.concat(this.chunks).toString('utf8')))
    } catch (cause) {
      this.reject(new Error('The document is no JSON', { cause }))
    }
  }

  onError(error: Error): void {
    clearTimeout(this.timer)
    this.reject(error)
  }
}
