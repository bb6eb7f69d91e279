import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { allocateCacheMemory, openCacheMemory } from '../../response-cache/cache-memory.ts'
import { flightsOf } from '../../response-cache/flights.ts'
import type { ResponseCache } from '../../response-cache/response-cache.ts'
import { sharedMemoryCache, sharedMemoryFlush } from '../../response-cache/shared-memory-cache.ts'
import type { DeployedCache, MethodCaching, RestIntegration } from '../../snapshot/rest-api.ts'
import { GatewayError } from '../error.ts'
import { deployed, type InvocationValues, invocation } from '../fixtures.ts'
import type { Invocation } from '../invocation.ts'
import type { Reply } from '../reply.ts'
import { cacheResponses } from './cache-responses.ts'

const caching: MethodCaching = {
  ttlSeconds: 300,
  requireAuthorization: true,
  unauthorized: 'SUCCEED_WITH_RESPONSE_HEADER',
}
const everyGet: DeployedCache = { maxBytes: 1_048_576, methods: { '*/*': caching } }
const open: DeployedCache = { ...everyGet, methods: { '*/*': { ...caching, requireAuthorization: false } } }

interface Cached {
  readonly cache?: DeployedCache
  readonly stageName?: string
  readonly path?: string
  readonly httpMethod?: string
  readonly resourceId?: string
  readonly integration?: Partial<RestIntegration>
}

/** A machine whose methods answer by counting their calls. */
function machine({ fetch }: Pick<ResponseCache, 'fetch'> = {}) {
  let nowMs = 1_000_000
  const memory = openCacheMemory(allocateCacheMemory(1_048_576))
  const own = sharedMemoryCache(memory, 0, () => nowMs)
  const outside = {
    responses: fetch ? { ...own, fetch } : own,
    flights: flightsOf(memory, 0),
    maxIntegrationTimeoutMs: 29_000,
  }
  let calls = 0
  const counted = (): Reply => ({ status: 200, headers: ['X-Call', String(++calls)], body: `call ${calls}` })

  function methodOf(
    { cache = everyGet, stageName = 'dev', integration = {}, resourceId = 'res456', ...options }: Cached = {},
    backend: (call: Invocation) => Reply | Promise<Reply> = counted,
  ) {
    const place = deployed(integration, options)
    const method = { ...place, resourceId, stage: { ...place.stage, stageName, cache } }
    const handler = cacheResponses(outside, undefined)(method, backend)
    return async (values: InvocationValues & { caller?: Invocation['caller'] } = {}) => {
      const { caller, ...rest } = values
      const reply = await handler({ ...invocation(rest), ...(caller && { caller }) })
      return { ...reply, text: typeof reply.body === 'string' ? reply.body : String(reply.body) }
    }
  }
  return {
    methodOf,
    flush: sharedMemoryFlush(memory).flush,
    calls: () => calls,
    wait: (seconds: number) => {
      nowMs += seconds * 1_000
    },
  }
}

describe('Responses are cached', () => {
  test('until their time to live ends', async () => {
    const { methodOf, wait } = machine()
    const call = methodOf()
    assert.equal((await call()).text, 'call 1')
    wait(299.9)
    const { status, headers, text } = await call()
    assert.deepEqual([status, headers, text], [200, ['X-Call', '1'], 'call 1'])
    wait(0.1)
    assert.equal((await call()).text, 'call 2')
  })

  test('until they are flushed', async () => {
    const { methodOf, flush } = machine()
    const call = methodOf()
    await call()
    await flush('123456789012/us-east-1/abc123/dev')
    assert.equal((await call()).text, 'call 2')
    assert.equal((await call()).text, 'call 2')
  })

  for (const status of [404, 429, 500]) {
    test(`also where a backend answers ${status}`, async () => {
      const { methodOf } = machine()
      let asked = 0
      const call = methodOf({}, () => ({ status, headers: [], body: String(++asked) }))
      await call()
      const again = await call()
      assert.deepEqual([again.status, again.text], [status, '1'])
    })
  }

  test('but not where the gateway itself refuses', async () => {
    const { methodOf } = machine()
    let asked = 0
    const call = methodOf({}, () => {
      asked++
      throw new GatewayError('INTEGRATION_TIMEOUT', 'Endpoint request timed out')
    })
    await assert.rejects(call(), { type: 'INTEGRATION_TIMEOUT' })
    await assert.rejects(call(), { type: 'INTEGRATION_TIMEOUT' })
    assert.equal(asked, 2)
  })

  for (const [name, cached, verb, isCached] of [
    ['GET', {}, 'GET', true],
    ['POST', { httpMethod: 'POST' }, 'POST', false],
    ['the GET of ANY', { httpMethod: 'ANY' }, 'GET', true],
    ['the POST of ANY', { httpMethod: 'ANY' }, 'POST', false],
    [
      'POST with a setting of its own',
      { httpMethod: 'POST', cache: { ...everyGet, methods: { 'pets/{petId}/POST': caching } } },
      'POST',
      true,
    ],
    [
      'GET without caching',
      { cache: { ...everyGet, methods: { '*/*': caching, 'pets/{petId}/GET': null } } },
      'GET',
      false,
    ],
    ['a GET of a stage that caches nothing', { cache: { ...everyGet, methods: { '*/*': null } } }, 'GET', false],
    [
      'GET with a setting, where the stage has none',
      { cache: { ...everyGet, methods: { '*/*': null, 'pets/{petId}/GET': caching } } },
      'GET',
      true,
    ],
    ['a stream', { integration: { type: 'HTTP_PROXY', responseTransferMode: 'STREAM' } }, 'GET', false],
  ] satisfies [string, Cached, string, boolean][]) {
    test(`${isCached ? 'for' : 'not for'} ${name}`, async () => {
      const { methodOf } = machine()
      const call = methodOf(cached)
      await call({ method: verb })
      assert.equal((await call({ method: verb })).text, isCached ? 'call 1' : 'call 2')
    })
  }

  test('at no cost where nothing is', () => {
    const { responses, flights } = { responses: assert.fail, flights: assert.fail } as never
    const next = () => assert.fail('not called')
    const step = cacheResponses({ responses, flights, maxIntegrationTimeoutMs: 1 }, undefined)
    assert.equal(step(deployed({}), next), next)
  })
})

