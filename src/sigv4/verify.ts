import { timingSafeEqual } from 'node:crypto'
import { amzDateOf } from './amz-date.ts'
import { canonicalRequest, credentialScope, sha256Hex, stringToSign } from './canonical-request.ts'
import { incomplete, SignatureError, unknownKey } from './signature-error.ts'
import { type ReceivedRequest, type SignatureParts, signatureParts } from './signature-parts.ts'
import { type SigningKey, signingKey } from './signing-key.ts'

/** An access key that may have signed. */
export interface VerifiableKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary credentials: a request has to carry the token, until `expiresAt` (epoch milliseconds). */
  readonly session?: { readonly token: string; readonly expiresAt: number }
}

export interface VerifierOptions<Key extends VerifiableKey> {
  /** The key of an id, always the same object while it does not change; `undefined` for one that is unknown. */
  readonly keyOf: (accessKeyId: string) => Key | undefined
  /** The signing name that signatures must be for: `execute-api`. */
  readonly service: string
  /** Epoch milliseconds. */
  readonly now: () => number
}

/**
 * Verifies a request as far as that is possible without its body.
 * @param region The region that the signature must be for. Absent: any.
 * @throws {SignatureError} in AWS's own words.
 */
export type SignatureVerifier<Key> = (request: ReceivedRequest, region?: string) => PendingSignature<Key>

/** A signature whose key is known and whose time is right, and that has not been compared yet. */
export interface PendingSignature<Key> {
  readonly key: Key
  /**
   * Compares the signature.
   * @param payloadHash Hex SHA-256 of the body that came.
   * @throws {SignatureError} `mismatch`, with what should have been signed.
   */
  check(payloadHash: string): void
}

/**
 * Verifies SigV4 signatures, in headers and in queries. Before a body is read, it refuses whatever is wrong without it; a
 * signature holds for its body alone: `UNSIGNED-PAYLOAD` and the streaming forms belong to S3 and match nothing.
 */
export function signatureVerifier<Key extends VerifiableKey>(options: VerifierOptions<Key>): SignatureVerifier<Key> {
  const keyFor = signingKeys()
  return (request, region) => {
    const parts = signatureParts(request)
    const now = options.now()
    checkScope(parts, options.service, region)
    checkTime(parts, now)
    checkSignedHeaders(parts, request)
    const key = knownKey(parts, options, now)
    return { key, check: (payloadHash) => compare(parts, request, payloadHash, keyFor(key, parts)) }
  }
}

/** Documented: 5 minutes, both ways. */
const maxSkewMinutes = 5
const maxSkewMs = maxSkewMinutes * 60_000

function checkScope({ scope, amzDate }: SignatureParts, service: string, region: string | undefined): void {
  const wrong: string[] = []
  if (region !== undefined && scope.region !== region) {
    wrong.push(`Credential should be scoped to a valid region, not '${scope.region}'. `)
  }
  if (scope.service !== service) wrong.push(`Credential should be scoped to correct service: '${service}'. `)
  if (scope.terminator !== 'aws4_request') {
    wrong.push(`Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminator}'. `)
  }
  const day = amzDate.slice(0, 8)
  if (scope.date !== day) {
    const dates = `'${scope.date}' != '${day}', from '${amzDate}'. `
    wrong.push(`Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ${dates}`)
  }
  if (wrong.length > 0)
    throw new SignatureError('mismatch', wrong.join(''), 'The credential is scoped to something else')
}

function checkTime({ amzDate, signedAtMs, expiresSeconds }: SignatureParts, now: number): void {
  const wrongTime = (message: string) => new SignatureError('wrong-time', message)
  const written = (ms: number) => amzDateOf(new Date(ms))
  if (signedAtMs > now + maxSkewMs) {
    const latest = `${written(now + maxSkewMs)} (${written(now)} + ${maxSkewMinutes} min.)`
    throw wrongTime(`Signature not yet current: ${amzDate} is still later than ${latest}`)
  }
  const lifeMs = expiresSeconds === undefined ? maxSkewMs : expiresSeconds * 1000
  if (signedAtMs < now - lifeMs) {
    const life = expiresSeconds === undefined ? `${maxSkewMinutes} min.` : `${expiresSeconds} sec.`
    const earliest = `${written(now - lifeMs)} (${written(now)} - ${life})`
    throw wrongTime(`Signature expired: ${amzDate} is now earlier than ${earliest}`)
  }
}

