import assert from 'node:assert/strict'
import { createHash, hash } from 'node:crypto'
import { describe, test } from 'node:test'
import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'
import { seeded } from '../../test/seeded.ts'
import { Sha256 } from './oracle-hash.ts'
import {
  type PublishedVector,
  presignedVectors,
  publishedKey,
  publishedSessionToken,
  publishedVectors,
} from './published-vectors.ts'
import { receivedHeaders } from './received-headers.ts'
import { SignatureError, type SignatureFault } from './signature-error.ts'
import { signatureVerifier, type VerifiableKey } from './verify.ts'

const signedAt = Date.parse('2015-08-30T12:36:00Z')
const host = 'abc123.execute-api.us-east-1.amazonaws.com'
const session = { ...publishedKey, session: { token: publishedSessionToken, expiresAt: signedAt + 3_600_000 } }

interface Received {
  readonly method?: string
  readonly path?: string
  readonly query?: string
  readonly headers?: readonly string[]
  readonly body?: string | Uint8Array
}

interface Setting {
  readonly key?: VerifiableKey | undefined
  readonly now?: number
  readonly service?: string
}

/** Verifies as a service does. @returns The id of the key that signed. */
function verify(
  received: Received,
  { key = publishedKey, now = signedAt, service = 'execute-api' }: Setting = {},
): string {
  const { method = 'GET', path = '/', query = '', headers = [], body = '' } = received
  const keyOf = (id: string) => (id === key?.accessKeyId ? key : undefined)
  const verifier = signatureVerifier({ keyOf, service, now: () => now })
  const pending = verifier({ method, path, query, headers: receivedHeaders(headers) }, 'us-east-1')
  pending.check(hash('sha256', body, 'hex'))
  return pending.key.accessKeyId
}

function refusal(received: Received, setting?: Setting): SignatureError {
  try {
    verify(received, setting)
  } catch (error) {
    if (error instanceof SignatureError) return error
    throw error
  }
  throw new Error('It was accepted')
}

