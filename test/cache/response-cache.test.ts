import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { after, before, describe, test } from 'node:test'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { clientsOf, createApi, createResource, deploy } from '../api.ts'
import { type Backend, startBackend } from '../backend.ts'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connect, replace } from '../management/client.ts'

describe('a stage with a cache', () => {
  let gatehouse: Gatehouse
  let backend: Backend
  let api: APIGateway
  let asked = 0
  /** What the backend does with a request; counts it first. */
  let answer: (request: IncomingMessage, response: ServerResponse) => void

  before(async () => {
    gatehouse = await startGatehouse({ args: ['--max-cache-megabytes', '64'] })
    backend = await startBackend((request, response) => {
      asked++
      answer(request, response)
    })
    api = connect(gatehouse.url)
  })
  after(async () => {
    await gatehouse[Symbol.asyncDispose]()
    await backend[Symbol.asyncDispose]()
  })

  /** `GET /{item}` of a stage, which has a cache that is keyed by the item. */
  async function served(...settings: [path: string, value: string][]) {
    asked = 0
    answer = (request, response) => response.end(`${request.url} ${asked}`)
    const clients = clientsOf(gatehouse.url)
    const { restApiId } = await createApi(clients, 'cached')
    const resourceId = await createResource(clients, restApiId, '{item}')
    const method = { restApiId, resourceId, httpMethod: 'GET' }
    const parameter = 'method.request.path.item'
    await api.putMethod({ ...method, authorizationType: 'NONE', requestParameters: { [parameter]: true } })
    await api.putIntegration({
      ...method,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri: `${backend.url}/{item}`,
      requestParameters: { 'integration.request.path.item': parameter },
      cacheKeyParameters: [parameter],
    })
    await deploy(clients, restApiId)
    const stage = { restApiId, stageName: 'dev' }
    const update = (...patches: [path: string, value: string][]) =>
      api.updateStage({ ...stage, patchOperations: patches.map(([path, value]) => replace(path, value)) })
    await update(['/cacheClusterEnabled', 'true'], ['/cacheClusterSize', '0.5'], ...settings)
    /** Over a connection of its own: the calls reach all workers. */
    const call = async (item: string, headers: Record<string, string> = {}, stageName = 'dev') => {
      const url = `${gatehouse.url}/_aws/execute-api/${restApiId}/${stageName}/${item}`
      const response = await fetch(url, { headers: { Connection: 'close', ...headers } })
      return { status: response.status, headers: response.headers, text: await response.text() }
    }
    const texts = async (item: string, calls: number) =>
      new Set(await Promise.all(Array.from({ length: calls }, async () => (await call(item)).text)))
    return { stage, update, call, texts }
  }

  test('asks the backend once, whichever worker a call reaches', async () => {
    const { texts } = await served()
    assert.deepEqual(await texts('a', 1), new Set(['/a 1']))
    assert.deepEqual(await texts('a', 20), new Set(['/a 1']))
    assert.deepEqual(await texts('b', 5), new Set(['/b 2']))
    assert.equal(asked, 2)
  })

  test('asks the backend once for many equal calls at once', async () => {
    const { texts } = await served()
    const arrived = Promise.withResolvers<void>()
    answer = (_, response) => {
      arrived.resolve()
      setTimeout(() => response.end('slow'), 300)
    }
    const first = texts('a', 1)
    await arrived.promise
    assert.deepEqual(await texts('a', 40), new Set(['slow']))
    await first
    assert.equal(asked, 1)
  })

  test('forgets everywhere when it is flushed, before the client has its answer', async () => {
    const { stage, texts } = await served()
    for (let round = 1; round <= 5; round++) {
      assert.deepEqual(await texts('a', 10), new Set([`/a ${round}`]))
      await api.flushStageCache(stage)
    }
  })

  test('keeps what it has through a deployment, and loses it with another size or its end', async () => {
    const { stage, update, texts } = await served()
    await texts('a', 1)
    await api.createDeployment(stage)
    assert.deepEqual(await texts('a', 6), new Set(['/a 1']))
    await update(['/cacheClusterSize', '1.6'])
    assert.deepEqual(await texts('a', 6), new Set(['/a 2']))
    await update(['/cacheClusterEnabled', 'false'])
    assert.equal((await texts('a', 6)).size, 6)
    await update(['/cacheClusterEnabled', 'true'])
    assert.deepEqual(await texts('a', 6), new Set(['/a 9']))
  })

  test('shares nothing with another stage', async () => {
    const { stage, call } = await served()
    const { deploymentId = '' } = await api.getStage(stage)
    await api.createStage({ ...stage, stageName: 'prod', deploymentId, cacheClusterEnabled: true })
    assert.equal((await call('a')).text, '/a 1')
    assert.equal((await call('a', {}, 'prod')).text, '/a 2')
    assert.equal((await call('a', {}, 'prod')).text, '/a 2')
    assert.equal((await call('a')).text, '/a 1')
  })

  test('lets callers have the backend asked, for all workers, or tells them that they may not', async () => {
    const { update, call, texts } = await served()
    const wish = { 'Cache-Control': 'max-age=0' }
    await texts('a', 6)
    const ignored = await call('a', wish)
    assert.equal(ignored.text, '/a 1')
    assert.equal(
      ignored.headers.get('warning'),
      '199 Cache-control headers were ignored because the caller was unauthorized.',
    )
    await update(['/*/*/caching/enabled', 'true'], ['/*/*/caching/requireAuthorizationForCacheControl', 'false'])
    assert.equal((await call('a', wish)).text, '/a 2')
    assert.deepEqual(await texts('a', 10), new Set(['/a 2']))
    await update(
      ['/*/*/caching/requireAuthorizationForCacheControl', 'true'],
      ['/*/*/caching/unauthorizedCacheControlHeaderStrategy', 'FAIL_WITH_403'],
    )
    const refused = await call('a', wish)
    assert.deepEqual([refused.status, refused.text], [403, '{"Message":"Unauthorized"}'])
    assert.equal(asked, 2)
  })

  test('is not asked by a test invocation', async () => {
    const { stage, texts } = await served()
    await texts('a', 2)
    const { items = [] } = await api.getResources({ restApiId: stage.restApiId })
    const resourceId = items.find(({ path }) => path === '/{item}')?.id
    const { body } = await api.testInvokeMethod({
      restApiId: stage.restApiId,
      resourceId,
      httpMethod: 'GET',
      pathWithQueryString: '/a',
    })
    assert.equal(body, '/a 2')
  })

  test('answers large bodies as they were, and passes on what is too large', async () => {
    const { texts } = await served()
    for (const [item, bytes, isCached] of [
      ['large', 1_048_576, true],
      ['larger', 1_048_577, false],
    ] as const) {
      asked = 0
      answer = (_, response) => response.end(String(asked).repeat(bytes))
      for (let i = 0; i < 2; i++) {
        const [text = ''] = await texts(item, 1)
        assert.equal(text.length, bytes)
        assert.equal(text[0], isCached ? '1' : String(i + 1))
      }
    }
  })
})
