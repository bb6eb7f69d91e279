import { amzDateOf } from './amz-date.ts'
import { sha256Hex } from './canonical-request.ts'
import { type SigningIdentity, signer } from './signer.ts'

export interface SigningOptions extends SigningIdentity {
  readonly date: Date
}

export interface UnsignedRequest {
  readonly method: string
  /** Its path and query are signed as they are sent: already percent-encoded. */
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** Headers that proxies change on the way, or that clients add after signing. */
const unsigned = new Set([
  'authorization',
  'cache-control',
  'connection',
  'expect',
  'from',
  'keep-alive',
  'max-forwards',
  'pragma',
  'referer',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-amzn-trace-id',
])

/**
 * Signs a request with SigV4 in its headers.
 *
 * @returns All headers to send, names in lower case: the request's own, `host`, `x-amz-date`, `x-amz-content-sha256`,
 * `x-amz-security-token` for temporary credentials, and `authorization`.
 */
export function signRequest(request: UnsignedRequest, options: SigningOptions): Record<string, string> {
  const { sessionToken } = options.credentials
  const amzDate = amzDateOf(options.date)
  const payloadHash = sha256Hex(request.body ?? '')
  const headers: Record<string, string> = {
    ...lowerCased(request.headers ?? {}),
    host: request.url.host,
    'x-amz-date': amzDate,
    'x-amz-content-sha256': payloadHash,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  }
  const { method, url } = request
  const signedHeaders = Object.keys(headers).filter((name) => !unsigned.has(name))
  const header = (name: string) => headers[name]
  const parts = { method, path: url.pathname, query: url.search.slice(1), header, signedHeaders, payloadHash }
  return { ...headers, authorization: signer(options)(parts, amzDate) }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