describe('The key of a cached response', () => {
  const keyed = (...cacheKeyParameters: string[]): Cached => ({ integration: { cacheKeyParameters } })
  const sameOrNot: [string, Cached, InvocationValues, InvocationValues, boolean][] = [
    ['no path', {}, { pathValues: ['1'], path: '/pets/1' }, { pathValues: ['2'], path: '/pets/2' }, true],
    ['no query', {}, { query: 'a=1' }, { query: 'a=2' }, true],
    ['no header', {}, { headers: ['Authorization', 'a'] }, { headers: ['Authorization', 'b'] }, true],
    ['a path value', keyed('method.request.path.petId'), { pathValues: ['1'] }, { pathValues: ['2'] }, false],
    ['a query value', keyed('method.request.querystring.q'), { query: 'q=1' }, { query: 'q=2' }, false],
    ['no other query value', keyed('method.request.querystring.q'), { query: 'q=1&r=1' }, { query: 'r=2&q=1' }, true],
    ['whether there is a value', keyed('method.request.querystring.q'), {}, { query: 'q=1' }, false],
    ['a header', keyed('method.request.header.X'), { headers: ['X', '1'] }, { headers: ['X', '2'] }, false],
    [
      'which parameter has which value',
      keyed('method.request.querystring.a', 'method.request.querystring.b'),
      { query: 'a=1&b=' },
      { query: 'b=1&a=' },
      false,
    ],
    [
      'where one value ends and another begins',
      keyed('method.request.querystring.a', 'method.request.querystring.b'),
      { query: 'a=1&b=1%201,1:1' },
      { query: 'a=1%201,1:1&b=1' },
      false,
    ],
    [
      'what a parameter of the integration is mapped from',
      {
        integration: {
          requestParameters: { 'integration.request.header.Y': 'method.request.querystring.q' },
          cacheKeyParameters: ['integration.request.header.Y'],
        },
      },
      { query: 'q=1' },
      { query: 'q=2' },
      false,
    ],
    [
      'what passes through to the integration',
      keyed('integration.request.header.X'),
      { headers: ['X', '1'] },
      { headers: ['X', '2'] },
      false,
    ],
  ]
  for (const [name, cached, first, second, isSame] of sameOrNot) {
    test(`holds ${name}`, async () => {
      const { methodOf } = machine()
      const call = methodOf(cached)
      await call(first)
      assert.equal((await call(second)).text, isSame ? 'call 1' : 'call 2')
      assert.equal((await call(first)).text, 'call 1')
    })
  }

  const places: [string, Cached, Cached, boolean][] = [
    ['another stage', {}, { stageName: 'prod' }, false],
    ['another resource', {}, { resourceId: 'other' }, false],
    [
      'another verb',
      { httpMethod: 'ANY' },
      { httpMethod: 'HEAD', cache: { ...everyGet, methods: { 'pets/{petId}/HEAD': caching } } },
      false,
    ],
    ['a canary of its own', {}, { cache: { ...everyGet, ofCanary: true } }, false],
    ['a canary that uses its stage’s', {}, { cache: everyGet }, true],
    [
      'another resource of the same namespace',
      { integration: { cacheNamespace: 'pets' } },
      { resourceId: 'other', integration: { cacheNamespace: 'pets' } },
      true,
    ],
  ]
  for (const [name, first, second, isSame] of places) {
    test(`${isSame ? 'is the same' : 'differs'} for ${name}`, async () => {
      const { methodOf } = machine()
      await methodOf(first)()
      const verb = second.httpMethod ?? 'GET'
      assert.equal((await methodOf(second)({ method: verb })).text, isSame ? 'call 1' : 'call 2')
    })
  }

  for (const name of ['method.request.body', 'method.request.cookie.a', 'a']) {
    test(`cannot hold ${name}`, () => {
      const { methodOf } = machine()
      return assert.rejects(methodOf(keyed(name))(), { type: 'API_CONFIGURATION_ERROR', status: 500 })
    })
  }
})

