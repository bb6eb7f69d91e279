import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, afterEach, describe, mock, test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { SignatureV4 } from '@smithy/signature-v4'
import { Sha256 } from '../sigv4/oracle-hash.ts'
import { clientApiOf, folderOf, petStore } from './fixture.ts'
import { javascriptSdk } from './javascript/javascript-sdk.ts'
import { oddApi } from './odd-api.ts'
import { startBackend } from './test-backend.ts'
import { typescriptSdk } from './typescript/typescript-sdk.ts'

type Call = (params?: object | null, body?: unknown, additionalParams?: object) => Promise<Answer>
interface Answer {
  readonly status: number
  readonly statusText: string
  readonly data: unknown
  readonly headers: Record<string, string>
}
interface Factory {
  newClient(config?: object): Record<string, Call>
}

const api = clientApiOf(petStore)
const javascript = await folderOf(javascriptSdk(api))
const typescript = await folderOf(typescriptSdk(api))
const backend = await startBackend()
after(async () => {
  await javascript[Symbol.asyncDispose]()
  await typescript[Symbol.asyncDispose]()
  await backend[Symbol.asyncDispose]()
})
afterEach(() => {
  backend.statuses.length = 0
})

const required: { apigClientFactory: Factory } = createRequire(import.meta.url)(join(javascript.path, 'apigClient.js'))
const factory = required.apigClientFactory
const invokeUrl = `${backend.url}/dev`
const quick = { maxAttempts: 4, baseDelayMs: 1 }

/** Makes one call, and gives what the backend got of it. */
async function send(name: string, args: Parameters<Call>, config: object = {}) {
  const answer = await operation(name, config)(...args)
  const request = backend.received.at(-1)
  assert.ok(request)
  return { answer, ...request }
}

function operation(name: string, config: object = {}): Call {
  const call = factory.newClient({ invokeUrl, retry: quick, ...config })[name]
  assert.ok(call, `the client has ${name}`)
  return call
}

describe('a generated client is there', () => {
  const ways: readonly (readonly [string, () => Promise<Factory>])[] = [
    ['by require', async () => factory],
    ['by import', async () => (await import(join(javascript.path, 'apigClient.mjs'))).apigClientFactory],
    ['by script', async () => runScript()],
    [
      'by import of the TypeScript SDK',
      async () => (await import(join(typescript.path, 'index.js'))).apigClientFactory,
    ],
  ]
  for (const [name, load] of ways) {
    test(name, async () => {
      const client = (await load()).newClient({ invokeUrl })
      const answer = await client['petsPetIdGet']?.({ petId: 'a/b' }, {}, {})
      assert.equal(answer?.status, 200)
      assert.equal(answer?.statusText, 'OK')
      assert.equal(JSON.stringify(answer?.data), '{"id":7}')
      assert.equal(answer?.headers['x-served'], 'yes')
      assert.equal(backend.received.at(-1)?.target, '/dev/pets/a%2Fb')
    })
  }

  /** As a page does, where there is no `module`. */
  function runScript(): Factory {
    const page: { apigClientFactory?: Factory } & Record<string, unknown> = {
      fetch,
      URL,
      TextEncoder,
      crypto,
      setTimeout,
    }
    runInNewContext(javascriptSdk(api)['apigClient.js'] ?? '', page)
    assert.ok(page.apigClientFactory)
    return page.apigClientFactory
  }

  test('with one method per operation, none for ANY', () => {
    assert.deepEqual(Object.keys(factory.newClient()).toSorted(), [
      'createPet',
      'filesPathGet',
      'petsGet',
      'petsPetIdGet',
      'petsPetIdPut',
      'rootGet',
    ])
  })
})

test('no name of an API becomes code', async () => {
  await using folder = await folderOf(typescriptSdk(oddApi))
  const page: { apigClientFactory?: Factory } & Record<string, unknown> = {}
  runInNewContext(javascriptSdk(oddApi)['apigClient.js'] ?? '', page)
  for (const loaded of [page.apigClientFactory, (await import(join(folder.path, 'index.js'))).apigClientFactory]) {
    assert.deepEqual(Object.keys(loaded?.newClient() ?? {}).toSorted(), ['bodiesPost', 'delete', 'then_', 'x', 'x2'])
  }
  for (const text of [...Object.values(javascriptSdk(oddApi)), ...Object.values(typescriptSdk(oddApi))]) {
    assert.doesNotMatch(text, /^\s*evil|\u2028/m)
  }
})

