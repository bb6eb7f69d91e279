import { request } from 'node:http'
import { SignatureV4 } from '@smithy/signature-v4'
import { Sha256 } from '../../../src/sigv4/oracle-hash.ts'
import type { Key } from '../../iam/clients.ts'

/** A call of a deployed method, by the host name of its API. */
export interface Call {
  /** `http://127.0.0.1:{port}`, where the gateway listens. */
  readonly gateway: string
  /** Such as `{apiId}.execute-api.localhost`. */
  readonly host: string
  /** With the stage, without a query. */
  readonly path: string
  readonly method?: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Who signs. Absent: nobody does. */
  readonly key?: Key
  /** Seconds for which a presigned URL holds. Absent: it is signed in its headers. */
  readonly expiresSeconds?: number
}

export interface Answer {
  readonly status: number
  /** `x-amzn-errortype`; empty when there is none. */
  readonly errorType: string
  readonly body: string
}

/** A request as it goes over the wire. */
export interface SentRequest {
  readonly gateway: string
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Signs a call with the JavaScript SDK's own signer. */
export async function signBySdk(call: Call, signingDate = new Date()): Promise<SentRequest> {
  const { gateway, host, path, method = 'GET', query = {}, headers = {}, body = '', key, expiresSeconds } = call
  const unsigned = { method, protocol: 'http:', hostname: host, path, query, headers: { ...headers, host }, body }
  if (!key) return sent(gateway, unsigned)
  const signer = new SignatureV4({ service: 'execute-api', region: 'us-east-1', credentials: key, sha256: Sha256 })
  const signed =
    expiresSeconds === undefined
      ? await signer.sign(unsigned, { signingDate })
      : await signer.presign(unsigned, { signingDate, expiresIn: expiresSeconds })
  return sent(gateway, { ...unsigned, headers: signed.headers, query: signed.query ?? {} })
}

interface Parts {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string | readonly string[] | null>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function sent(gateway: string, { method, path, query, headers, body }: Parts): SentRequest {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(`${value}`)}`,
  )
  return { gateway, method, target: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path, headers, body }
}

/** Sends a request over a connection of its own. */
export function send({ gateway, method, target, headers, body }: SentRequest): Promise<Answer> {
  const { hostname, port } = new URL(gateway)
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method, path: target, headers, agent: false, setHost: false }
    const outgoing = request(options, async (response) => {
      const errorType = response.headers['x-amzn-errortype']
      const text = (await response.toArray()).join('')
      resolve({ status: response.statusCode ?? 0, errorType: String(errorType ?? ''), body: text })
    })
    outgoing.on('error', reject).end(body)
  })
}
