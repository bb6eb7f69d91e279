import { createHash } from 'node:crypto'
import { amzDateOfHttp, parseAmzDate } from './amz-date.ts'
import { signingAlgorithm } from './canonical-request.ts'
import { incomplete, SignatureError } from './signature-error.ts'

/** A request as it came in, without its body. */
export interface ReceivedRequest {
  readonly method: string
  /** As on the wire. */
  readonly path: string
  /** As on the wire, without its `?`. */
  readonly query: string
  readonly headers: ReceivedHeaders
}

export interface ReceivedHeaders {
  /** The value of a header, by its name in lower case; several are joined with commas. */
  get(lowerName: string): string | undefined
  /** The first name of a header, in lower case, that begins so and is wanted. */
  find(prefix: string, isWanted: (lowerName: string) => boolean): string | undefined
}

/** What a request says about its signature. Nothing of it is verified. */
export interface SignatureParts {
  readonly accessKeyId: string
  readonly scope: Scope
  /** `yyyyMMddTHHmmssZ`. */
  readonly amzDate: string
  /** The same in epoch milliseconds. */
  readonly signedAtMs: number
  /** Names in lower case, in the order in which they were listed. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
  readonly sessionToken: string | undefined
  /** Seconds for which a presigned URL holds. Absent: signed in the headers. */
  readonly expiresSeconds?: number
}

/** `{date}/{region}/{service}/{terminator}` of a credential. */
export interface Scope {
  readonly date: string
  readonly region: string
  readonly service: string
  readonly terminator: string
}

/**
 * Reads the signature of a request, from its headers or its query.
 * @throws {SignatureError} `missing` or `incomplete`.
 */
export function signatureParts(request: ReceivedRequest): SignatureParts {
  const authorization = request.headers.get('authorization')
  if (authorization !== undefined) return fromHeaders(authorization, request.headers)
  const query = new URLSearchParams(request.query)
  if (query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature')) return fromQuery(query, request.headers)
  throw new SignatureError('missing', 'Missing Authentication Token')
}

function fromHeaders(authorization: string, headers: ReceivedHeaders): SignatureParts {
  const text = authorization.trim()
  const scheme = text.slice(0, blank.exec(text)?.index)
  if (scheme.startsWith('AWS4-') && scheme !== signingAlgorithm) throw unsupported(scheme)
  const values = keyValuePairs(scheme === signingAlgorithm ? text.slice(scheme.length) : authorization, authorization)
  const [amzDate, date] = [headers.get('x-amz-date'), headers.get('date')]
  const [credential, signature] = [values.get('Credential'), values.get('Signature')]
  const signedHeaders = values.get('SignedHeaders')
  if (!credential || !signature || !signedHeaders || (amzDate === undefined && date === undefined)) {
    throw lacking(values, amzDate ?? date, authorization)
  }
  const { accessKeyId, scope } = credentialParts(credential)
  const at = readDate(amzDate, date)
  const sessionToken = headers.get('x-amz-security-token')
  return { accessKeyId, scope, ...at, signedHeaders: signedHeaders.split(';'), signature, sessionToken }
}

const blank = /\s/

function lacking(values: ReadonlyMap<string, string>, date: string | undefined, authorization: string): SignatureError {
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !values.get(name))
    .map((name) => `Authorization header requires '${name}' parameter. `)
  if (date === undefined) {
    missing.push(`Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. `)
  }
  return incomplete(
    `${missing.join('')}(Hashed with SHA-256 and encoded with Base64) Authorization=${hashed(authorization)}`,
  )
}

/** For the log: whoever writes a header wrongly may have put a secret anywhere in it. */
const summaries = {
  twice: 'The Authorization header has a parameter twice',
  date: "The date is not in ISO-8601 'basic format'",
  algorithm: 'The algorithm is not supported',
  credential: 'The credential has not five elements',
} as const

