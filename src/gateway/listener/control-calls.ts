import type { Log } from '../../log.ts'
import { maxRequestBytes, type WireRequest, type WireResponse } from '../../wire/message.ts'
import type { Exchange } from '../http1/exchange.ts'
import type { IncomingBody } from '../http1/incoming-body.ts'
import { LimitedBody } from './request-body.ts'

/** Hands a request to the control plane. An operation runs to its end, also when its client goes away. */
export type Control = (request: WireRequest) => Promise<WireResponse>

/** Serves what is no API call: the whole request goes to the control plane, and its answer back byte for byte. */
export function controlCalls(control: Control, log: Log): (exchange: Exchange) => void {
  async function answer(exchange: Exchange): Promise<void> {
    const { status, headers, body } = await wireRequest(exchange)
      .then(control)
      .catch((error: unknown) => failure(error, exchange))
    const measured = 'content-length' in headers || 'Content-Length' in headers
    exchange.send(status, Object.entries(headers).flat(), body, measured)
  }

  function failure(error: unknown, { isAnswered }: Exchange): WireResponse {
    if (error instanceof TooLarge) return json(413, 'Request Too Long')
    if (!isAnswered) log.error('A control-plane call failed', { error })
    return json(500, 'Internal server error')
  }

  return (exchange) => {
    answer(exchange).catch((error: unknown) => {
      log.error('A control-plane answer could not be sent', { error })
      exchange.destroy()
    })
  }
}

class TooLarge extends Error {}

function json(status: number, message: string): WireResponse {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ message }) }
}

async function wireRequest({ method, target, headers, body, sourceIp }: Exchange): Promise<WireRequest> {
  return {
    method,
    target,
    headers: joinedHeaders(headers.raw),
    body: body.length === 0 ? new Uint8Array() : await whole(body),
    remoteAddress: sourceIp,
  }
}

async function whole(body: IncomingBody): Promise<Uint8Array> {
  return new LimitedBody(body, maxRequestBytes, () => new TooLarge()).read()
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
