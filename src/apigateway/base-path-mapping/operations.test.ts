import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const unknownMapping = { code: 'NotFoundException', message: 'Invalid base path mapping identifier specified' }
const unknownDomain = { code: 'NotFoundException', message: 'Invalid domain name identifier specified' }
const bad = (message: string) => ({ code: 'BadRequestException', message })
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/c-1'
let drawn = 0

async function newDomain(type: 'EDGE' | 'PRIVATE' = 'EDGE') {
  const { domainName = '', domainNameId } = await operations.CreateDomainName(
    { domainName: `api${drawn++}.example.com`, certificateArn, endpointConfiguration: { types: [type] } },
    caller,
  )
  return { domainName, ...(domainNameId !== undefined && { domainNameId }) }
}

async function newApi() {
  const api = await createApi()
  await api.integrate(await api.createMethod())
  await api.deploy('dev')
  return api.restApiId
}

describe('Base path mappings', () => {
  test('are created, read, listed by path, and deleted', async () => {
    const domain = await newDomain()
    const restApiId = await newApi()
    const root = { basePath: '(none)', restApiId, stage: 'dev' }
    const pets = { basePath: 'pets', restApiId }
    assert.deepEqual(await operations.CreateBasePathMapping({ ...domain, restApiId, stage: 'dev' }, caller), root)
    assert.deepEqual(await operations.CreateBasePathMapping({ ...domain, ...pets }, caller), pets)
    assert.deepEqual(await operations.GetBasePathMapping({ ...domain, basePath: '(none)' }, caller), root)
    assert.deepEqual((await operations.GetBasePathMappings(domain, caller)).items, [root, pets])
    const first = await operations.GetBasePathMappings({ ...domain, limit: 1 }, caller)
    const second = await operations.GetBasePathMappings({ ...domain, position: first.position ?? '' }, caller)
    assert.deepEqual([first.items, second.items], [[root], [pets]])
    await operations.DeleteBasePathMapping({ ...domain, basePath: '(none)' }, caller)
    await assert.rejects(operations.GetBasePathMapping({ ...domain, basePath: '(none)' }, caller), unknownMapping)
    await assert.rejects(operations.DeleteBasePathMapping({ ...domain, basePath: '(none)' }, caller), unknownMapping)
  })

  test('keep their API from being deleted', async () => {
    const one = await newDomain()
    const two = await newDomain()
    const restApiId = await newApi()
    for (const domain of [one, two]) await operations.CreateBasePathMapping({ ...domain, restApiId }, caller)
    await operations.CreateBasePathMapping({ ...one, restApiId, basePath: 'a' }, caller)
    await assert.rejects(
      operations.DeleteRestApi({ restApiId }, caller),
      bad(
        `Deleting RestApi ${restApiId} failed. Please remove all base path mappings related to the RestApi in your domains: ${one.domainName}, ${two.domainName}.`,
      ),
    )
    for (const domain of [one, two]) await operations.DeleteDomainName(domain, caller)
    await operations.DeleteRestApi({ restApiId }, caller)
  })

  test('of a private domain name lead to private APIs only', async () => {
    const domain = await newDomain('PRIVATE')
    const restApiId = await newApi()
    await assert.rejects(operations.CreateBasePathMapping({ ...domain, restApiId }, caller), {
      code: 'BadRequestException',
    })
    const endpointConfiguration = { types: ['PRIVATE' as const] }
    const { id = '' } = await operations.CreateRestApi({ name: 'p', endpointConfiguration }, caller)
    await operations.CreateBasePathMapping({ ...domain, restApiId: id }, caller)
    await assert.rejects(operations.CreateBasePathMapping({ ...(await newDomain()), restApiId: id }, caller), {
      code: 'BadRequestException',
    })
    await assert.rejects(operations.GetBasePathMappings({ domainName: domain.domainName }, caller), unknownDomain)
  })

  const severalSegments =
    "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2."
  for (const [name, settings, error] of [
    ['several segments', { basePath: 'a/b' }, bad(severalSegments)],
    ['other characters', { basePath: 'a b' }, { code: 'BadRequestException' }],
    [
      'a path that is taken',
      { basePath: 'taken' },
      { code: 'ConflictException', message: 'Base path already exists for this domain name' },
    ],
    ['an unknown API', { restApiId: 'x' }, bad('Invalid REST API identifier specified')],
    ['an unknown stage', { stage: 'x' }, bad('Invalid stage identifier specified')],
    ['an unknown domain name', { domainName: 'x.test' }, unknownDomain],
  ] as const) {
    test(`are refused for ${name}`, async () => {
      const domain = await newDomain()
      const restApiId = await newApi()
      await operations.CreateBasePathMapping({ ...domain, restApiId, basePath: 'taken' }, caller)
      await assert.rejects(operations.CreateBasePathMapping({ ...domain, restApiId, ...settings }, caller), error)
    })
  }
})