/** Not signed by clients that add it later, or added on the way. */
const maybeUnsigned: ReadonlySet<string> = new Set(['x-amz-security-token', 'x-amz-cf-id'])

/** What tells services what to do has to be signed. */
function checkSignedHeaders({ signedHeaders }: SignatureParts, { headers }: ReceivedRequest): void {
  if (!signedHeaders.includes('host')) {
    throw incompleteHeader("'Host' or ':authority'")
  }
  const unsigned = headers.find('x-amz-', (name) => !signedHeaders.includes(name) && !maybeUnsigned.has(name))
  if (unsigned !== undefined) throw incompleteHeader(`'${unsigned}'`)
}

function incompleteHeader(name: string): SignatureError {
  return incomplete(`${name} must be a 'SignedHeader' in the AWS Authorization.`)
}

function knownKey<Key extends VerifiableKey>(
  { accessKeyId, sessionToken }: SignatureParts,
  { keyOf }: VerifierOptions<Key>,
  now: number,
): Key {
  const key = keyOf(accessKeyId)
  if (!key || !isSameSecret(sessionToken, key.session?.token)) throw unknownKey()
  if (key.session && key.session.expiresAt <= now) {
    throw new SignatureError('expired-token', 'The security token included in the request is expired')
  }
  return key
}

/** In a time that does not depend on where they differ. */
function isSameSecret(given: string | undefined, expected: string | undefined): boolean {
  if (given === undefined || expected === undefined) return given === expected
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Signatures in hex, in lower case alone. */
const signatureForm = /^[0-9a-f]{64}$/

function compare(parts: SignatureParts, request: ReceivedRequest, payloadHash: string, key: SigningKey): void {
  const { scope, amzDate, signature } = parts
  const canonical = canonicalText(parts, request, payloadHash)
  const canonicalHash = sha256Hex(canonical)
  const expected = key.sign(amzDate, canonicalHash)
  // A declared hash is signed as it is: it must not be of another body.
  const declared = request.headers.get('x-amz-content-sha256') ?? payloadHash
  if (signatureForm.test(signature) && isSameSecret(signature, expected) && declared === payloadHash) return
  throw mismatch(
    canonical,
    stringToSign(amzDate, credentialScope(scope.date, scope.region, scope.service), canonicalHash),
  )
}

function canonicalText(parts: SignatureParts, request: ReceivedRequest, payloadHash: string): string {
  const { signedHeaders, scope, expiresSeconds } = parts
  const { method, path, query, headers } = request
  const header = (name: string) => headers.get(name)
  const presigned = expiresSeconds !== undefined
  return canonicalRequest({ method, path, query, header, signedHeaders, payloadHash, presigned }, scope.service)
}

const mismatchSummary =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.'

function mismatch(canonical: string, text: string): SignatureError {
  const shown = `\n\nThe Canonical String for this request should have been\n'${canonical}'`
  const signed = `\n\nThe String-to-Sign should have been\n'${text}'\n`
  return new SignatureError('mismatch', mismatchSummary + shown + signed, mismatchSummary)
}

/** Scopes whose key is kept for an access key: the regions and services that one client calls on one day. */
const maxScopes = 16

/** Derives signing keys, and keeps them while their access key is known. */
function signingKeys(): (key: VerifiableKey, parts: SignatureParts) => SigningKey {
  const known = new WeakMap<VerifiableKey, Map<string, SigningKey>>()
  return (key, { scope: { date, region, service } }) => {
    const ofKey = known.get(key) ?? new Map<string, SigningKey>()
    known.set(key, ofKey)
    const scope = `${date}/${region}/${service}`
    const kept = ofKey.get(scope)
    if (kept) return kept
    const derived = signingKey(key.secretAccessKey, date, region, service)
    if (ofKey.size >= maxScopes) ofKey.clear()
    ofKey.set(scope, derived)
    return derived
  }
}