describe('Cache-Control: max-age=0', () => {
  const wish = { headers: ['Cache-Control', 'max-age=0'] }
  const warning = ['Warning', '199 Cache-control headers were ignored because the caller was unauthorized.']

  test('has the backend asked, whose answer is cached in place of the other', async () => {
    const { methodOf } = machine()
    const call = methodOf({ cache: open })
    await call()
    assert.equal((await call(wish)).text, 'call 2')
    assert.equal((await call()).text, 'call 2')
  })

  test('concerns its own key alone', async () => {
    const { methodOf } = machine()
    const call = methodOf({ cache: open, integration: { cacheKeyParameters: ['method.request.querystring.q'] } })
    await call({ query: 'q=1' })
    await call({ query: 'q=2' })
    await call({ ...wish, query: 'q=2' })
    assert.equal((await call({ query: 'q=1' })).text, 'call 1')
    assert.equal((await call({ query: 'q=2' })).text, 'call 3')
  })

  for (const [value, isWish] of [
    ['max-age=0', true],
    ['Max-Age=0', true],
    ['no-transform, max-age=0', true],
    ['max-age=00,must-revalidate', true],
    ['max-age=1', false],
    ['max-age=05', false],
    ['s-max-age=0', false],
    ['no-cache', false],
    ['no-store', false],
    ['', false],
  ] as const) {
    test(`is ${isWish ? '' : 'not '}what ${value || 'nothing'} says`, async () => {
      const { methodOf } = machine()
      const call = methodOf({ cache: open })
      await call()
      assert.equal((await call({ headers: ['cache-control', value] })).text, isWish ? 'call 2' : 'call 1')
    })
  }

  const refusing = (unauthorized: MethodCaching['unauthorized']): Cached => ({
    cache: { ...everyGet, methods: { '*/*': { ...caching, unauthorized } } },
  })

  test('is ignored with a warning by default, also where nothing is cached yet', async () => {
    const { methodOf } = machine()
    const call = methodOf()
    for (let i = 0; i < 2; i++) {
      const { text, headers } = await call(wish)
      assert.deepEqual([text, headers], ['call 1', ['X-Call', '1', ...warning]])
    }
    assert.deepEqual((await call()).headers, ['X-Call', '1'])
  })

  test('is ignored without a word', async () => {
    const { methodOf } = machine()
    const call = methodOf(refusing('SUCCEED_WITHOUT_RESPONSE_HEADER'))
    await call()
    const { text, headers } = await call(wish)
    assert.deepEqual([text, headers], ['call 1', ['X-Call', '1']])
  })

  test('is refused', async () => {
    const { methodOf, calls } = machine()
    const call = methodOf(refusing('FAIL_WITH_403'))
    await assert.rejects(call(wish), { type: 'ACCESS_DENIED', status: 403, message: 'Unauthorized' })
    assert.equal(calls(), 0)
  })
})