test('the same API gives the same files', () => {
  assert.deepEqual(javascriptSdk(clientApiOf(petStore)), javascriptSdk(api))
  assert.deepEqual(typescriptSdk(clientApiOf(petStore)), typescriptSdk(api))
})

describe('a generated client sends', () => {
  test('the root', async () => {
    const { method, target } = await send('rootGet', [])
    assert.equal(`${method} ${target}`, 'GET /dev/')
  })

  test('query parameters, lists as several values, absent ones not at all', async () => {
    const { target } = await send('petsGet', [
      { page: [2, 1], type: undefined, other: 'x' },
      {},
      { queryParams: { 'a b': '&=é' } },
    ])
    assert.equal(target, '/dev/pets?a%20b=%26%3D%C3%A9&page=1&page=2')
  })

  test('header parameters and additional headers, which win', async () => {
    const { headers } = await send('createPet', [
      { 'X-Trace': 'one' },
      {},
      { headers: { 'x-trace': 'two', Accept: 'text/x' } },
    ])
    assert.equal(headers['x-trace'], 'two')
    assert.equal(headers.accept, 'text/x')
  })

  test('the rest of a path with its slashes', async () => {
    const { target } = await send('filesPathGet', [{ path: 'a/b c/(d)' }])
    assert.equal(target, '/dev/files/a/b%20c/%28d%29')
  })

  test('the API key', async () => {
    const { headers } = await send('rootGet', [], { apiKey: 'secret key' })
    assert.equal(headers['x-api-key'], 'secret key')
    assert.equal(headers.authorization, undefined)
  })

  const bodies: readonly (readonly [string, unknown, string])[] = [
    ['an object', { kind: 'dog' }, '{"kind":"dog"}'],
    ['an empty object: no body', {}, ''],
    ['null: no body', null, ''],
    ['an empty list', [], '[]'],
    ['a number', 0, '0'],
    ['text', 'as it is', 'as it is'],
    ['bytes', new TextEncoder().encode('é'), 'é'],
    ['a buffer', new TextEncoder().encode('buffer').buffer, 'buffer'],
    ['a blob', new Blob(['blob']), 'blob'],
  ]
  for (const [name, given, sent] of bodies) {
    test(`a body that is ${name}`, async () => {
      const { body, headers } = await send('createPet', [null, given])
      assert.equal(body, sent)
      assert.equal(headers['content-type'], sent === '' ? undefined : 'application/json')
    })
  }

  test('a GET without the body that it was given', async () => {
    assert.equal((await send('rootGet', [{}, { a: 1 }])).body, '')
  })

  const refusals: readonly (readonly [string, string, object | undefined, RegExp])[] = [
    ['a path parameter', 'petsPetIdGet', undefined, /petId must be defined/],
    ['a query parameter', 'petsGet', { page: null }, /page must be defined/],
    ['a parameter that objects inherit', 'petsPetIdGet', Object.create({ petId: 1 }), /petId must be defined/],
  ]
  for (const [name, method, params, message] of refusals) {
    test(`nothing without ${name} that is required`, () => assert.rejects(operation(method)(params), message))
  }
  for (const petId of ['.', '..']) {
    test(`nothing for the path parameter ${petId}, which would name another resource`, () =>
      assert.rejects(operation('petsPetIdGet')({ petId }), /petId must not be/))
  }
})

