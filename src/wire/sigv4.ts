import { createHmac } from 'node:crypto'
import { canonicalRequest, credentialScope, sha256Hex, stringToSign } from './canonical-request.ts'

export interface SigningCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary credentials. */
  readonly sessionToken?: string
}

export interface SigningOptions {
  readonly credentials: SigningCredentials
  readonly region: string
  /** The service's signing name: `lambda`, `execute-api`, … */
  readonly service: string
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
  const { credentials, region, service } = options
  const amzDate = options.date.toISOString().replace(/[:-]|\.\d{3}/g, '')
  const payloadHash = sha256Hex(request.body ?? '')
  const headers: Record<string, string> = {
    ...lowerCased(request.headers ?? {}),
    host: request.url.host,
    'x-amz-date': amzDate,
    'x-amz-content-sha256': payloadHash,
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
  }
  const { method, url } = request
  const signedHeaders = Object.keys(headers)
    .filter((name) => !unsigned.has(name))
    .toSorted()
  const parts = { method, path: url.pathname, query: url.search.slice(1), headers, signedHeaders, payloadHash }
  const scope = credentialScope(amzDate.slice(0, 8), region, service)
  const key = signingKey(credentials.secretAccessKey, amzDate.slice(0, 8), region, service)
  const signature = hmac(key, stringToSign(amzDate, scope, canonicalRequest(parts, service))).toString('hex')
  const credential = `Credential=${credentials.accessKeyId}/${scope}`
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`
  return { ...headers, authorization }
}

/** The key that signs and verifies one day's requests to one service in one region. `date` is `yyyyMMdd`. */
function signingKey(secretAccessKey: string, date: string, region: string, service: string): Buffer {
  return [date, region, service, 'aws4_request'].reduce(hmac, Buffer.from(`AWS4${secretAccessKey}`))
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
