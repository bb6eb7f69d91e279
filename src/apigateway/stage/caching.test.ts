import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { DeployedCache } from '../../snapshot/rest-api.ts'
import { openFixture, type Patch } from '../fixture.ts'
import { readStageChange } from './stage-change.ts'

const fixture = await openFixture()
const { operations, caller, createApi, store, flushed } = fixture
after(fixture.close)

const scope = '123456789012/us-east-1'
const replace = (path: string, value: string): Patch => ({ op: 'replace', path, value })
const on = replace('/cacheClusterEnabled', 'true')
const gigabyte = 1_073_741_824
const byDefault = { ttlSeconds: 300, requireAuthorization: true, unauthorized: 'SUCCEED_WITH_RESPONSE_HEADER' }

async function staged() {
  const api = await createApi()
  await api.integrate(await api.createMethod())
  await api.deploy('dev')
  const ids = { restApiId: api.restApiId, stageName: 'dev' }
  const update = (...patchOperations: Patch[]) => operations.UpdateStage({ ...ids, patchOperations }, caller)
  const served = async () => {
    const change = await store.read((reader) => readStageChange(reader, scope, `${ids.restApiId}/dev`, fixture.cipher))
    return change.stage ?? assert.fail('the stage is gone')
  }
  return { api, ids, update, served, name: `${scope}/${ids.restApiId}/dev` }
}

describe('The cache of a stage', () => {
  test('is none by default', async () => {
    const { served } = await staged()
    assert.equal((await served()).cache, undefined)
  })

  test('is there at once, of the smallest size, and for every GET', async () => {
    const { update, served } = await staged()
    const { cacheClusterEnabled, cacheClusterSize, cacheClusterStatus, methodSettings } = await update(on)
    assert.deepEqual(
      [cacheClusterEnabled, cacheClusterSize, cacheClusterStatus, methodSettings],
      [true, '0.5', 'AVAILABLE', {}],
    )
    assert.deepEqual((await served()).cache, { maxBytes: gigabyte / 2, methods: { '*/*': byDefault } })
  })

  for (const [size, bytes] of [
    ['1.6', 1_717_986_918],
    ['6.1', 6_549_825_126],
    ['13.5', 14_495_514_624],
    ['28.4', 30_494_267_801],
    ['58.2', 62_491_774_156],
    ['118', 126_701_535_232],
    ['237', 254_476_812_288],
  ] as const) {
    test(`may have ${size} GB`, async () => {
      const { update, served } = await staged()
      await update(on, replace('/cacheClusterSize', size))
      assert.equal((await served()).cache?.maxBytes, bytes)
    })
  }

  const settings: [string, Patch[], DeployedCache['methods'] | object][] = [
    [
      'a time to live',
      [replace('/*/*/caching/enabled', 'true'), replace('/*/*/caching/ttlInSeconds', '3600')],
      { '*/*': { ...byDefault, ttlSeconds: 3_600 } },
    ],
    ['none at all', [replace('/*/*/caching/enabled', 'false')], { '*/*': null }],
    [
      'none where its time to live is 0',
      [replace('/pets/GET/caching/enabled', 'true'), replace('/pets/GET/caching/ttlInSeconds', '0')],
      { '*/*': byDefault, 'pets/GET': null },
    ],
    [
      'one for another verb',
      [replace('/pets/POST/caching/enabled', 'true')],
      { '*/*': byDefault, 'pets/POST': byDefault },
    ],
    [
      'a rule for who wants the backend asked',
      [
        replace('/~1/GET/caching/enabled', 'true'),
        replace('/~1/GET/caching/requireAuthorizationForCacheControl', 'false'),
        replace('/~1/GET/caching/unauthorizedCacheControlHeaderStrategy', 'FAIL_WITH_403'),
      ],
      {
        '*/*': byDefault,
        '/GET': { ttlSeconds: 300, requireAuthorization: false, unauthorized: 'FAIL_WITH_403' },
      },
    ],
    ['encryption', [replace('/*/*/caching/enabled', 'true'), replace('/*/*/caching/dataEncrypted', 'true')], {}],
  ]
  for (const [name, patches, methods] of settings) {
    test(`may have ${name}`, async () => {
      const { update, served } = await staged()
      await update(on, ...patches)
      assert.deepEqual((await served()).cache?.methods, { '*/*': byDefault, ...methods })
    })
  }

  for (const [path, value] of [
    ['/cacheClusterSize', '2'],
    ['/*/*/caching/ttlInSeconds', '-1'],
    ['/*/*/caching/ttlInSeconds', '3601'],
    ['/*/*/caching/ttlInSeconds', '1.5'],
    ['/*/*/caching/ttlInSeconds', 'long'],
    ['/*/*/caching/unauthorizedCacheControlHeaderStrategy', 'FAIL'],
  ] as const) {
    test(`is refused with ${path} ${value}`, async () => {
      const { update } = await staged()
      await assert.rejects(update(replace(path, value)), { code: 'BadRequestException' })
    })
  }

  test('is its canary’s only where that is told to use it', async () => {
    const { update, served } = await staged()
    await update(on, replace('/canarySettings/percentTraffic', '10'))
    const [own, canary] = [(await served()).cache, (await served()).canary?.stage.cache]
    assert.deepEqual(canary, { ...own, ofCanary: true })
    await update(replace('/canarySettings/useStageCache', 'true'))
    assert.deepEqual((await served()).canary?.stage.cache, own)
  })

  test('comes with a deployment', async () => {
    const { api, ids, served } = await staged()
    await operations.CreateDeployment({ ...ids, cacheClusterEnabled: true, cacheClusterSize: '6.1' }, caller)
    assert.equal((await served()).cache?.maxBytes, 6_549_825_126)
    const { id: deploymentId = '' } = await operations.CreateDeployment({ restApiId: api.restApiId }, caller)
    const created = await operations.CreateStage(
      { restApiId: api.restApiId, stageName: 'prod', deploymentId, cacheClusterEnabled: true },
      caller,
    )
    assert.equal(created.cacheClusterSize, '0.5')
  })
})