/** Observed: whatever is in the header is read as pairs, and what is told about it is a digest, not the header itself. */
function keyValuePairs(text: string, authorization: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  for (const untrimmed of text.split(',')) {
    const part = untrimmed.trim()
    const equals = part.indexOf('=')
    if (part === '') continue
    if (equals === -1) {
      const told = "(hashed with SHA-256 and encoded with Base64): '"
      throw incomplete(
        `Invalid key=value pair (missing equal-sign) in Authorization header ${told}${hashed(authorization)}'.`,
      )
    }
    const name = part.slice(0, equals)
    if (pairs.has(name)) throw incomplete(`Duplicate '${name}' parameter in Authorization header.`, summaries.twice)
    pairs.set(name, part.slice(equals + 1))
  }
  return pairs
}

function hashed(authorization: string): string {
  return createHash('sha256').update(authorization).digest('base64')
}

function readDate(
  amzDate: string | undefined,
  date: string | undefined,
): Pick<SignatureParts, 'amzDate' | 'signedAtMs'> {
  const read = amzDate ?? amzDateOfHttp(date ?? '')
  const signedAtMs = read === undefined ? undefined : parseAmzDate(read)
  if (read !== undefined && signedAtMs !== undefined) return { amzDate: read, signedAtMs }
  throw incomplete(
    `Date must be in ISO-8601 'basic format'. Got '${amzDate ?? date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    summaries.date,
  )
}

const queryNames = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date']

function fromQuery(query: URLSearchParams, headers: ReceivedHeaders): SignatureParts {
  const missing = queryNames
    .filter((name) => !query.get(name))
    .map((name) => `AWS query-string parameters must include '${name}'. `)
  if (missing.length > 0) throw incomplete(`${missing.join('')}Re-examine the query-string parameters.`)
  for (const name of [...queryNames, 'X-Amz-Expires', 'X-Amz-Security-Token']) {
    if (query.getAll(name).length > 1) throw incomplete(`AWS query-string parameters must include '${name}' only once.`)
  }
  const scheme = query.get('X-Amz-Algorithm') ?? ''
  if (scheme !== signingAlgorithm) throw unsupported(scheme)
  return {
    ...credentialParts(query.get('X-Amz-Credential') ?? ''),
    ...readDate(query.get('X-Amz-Date') ?? '', undefined),
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    sessionToken: query.get('X-Amz-Security-Token') ?? headers.get('x-amz-security-token'),
    expiresSeconds: readExpires(query.get('X-Amz-Expires')),
  }
}

/** A week (documented). */
const maxExpiresSeconds = 604_800

function readExpires(text: string | null): number {
  if (text === null)
    throw incomplete(
      "AWS query-string parameters must include 'X-Amz-Expires'. Re-examine the query-string parameters.",
    )
  if (!/^\d{1,9}$/.test(text)) throw incomplete('X-Amz-Expires should be a number')
  const seconds = Number(text)
  if (seconds >= 1 && seconds <= maxExpiresSeconds) return seconds
  throw incomplete('X-Amz-Expires must be between 1 and 604800 seconds')
}

/** SigV4a (`AWS4-ECDSA-P256-SHA256`) is among what is refused. */
function unsupported(scheme: string): SignatureError {
  return incomplete(`Unsupported AWS 'algorithm': '${scheme}'.`, summaries.algorithm)
}

/** `{accessKeyId}/{date}/{region}/{service}/{terminator}`, of which the id alone may contain slashes. */
const credentialForm = /^(.+)\/([^/]*)\/([^/]*)\/([^/]*)\/([^/]*)$/s

function credentialParts(text: string): Pick<SignatureParts, 'accessKeyId' | 'scope'> {
  const [, accessKeyId = '', date = '', region = '', service = '', terminator = ''] = credentialForm.exec(text) ?? []
  if (accessKeyId) return { accessKeyId, scope: { date, region, service, terminator } }
  throw incomplete(
    `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${text}'`,
    summaries.credential,
  )
}