describe('a generated client signs', () => {
  const keys = { accessKey: 'AKIDEXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
  const calls: readonly (readonly [string, string, Parameters<Call>, object])[] = [
    ['the root', 'rootGet', [], {}],
    ['a path and query to be escaped', 'petsGet', [{ page: ['b', 'a*'] }, {}, { queryParams: { 'ä b': "'!" } }], {}],
    ['a greedy path', 'filesPathGet', [{ path: 'a b/ü+(x)' }], {}],
    ['a body', 'createPet', [{}, { kind: 'cät' }], {}],
    ['a session, and a region', 'rootGet', [], { sessionToken: 'tok/en+==', region: 'us-west-2' }],
  ]
  for (const [name, method, args, config] of calls) {
    test(name, async () => {
      const request = await send(method, args, { ...keys, ...config })
      const authorization = request.headers.authorization ?? ''
      const [, region, names = ''] =
        /\d{8}\/([^/]+)\/execute-api\/aws4_request, SignedHeaders=([^,]+),/.exec(authorization) ?? []
      assert.equal(region, 'region' in config ? config.region : 'eu-west-1')
      const url = new URL(request.target, backend.url)
      const query: Record<string, string[]> = {}
      for (const [key, value] of url.searchParams) query[key] = [...(query[key] ?? []), value]
      const time = String(request.headers['x-amz-date'])
      const signer = new SignatureV4({
        service: 'execute-api',
        region: region ?? '',
        credentials: {
          accessKeyId: keys.accessKey,
          secretAccessKey: keys.secretKey,
          ...('sessionToken' in config && { sessionToken: String(config.sessionToken) }),
        },
        sha256: Sha256,
        applyChecksum: false,
      })
      const signed = await signer.sign(
        {
          method: request.method,
          protocol: 'http:',
          hostname: url.hostname,
          path: url.pathname,
          query,
          headers: Object.fromEntries(names.split(';').map((header) => [header, String(request.headers[header])])),
          body: request.body,
        },
        { signingDate: new Date(time.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5')) },
      )
      assert.equal(authorization, signed.headers['authorization'])
    })
  }
})

describe('a generated client retries', () => {
  /** The number of requests that one call comes to. */
  async function attempts(call: () => Promise<unknown>): Promise<number> {
    const before = backend.received.length
    await call().catch(() => undefined)
    return backend.received.length - before
  }

  const outcomes: readonly (readonly [string, string, readonly number[], number])[] = [
    ['a throttled call until it succeeds', 'rootGet', [429, 429], 3],
    ['a throttled POST', 'createPet', [429], 2],
    ['a throttled call four times at most', 'rootGet', [429, 429, 429, 429, 429], 4],
    ['a GET after a failure of the backend', 'rootGet', [500, 502, 503], 4],
    ['no POST after a failure, which it may have followed', 'createPet', [500], 1],
    ['no call that was refused', 'rootGet', [400], 1],
    ['no call that is not allowed', 'rootGet', [403], 1],
    ['no call to what is not implemented', 'rootGet', [501], 1],
  ]
  for (const [name, method, statuses, expected] of outcomes) {
    test(name, async () => {
      backend.statuses.push(...statuses)
      assert.equal(await attempts(() => operation(method)({}, { kind: 'dog' })), expected)
    })
  }

  test('never, when it is told so', async () => {
    backend.statuses.push(429)
    assert.equal(await attempts(() => operation('rootGet', { retry: { maxAttempts: 1 } })()), 1)
  })

  test('a GET that got lost, and no POST', async () => {
    const fetch = mock.fn(async () => {
      throw new TypeError('fetch failed')
    })
    await assert.rejects(operation('rootGet', { fetch })(), /fetch failed/)
    assert.equal(fetch.mock.callCount(), quick.maxAttempts)
    await assert.rejects(operation('createPet', { fetch })(), /fetch failed/)
    assert.equal(fetch.mock.callCount(), quick.maxAttempts + 1)
  })

  test('after random waits below a limit that doubles, to the longest', async (context) => {
    const waits: number[] = []
    context.mock.method(Math, 'random', () => 0.5)
    context.mock.method(globalThis, 'setTimeout', (resolve: () => void, ms: number) => {
      waits.push(ms)
      resolve()
    })
    const throttled = { status: 429, statusText: '', headers: new Headers(), text: async () => '' }
    const config = { fetch: async () => throttled, retry: { maxAttempts: 6, maxDelayMs: 1000 } }
    await assert.rejects(operation('rootGet', config)())
    assert.deepEqual(waits, [50, 100, 200, 400, 500])
  })

  test('and rejects with the last answer', async () => {
    backend.statuses.push(400)
    await assert.rejects(operation('rootGet')(), (error: Error & Answer & { response: Answer }) => {
      assert.equal(error.name, 'ApiError')
      assert.equal(error.message, 'Request failed with status code 400')
      assert.equal(error.status, 400)
      assert.deepEqual(error.data, { id: 7 })
      assert.deepEqual(error.response.data, { id: 7 })
      return true
    })
  })
})
