import { hash } from 'node:crypto'

/** What a SigV4 signature covers of a request. */
export interface SignedParts {
  readonly method: string
  /** As on the wire: percent-encoded once. */
  readonly path: string
  /** As on the wire, without its `?`. */
  readonly query: string
  /** The value of a header, by its name in lower case. */
  readonly header: (lowerName: string) => string | undefined
  /** Names in lower case. */
  readonly signedHeaders: readonly string[]
  /** Hex SHA-256 of the body, or the literal that stands for one. */
  readonly payloadHash: string
  /** The signature is in the query: it does not cover itself. */
  readonly presigned?: boolean
}

/** SigV4's canonical request. S3 alone takes the path as it is: no second encoding, no removal of dot segments. */
export function canonicalRequest(parts: SignedParts, service: string): string {
  const { method, query, presigned = false, payloadHash } = parts
  const names = parts.signedHeaders.toSorted()
  let headers = ''
  for (const name of names) headers += `${name}:${canonicalHeader(parts.header(name) ?? '')}\n`
  const path = service === 's3' ? parts.path || '/' : canonicalPath(parts.path)
  return `${method}\n${path}\n${canonicalQuery(query, presigned)}\n${headers}\n${names.join(';')}\n${payloadHash}`
}

/** `{date}/{region}/{service}/aws4_request`, where `date` is `yyyyMMdd`. */
export function credentialScope(date: string, region: string, service: string): string {
  return `${date}/${region}/${service}/aws4_request`
}

/** The one algorithm that is signed and verified with. */
export const signingAlgorithm = 'AWS4-HMAC-SHA256'

/** The text that is signed. `amzDate` is `yyyyMMddTHHmmssZ`, `canonicalHash` the hex SHA-256 of the canonical request. */
export function stringToSign(amzDate: string, scope: string, canonicalHash: string): string {
  return [signingAlgorithm, amzDate, scope, canonicalHash].join('\n')
}

export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex')
}

function canonicalPath(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(percentEncoded(segment))
  }
  const end = path.endsWith('/') && kept.length > 0 ? '/' : ''
  return `/${kept.join('/')}${end}`
}

/** Sorted by encoded name, then value. */
function canonicalQuery(query: string, presigned: boolean): string {
  if (query === '') return ''
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      const [name, value] = equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
      return [percentEncoded(decode(name)), percentEncoded(decode(value))] as const
    })
  const covered = presigned ? pairs.filter(([name]) => name !== 'X-Amz-Signature') : pairs
  covered.sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
  return covered.map(([name, value]) => `${name}=${value}`).join('&')
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function canonicalHeader(value: string): string {
  return value.trim().replace(/\s+/g, ' ')
}

const unreserved = /^[\w.~-]*$/

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Escapes everything but letters, digits and `-._~` (RFC 3986). */
export function percentEncoded(text: string): string {
  if (unreserved.test(text)) return text
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
