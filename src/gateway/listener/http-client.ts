import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Client } from '../invocation.ts'

/** The client of one call, on a connection of `node:http`. */
export class HttpClient implements Client {
  /** TLS ends in front of this listener. */
  readonly scheme = 'http'
  private readonly request: IncomingMessage
  private readonly response: ServerResponse

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.request = request
    this.response = response
  }

  get sourceIp(): string {
    const address = this.request.socket.remoteAddress ?? ''
    return address.startsWith('::ffff:') ? address.slice(7) : address
  }

  get port(): string {
    return String(this.request.socket.localPort ?? '')
  }

  onGone(listener: () => void): void {
    const { response } = this
    if (response.destroyed) listener()
    else {
      response.on('close', () => {
        if (!response.writableFinished) listener()
      })
    }
  }
}