describe('UpdateBasePathMapping', () => {
  const replace = (path: string, value?: string): Patch => ({
    op: 'replace',
    path,
    ...(value !== undefined && { value }),
  })

  async function mapped() {
    const domain = await newDomain()
    const restApiId = await newApi()
    await operations.CreateBasePathMapping({ ...domain, restApiId, basePath: 'other' }, caller)
    await operations.CreateBasePathMapping({ ...domain, restApiId, basePath: 'a', stage: 'dev' }, caller)
    const update = (...patchOperations: Patch[]) =>
      operations.UpdateBasePathMapping({ ...domain, basePath: 'a', patchOperations }, caller)
    return { domain, restApiId, update }
  }

  test('moves a mapping to another path', async () => {
    const { domain, restApiId, update } = await mapped()
    const moved = { basePath: '(none)', restApiId, stage: 'dev' }
    assert.deepEqual(await update(replace('/basePath', '')), moved)
    assert.deepEqual(await operations.GetBasePathMapping({ ...domain, basePath: '(none)' }, caller), moved)
    await assert.rejects(operations.GetBasePathMapping({ ...domain, basePath: 'a' }, caller), unknownMapping)
  })

  test('leads to another API or stage', async () => {
    const { update } = await mapped()
    const other = await newApi()
    assert.deepEqual(await update(replace('/restapiId', other)), { basePath: 'a', restApiId: other, stage: 'dev' })
    assert.deepEqual(await update(replace('/stage', '(none)')), { basePath: 'a', restApiId: other })
    assert.deepEqual(await update(replace('/stage', 'dev')), { basePath: 'a', restApiId: other, stage: 'dev' })
  })

  for (const [patch, error] of [
    [
      replace('/basePath', 'other'),
      { code: 'ConflictException', message: 'Base path already exists for this domain name' },
    ],
    [replace('/basePath', 'a/b'), { code: 'BadRequestException' }],
    [replace('/restapiId', 'x'), bad('Invalid REST API identifier specified')],
    [replace('/stage', 'x'), bad('Invalid stage identifier specified')],
    [
      replace('/restApiId', 'x'),
      bad(
        "Invalid patch path  '/restApiId' specified for op 'replace'. Must be one of: [/basePath, /restapiId, /stage]",
      ),
    ],
  ] satisfies [Patch, object][]) {
    test(`refuses ${patch.path} ${patch.value}, and changes nothing`, async () => {
      const { domain, restApiId, update } = await mapped()
      await assert.rejects(update(patch), error)
      const kept = { basePath: 'a', restApiId, stage: 'dev' }
      assert.deepEqual(await operations.GetBasePathMapping({ ...domain, basePath: 'a' }, caller), kept)
    })
  }

  test('refuses an unknown mapping or domain name', async () => {
    const domain = await newDomain()
    await assert.rejects(operations.UpdateBasePathMapping({ ...domain, basePath: 'x' }, caller), unknownMapping)
    await assert.rejects(
      operations.UpdateBasePathMapping({ domainName: 'x.test', basePath: 'x' }, caller),
      unknownDomain,
    )
  })
})