describe("AWS's published vectors", () => {
  const credential = `${publishedKey.accessKeyId}/20150830/us-east-1/service/aws4_request`
  const where = ['Host', 'example.amazonaws.com']

  function signedInHeaders(vector: PublishedVector): Received {
    const { signedHeaders = 'host;x-amz-date', signature, headers = [], ...request } = vector
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`
    const added = ['X-Amz-Date', '20150830T123600Z', ...headers, 'Authorization', authorization]
    return { ...request, headers: [...where, ...added] }
  }

  function signedInQuery(vector: PublishedVector): Received {
    const { signedHeaders = 'host', signature, headers = [], query, ...request } = vector
    const parameters = new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': credential,
      'X-Amz-Date': '20150830T123600Z',
      'X-Amz-SignedHeaders': signedHeaders,
      'X-Amz-Expires': '3600',
      'X-Amz-Signature': signature,
    })
    return {
      ...request,
      query: query === undefined ? `${parameters}` : `${query}&${parameters}`,
      headers: [...where, ...headers],
    }
  }

  /** The key whose session token a vector has. */
  function keyOf({ headers = [], query = '' }: PublishedVector): VerifiableKey {
    const inHeaders = headers[headers.indexOf('X-Amz-Security-Token') + 1]
    const token = headers.includes('X-Amz-Security-Token')
      ? inHeaders
      : new URLSearchParams(query).get('X-Amz-Security-Token')
    return token ? { ...session, session: { ...session.session, token } } : publishedKey
  }

  for (const [form, vectors, receivedOf] of [
    ['headers', publishedVectors, signedInHeaders],
    ['query', presignedVectors, signedInQuery],
  ] as const) {
    for (const vector of vectors) {
      test(`${vector.name}, signed in the ${form}`, () => {
        const received = receivedOf(vector)
        const setting = { key: keyOf(vector), service: 'service' }
        assert.equal(verify(received, setting), 'AKIDEXAMPLE')
        assert.equal(refusal({ ...received, method: 'PUT' }, setting).fault, 'mismatch')
      })
    }
  }
})

const sdk = (sessionToken?: string) =>
  new SignatureV4({
    service: 'execute-api',
    region: 'us-east-1',
    credentials: { ...publishedKey, ...(sessionToken !== undefined && { sessionToken }) },
    sha256: Sha256,
    uriEscapePath: true,
  })

function sdkRequest({ method = 'GET', path = '/', query = '', headers = [], body = '' }: Received) {
  const params = new URLSearchParams(query)
  const bag = Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]))
  const named = Object.fromEntries(pairs(headers))
  return { method, protocol: 'https:', hostname: host, path, query: bag, headers: { ...named, host }, body }
}

function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, flat[i + 1] ?? '']] : []))
}

async function signedBySdk(request: Received, sessionToken?: string): Promise<Received> {
  const signed = await sdk(sessionToken).sign(sdkRequest(request), { signingDate: new Date(signedAt) })
  return { ...request, headers: Object.entries(signed.headers).flat() }
}

async function presignedBySdk(request: Received, expiresIn: number, sessionToken?: string): Promise<Received> {
  const options = { signingDate: new Date(signedAt), expiresIn }
  const { query, headers } = await sdk(sessionToken).presign(sdkRequest(request), options)
  const entries = Object.entries(query ?? {}).flatMap(([name, value]) => [value ?? ''].flat().map((one) => [name, one]))
  const text = entries
    .map(([name, value]) => `${encodeURIComponent(name ?? '')}=${encodeURIComponent(value ?? '')}`)
    .join('&')
  return { ...request, query: text, headers: Object.entries(headers).flat() }
}

function signedByAws4({ method = 'GET', path = '/', query = '', headers = [], body = '' }: Received): Received {
  const request = {
    method,
    host,
    path: query === '' ? path : `${path}?${query}`,
    service: 'execute-api',
    region: 'us-east-1',
    headers: { ...Object.fromEntries(pairs(headers)), 'X-Amz-Date': '20150830T123600Z' },
    ...(body !== '' && { body: String(body) }),
  }
  const signed = aws4.sign(request, publishedKey)
  const sent = Object.entries(signed.headers).flatMap(([name, value]) => [name, String(value)])
  return { method, path, query, body, headers: sent }
}

const letters = [..."aZ0-._~!'()*%+/=&?#:;@$, é✓"]

const requests: [name: string, request: Received][] = [
  ['the root', {}],
  [
    'a body',
    { method: 'POST', path: '/dev/pets', headers: ['Content-Type', 'application/json'], body: '{"name":"é"}' },
  ],
  ['an encoded path', { path: '/dev/a%20b/%40connections/a%2Fb%3D' }],
  ['a path of two slashes', { path: '/dev//pets/' }],
  ['a query out of order', { path: '/dev', query: 'b=2&a=%2F&a=%20&c=&d=%2B&D=~' }],
  ['a blank in a header', { headers: ['X-Custom', ' a  b '] }],
]

describe('two independent signers', () => {
  for (const [name, request] of requests) {
    test(`the SDK's: ${name}`, async () => assert.equal(verify(await signedBySdk(request)), 'AKIDEXAMPLE'))
    test(`aws4: ${name}`, () => assert.equal(verify(signedByAws4(request)), 'AKIDEXAMPLE'))
    test(`the SDK's, presigned: ${name}`, async () =>
      assert.equal(verify(await presignedBySdk(request, 60)), 'AKIDEXAMPLE'))
  }

  test('whatever is sent', async () => {
    const random = seeded(5)
    const text = () =>
      encodeURIComponent(Array.from({ length: 4 }, () => letters[Math.floor(random() * letters.length)]).join(''))
    for (let i = 0; i < 300; i++) {
      const query = Array.from({ length: Math.floor(random() * 4) }, () => `${text()}=${text()}`).join('&')
      const path = `/${Array.from({ length: Math.floor(random() * 4) }, text).join('/')}`
      const request = { method: 'POST', path, query, body: text() }
      const signed = await signedBySdk(request)
      assert.equal(verify(signed), 'AKIDEXAMPLE', JSON.stringify(request))
      assert.equal(verify(signedByAws4(request)), 'AKIDEXAMPLE', JSON.stringify(request))
      assert.equal(refusal({ ...signed, path: `${path}x` }).fault, 'mismatch')
    }
  })

  test('temporary credentials', async () => {
    const request = { path: '/dev/pets' }
    assert.equal(verify(await signedBySdk(request, publishedSessionToken), { key: session }), 'AKIDEXAMPLE')
    assert.equal(verify(await presignedBySdk(request, 60, publishedSessionToken), { key: session }), 'AKIDEXAMPLE')
  })
})