test('A stage without a cache has nothing to forget at its end', async () => {
  const { ids } = await staged()
  const before = flushed.length
  await operations.DeleteStage(ids, caller)
  assert.equal(flushed.length, before)
})

describe('What a stage has cached', () => {
  type Staged = Awaited<ReturnType<typeof staged>>
  const events: [string, (stage: Staged) => Promise<unknown>, boolean][] = [
    ['another size', ({ update }) => update(replace('/cacheClusterSize', '1.6')), true],
    [
      'another size, by a deployment',
      ({ ids }) => operations.CreateDeployment({ ...ids, cacheClusterSize: '1.6' }, caller),
      true,
    ],
    ['the end of the cache', ({ update }) => update(replace('/cacheClusterEnabled', 'false')), true],
    ['the end of the stage', ({ ids }) => operations.DeleteStage(ids, caller), true],
    ['a flush', ({ ids }) => operations.FlushStageCache(ids, caller), true],
    ['a flush of the authorizers', ({ ids }) => operations.FlushStageAuthorizersCache(ids, caller), false],
    ['another deployment', ({ ids }) => operations.CreateDeployment(ids, caller), false],
    ['the same size', ({ update }) => update(replace('/cacheClusterSize', '0.5')), false],
    ['another setting', ({ update }) => update(replace('/*/*/caching/ttlInSeconds', '60')), false],
  ]
  for (const [name, happen, isForgotten] of events) {
    test(`is ${isForgotten ? 'forgotten' : 'kept'} with ${name}`, async () => {
      const stage = await staged()
      await stage.update(on)
      const before = flushed.length
      await happen(stage)
      assert.deepEqual(flushed.slice(before), isForgotten ? [stage.name] : [])
    })
  }
})
