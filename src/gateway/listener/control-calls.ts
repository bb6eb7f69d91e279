import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '../../log.ts'
import { maxRequestBytes, type WireRequest, type WireResponse } from '../../wire/message.ts'
import type { Exchange } from './api-calls.ts'
import { IncomingBody } from './incoming-body.ts'

/** Hands a request to the control plane. An operation runs to its end, also when its client goes away. */
export type Control = (request: WireRequest) => Promise<WireResponse>

/** Serves what is no API call: the whole request goes to the control plane, and its answer back byte for byte. */
export function controlCalls(control: Control, log: Log, isClosing: () => boolean): (exchange: Exchange) => void {
  async function answer({ request, response, wanted }: Exchange): Promise<void> {
    const reply = await wireRequest(request, wanted)
      .then(control)
      .catch((error: unknown) => failure(error, response))
    if (response.destroyed) return
    const lines = Object.entries(reply.headers).flat()
    lines.push('Connection', isClosing() || !response.shouldKeepAlive ? 'close' : 'keep-alive')
    if (!('content-length' in reply.headers) && !('Content-Length' in reply.headers)) {
      lines.push('Content-Length', String(Buffer.byteLength(reply.body)))
    }
    response.writeHead(reply.status, lines)
    response.end(reply.body)
  }

  function failure(error: unknown, { destroyed }: ServerResponse): WireResponse {
    if (error instanceof TooLarge) return json(413, 'Request Too Long')
    if (!destroyed) log.error('A control-plane call failed', { error })
    return json(500, 'Internal server error')
  }

  return (exchange) => {
    answer(exchange).catch((error: unknown) => {
      log.error('A control-plane answer could not be sent', { error })
      exchange.response.destroy()
    })
  }
}

class TooLarge extends Error {}

function json(status: number, message: string): WireResponse {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ message }) }
}

async function wireRequest(request: IncomingMessage, wanted: (() => void) | undefined): Promise<WireRequest> {
  const incoming = new IncomingBody(request, maxRequestBytes, () => new TooLarge(), wanted)
  const body = incoming.length === 0 ? new Uint8Array() : await incoming.read()
  return {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers: joinedHeaders(request.rawHeaders),
    body,
    remoteAddress: request.socket.remoteAddress ?? '',
  }
}

function joinedHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase()
    const earlier = Object.hasOwn(headers, name) ? `${headers[name]}, ` : ''
    headers[name] = earlier + (raw[i + 1] ?? '')
  }
  return headers
}