describe('a signature', () => {
  const request = { method: 'POST', path: '/dev/pets', query: 'a=1', headers: ['X-Custom', 'b'], body: 'hello' }

  test('holds for nothing but its request', async () => {
    const signed = await signedBySdk(request)
    const headers = signed.headers ?? []
    const changed = (name: string, value: string) => pairs(headers).flatMap(([n, v]) => [n, n === name ? value : v])
    const forged: Received[] = [
      { ...signed, method: 'PUT' },
      { ...signed, path: '/dev/pets/1' },
      { ...signed, path: '/dev/pets/' },
      { ...signed, query: 'a=2' },
      { ...signed, query: 'a=1&a=1' },
      { ...signed, query: '' },
      { ...signed, query: 'a=1&X-Amz-Signature=x' },
      { ...signed, body: 'hellO' },
      { ...signed, body: '' },
      { ...signed, headers: changed('X-Custom', 'c') },
      { ...signed, headers: [...headers, 'X-Custom', 'c'] },
      { ...signed, headers: changed('host', 'other.example.com') },
      { ...signed, headers: changed('x-amz-date', '20150830T123601Z') },
    ]
    assert.equal(verify(signed), 'AKIDEXAMPLE')
    for (const one of forged) assert.equal(refusal(one).fault, 'mismatch', JSON.stringify(one))
  })

  test('that is changed in any one place is refused', async () => {
    const signed = await signedBySdk(request)
    const headers = signed.headers ?? []
    const at = headers.indexOf('authorization') + 1
    const authorization = headers[at] ?? ''
    const begin = authorization.indexOf('Signature=') + 'Signature='.length
    for (let i = begin; i < authorization.length; i++) {
      const other = authorization[i] === '0' ? '1' : '0'
      const forged = `${authorization.slice(0, i)}${other}${authorization.slice(i + 1)}`
      assert.equal(refusal({ ...signed, headers: headers.with(at, forged) }).fault, 'mismatch')
    }
    const wrong = [
      '',
      authorization.slice(begin).toUpperCase(),
      authorization.slice(begin, -1),
      `${authorization.slice(begin)}0`,
      'x'.repeat(64),
    ]
    for (const signature of wrong) {
      const forged = headers.with(at, `${authorization.slice(0, begin)}${signature}`)
      assert.notEqual(refusal({ ...signed, headers: forged }).fault, undefined)
    }
  })

  test('of another secret is refused', async () => {
    const key = { ...publishedKey, secretAccessKey: 'another' }
    assert.equal(refusal(await signedBySdk(request), { key }).fault, 'mismatch')
  })

  test('tells what should have been signed, and keeps it from the log', async () => {
    const { message, summary } = refusal({ ...(await signedBySdk({ path: '/dev/pets', query: 'a=1' })), method: 'PUT' })
    assert.match(
      message,
      /Consult the service documentation for details\.\n\nThe Canonical String for this request should have been\n'PUT\n\/dev\/pets\na=1\nhost:abc123/,
    )
    assert.match(
      message,
      /\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20150830T123600Z\n20150830\/us-east-1\/execute-api\/aws4_request\n[0-9a-f]{64}'\n$/,
    )
    assert.ok(!summary.includes('\n'))
  })

  test('does not hold for an unsigned or a streamed payload', async () => {
    for (const declared of ['UNSIGNED-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', hash('sha256', 'other')]) {
      const signed = await signedBySdk({ ...request, headers: ['x-amz-content-sha256', declared] })
      assert.equal(refusal(signed).fault, 'mismatch', declared)
    }
  })

  const minute = 60_000
  const times: [name: string, afterMs: number, fault: SignatureFault | undefined][] = [
    ['5 minutes old', 5 * minute, undefined],
    ['older', 5 * minute + 1, 'wrong-time'],
    ['5 minutes ahead', -5 * minute, undefined],
    ['further ahead', -5 * minute - 1000, 'wrong-time'],
  ]
  for (const [name, afterMs, fault] of times) {
    test(`${name}: ${fault ?? 'holds'}`, async () => {
      const signed = await signedBySdk(request)
      const now = signedAt + afterMs
      if (fault === undefined) assert.equal(verify(signed, { now }), 'AKIDEXAMPLE')
      else assert.equal(refusal(signed, { now }).fault, fault)
    })
  }

  test('says when it would have held', async () => {
    const signed = await signedBySdk(request)
    assert.equal(
      refusal(signed, { now: signedAt + 10 * minute }).message,
      'Signature expired: 20150830T123600Z is now earlier than 20150830T124100Z (20150830T124600Z - 5 min.)',
    )
    assert.equal(
      refusal(signed, { now: signedAt - 10 * minute }).message,
      'Signature not yet current: 20150830T123600Z is still later than 20150830T123100Z (20150830T122600Z + 5 min.)',
    )
  })

  test('in a URL holds for as long as it says', async () => {
    const signed = await presignedBySdk({ path: '/dev' }, 600)
    assert.equal(verify(signed, { now: signedAt + 600_000 }), 'AKIDEXAMPLE')
    assert.equal(refusal(signed, { now: signedAt + 600_001 }).fault, 'wrong-time')
    const longer = { ...signed, query: signed.query?.replace('X-Amz-Expires=600', 'X-Amz-Expires=6000') ?? '' }
    assert.equal(refusal(longer).fault, 'mismatch')
  })

  test('of temporary credentials holds with their token, until they expire', async () => {
    const signed = await signedBySdk(request, publishedSessionToken)
    assert.equal(refusal(signed).message, 'The security token included in the request is invalid.')
    assert.equal(refusal(await signedBySdk(request), { key: session }).fault, 'unknown-key')
    assert.equal(refusal(await signedBySdk(request, 'another'), { key: session }).fault, 'unknown-key')
    const expired = { ...session, session: { ...session.session, expiresAt: signedAt } }
    const { fault, message } = refusal(signed, { key: expired })
    assert.deepEqual([fault, message], ['expired-token', 'The security token included in the request is expired'])
  })

  test('of an unknown key is refused without a word about the key', async () => {
    const { fault, message } = refusal(await signedBySdk(request), {
      key: { accessKeyId: 'AKIDOTHER', secretAccessKey: 'x' },
    })
    assert.deepEqual([fault, message], ['unknown-key', 'The security token included in the request is invalid.'])
  })
})