describe('Of many equal calls', () => {
  /** A backend that answers when it is told to. */
  function slow() {
    const answers: PromiseWithResolvers<Reply>[] = []
    return {
      answers,
      backend: () => {
        const answer = Promise.withResolvers<Reply>()
        answers.push(answer)
        return answer.promise
      },
    }
  }
  const turn = () => new Promise(setImmediate)
  const reply = (body: string): Reply => ({ status: 200, headers: [], body })

  test('one asks the backend', async () => {
    const { methodOf } = machine()
    const { answers, backend } = slow()
    const call = methodOf({}, backend)
    const all = Array.from({ length: 100 }, () => call())
    await turn()
    assert.equal(answers.length, 1)
    answers[0]?.resolve(reply('one'))
    assert.deepEqual(new Set((await Promise.all(all)).map(({ text }) => text)), new Set(['one']))
    assert.equal(answers.length, 1)
  })

  test('the others ask for themselves where it fails', async () => {
    const { methodOf } = machine()
    const { answers, backend } = slow()
    const call = methodOf({}, backend)
    const all = Array.from({ length: 3 }, () => call())
    await turn()
    answers[0]?.reject(new GatewayError('INTEGRATION_FAILURE', 'failed'))
    await assert.rejects(all[0] ?? assert.fail(), { type: 'INTEGRATION_FAILURE' })
    await turn()
    assert.equal(answers.length, 3)
    for (const answer of answers) answer.resolve(reply('two'))
    assert.deepEqual(
      (await Promise.all(all.slice(1))).map(({ text }) => text),
      ['two', 'two'],
    )
  })

  test('the others wait no longer than a backend may take', async () => {
    const { methodOf } = machine()
    const { answers, backend } = slow()
    const call = methodOf({ integration: { timeoutInMillis: 50 } }, backend)
    void call()
    const second = call()
    await turn()
    assert.equal(answers.length, 1)
    while (answers.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
    answers[1]?.resolve(reply('two'))
    assert.equal((await second).text, 'two')
  })

  test('what one brings is not cached where a later one wanted the backend asked', async () => {
    const { methodOf } = machine()
    const { answers, backend } = slow()
    const call = methodOf({ cache: open }, backend)
    const first = call()
    await turn()
    const second = call({ headers: ['Cache-Control', 'max-age=0'] })
    answers[1]?.resolve(reply('new'))
    assert.equal((await second).text, 'new')
    answers[0]?.resolve(reply('old'))
    assert.equal((await first).text, 'old')
    assert.equal((await call()).text, 'new')
  })

  test('what was asked for before a flush is not cached after it', async () => {
    const { methodOf, flush } = machine()
    const { answers, backend } = slow()
    const call = methodOf({}, backend)
    const first = call()
    await turn()
    await flush('123456789012/us-east-1/abc123/dev')
    answers[0]?.resolve(reply('old'))
    assert.equal((await first).text, 'old')
    const second = call()
    await turn()
    answers[1]?.resolve(reply('new'))
    assert.equal((await second).text, 'new')
  })

  test('one asks the other machines', async () => {
    let asked = 0
    const known = { status: 200, headers: [], body: Buffer.from('from afar') }
    const { methodOf, calls } = machine({
      fetch: async () => {
        asked++
        return known
      },
    })
    const call = methodOf()
    assert.equal((await call()).text, 'from afar')
    assert.deepEqual([asked, calls()], [1, 0])
  })
})

describe('A body that arrives in pieces', () => {
  /** Answers with chunks, or breaks off after them. */
  const backendOf = (headers: string[], chunks: readonly string[], failure?: Error) => {
    let asked = 0
    return {
      asked: () => asked,
      backend: (): Reply => {
        asked++
        return {
          status: 200,
          headers,
          body: {
            pour(sink) {
              for (const chunk of chunks) sink.write(Buffer.from(chunk))
              if (failure) sink.fail(failure)
              else sink.end()
            },
            resume() {},
          },
        }
      },
    }
  }
  async function bodyOf(reply: Reply): Promise<string> {
    const { body } = reply
    if (typeof body === 'string' || Buffer.isBuffer(body) || !('pour' in body)) return String(body)
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      body.pour({
        write: (chunk) => chunks.push(chunk) > 0,
        end: (chunk) => resolve(Buffer.concat(chunk ? [...chunks, chunk] : chunks).toString()),
        fail: reject,
      })
    })
  }

  for (const headers of [[], ['Content-Length', '6']]) {
    test(`is cached whole ${headers.length > 0 ? 'with' : 'without'} a declared length`, async () => {
      const { methodOf } = machine()
      const { backend, asked } = backendOf(headers, ['one', 'two'])
      const call = methodOf({}, backend)
      for (let i = 0; i < 3; i++) {
        const reply = await call()
        assert.equal(await bodyOf(reply), 'onetwo')
        assert.deepEqual(reply.headers, headers)
      }
      assert.equal(asked(), 1)
    })
  }

  for (const [name, headers, chunks] of [
    ['that is too large', [], ['x'.repeat(60_000), 'y'.repeat(60_000)]],
    ['that is declared too large', ['Content-Length', '120000'], ['x'.repeat(120_000)]],
  ] as const) {
    test(`${name} passes through`, async () => {
      const { methodOf } = machine()
      const { backend, asked } = backendOf([...headers], chunks)
      const call = methodOf({}, backend)
      for (let i = 0; i < 2; i++) assert.equal((await bodyOf(await call())).length, 120_000)
      assert.equal(asked(), 2)
    })
  }

  test('that breaks off is not cached, and breaks off', async () => {
    const { methodOf } = machine()
    const { backend, asked } = backendOf([], ['one'], new Error('gone'))
    const call = methodOf({}, backend)
    for (let i = 0; i < 2; i++) await assert.rejects(bodyOf(await call()), { message: 'gone' })
    assert.equal(asked(), 2)
  })
})