describe('what is written wrongly', () => {
  const credential = 'AKIDEXAMPLE/20150830/us-east-1/execute-api/aws4_request'
  const signature = 'a'.repeat(64)
  const authorization = (parts: string) => ['Host', host, 'X-Amz-Date', '20150830T123600Z', 'Authorization', parts]
  const scoped = (scope: string) =>
    authorization(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    )
  const digest = (text: string) => createHash('sha256').update(text).digest('base64')

  const cases: [name: string, received: Received, fault: SignatureFault, message: string | RegExp][] = [
    ['no signature', { headers: ['Host', host] }, 'missing', 'Missing Authentication Token'],
    [
      'a bearer token',
      { headers: authorization('Bearer abc.def.ghi') },
      'incomplete',
      `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${digest('Bearer abc.def.ghi')}'.`,
    ],
    [
      'basic credentials',
      { headers: ['Authorization', 'Basic dXNlcjpwYXNz=='] },
      'incomplete',
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. " +
        "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a " +
        "'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) " +
        `Authorization=${digest('Basic dXNlcjpwYXNz==')}`,
    ],
    [
      'an empty header',
      { headers: authorization('') },
      'incomplete',
      /^Authorization header requires 'Credential' parameter\. /,
    ],
    [
      'no signature in the header',
      { headers: authorization(`AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host`) },
      'incomplete',
      /^Authorization header requires 'Signature' parameter\. \(Hashed/,
    ],
    [
      'two signatures',
      {
        headers: authorization(
          `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=a, Signature=b`,
        ),
      },
      'incomplete',
      "Duplicate 'Signature' parameter in Authorization header.",
    ],
    [
      'a multi-region signature',
      {
        headers: authorization(
          'AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/execute-api/aws4_request, SignedHeaders=host, Signature=00',
        ),
      },
      'incomplete',
      "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
    ],
    [
      'a short credential',
      { headers: scoped('aws4_request') },
      'incomplete',
      /^Credential must have exactly 5 slash-delimited elements, .* got 'AKIDEXAMPLE\/aws4_request'$/,
    ],
    [
      'another region, service and terminator',
      { headers: scoped('20150830/eu-west-1/s3/aws5_request') },
      'mismatch',
      "Credential should be scoped to a valid region, not 'eu-west-1'. Credential should be scoped to correct service: " +
        "'execute-api'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ",
    ],
    [
      'another day',
      { headers: scoped('20150831/us-east-1/execute-api/aws4_request') },
      'mismatch',
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150831' != '20150830', from '20150830T123600Z'. ",
    ],
    [
      'a host that is not signed',
      {
        headers: authorization(
          `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=x-amz-date, Signature=${signature}`,
        ),
      },
      'incomplete',
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    ],
    [
      'a header of AWS that is not signed',
      { headers: [...scoped('20150830/us-east-1/execute-api/aws4_request'), 'X-Amz-Target', 'Other'] },
      'incomplete',
      "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.",
    ],
    [
      'a date that is none',
      {
        headers: [
          'X-Amz-Date',
          'today',
          'Authorization',
          `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${signature}`,
        ],
      },
      'incomplete',
      "Date must be in ISO-8601 'basic format'. Got 'today'. See http://en.wikipedia.org/wiki/ISO_8601",
    ],
    [
      'a URL with a signature alone',
      { query: 'X-Amz-Signature=a' },
      'incomplete',
      /^AWS query-string parameters must include 'X-Amz-Algorithm'\. .*Re-examine the query-string parameters\.$/,
    ],
  ]
  for (const [name, received, fault, message] of cases) {
    test(name, () => {
      const error = refusal(received)
      assert.equal(error.fault, fault)
      if (typeof message === 'string') assert.equal(error.message, message)
      else assert.match(error.message, message)
    })
  }

  test('a URL whose parameters are not once there, or out of bounds', async () => {
    const { query = '', ...signed } = await presignedBySdk({ path: '/dev' }, 60)
    const changes = [
      query.replace('X-Amz-Expires=60', 'X-Amz-Expires=0'),
      query.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801'),
      query.replace('X-Amz-Expires=60', 'X-Amz-Expires=soon'),
      query.replace('X-Amz-Expires=60&', ''),
      `${query}&X-Amz-Expires=60`,
      `${query}&X-Amz-Signature=a`,
      query.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'),
    ]
    for (const changed of changes) assert.equal(refusal({ ...signed, query: changed }).fault, 'incomplete', changed)
  })

  test('a Date header may stand for X-Amz-Date', async () => {
    const headers = [
      'Host',
      host,
      'Date',
      'Sun, 30 Aug 2015 12:36:00 GMT',
      'Authorization',
      `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;date, Signature=${signature}`,
    ]
    assert.equal(refusal({ headers }).fault, 'mismatch')
    assert.equal(refusal({ headers: headers.with(3, 'yesterday') }).fault, 'incomplete')
  })
})
