import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch, startMs } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const unknownStage = { code: 'NotFoundException', message: 'Invalid stage identifier specified' }
const bad = (message: string) => ({ code: 'BadRequestException', message })

/** An API with one deployment. */
async function deployed() {
  const api = await createApi()
  await api.integrate(await api.createMethod())
  return { ...api, deploymentId: await api.deploy() }
}

/** An API with a stage `dev`, and how that is changed. */
async function staged() {
  const { restApiId, deploymentId, ...api } = await deployed()
  const ids = { restApiId, stageName: 'dev' }
  await operations.CreateStage({ ...ids, deploymentId }, caller)
  const update = (...patchOperations: Patch[]) => operations.UpdateStage({ ...ids, patchOperations }, caller)
  return { ...api, ids, deploymentId, update }
}

describe('CreateStage', () => {
  test('fills in the defaults, and has the stage served', async () => {
    const told = fixture.revisions.length
    const { restApiId, deploymentId } = await deployed()
    const now = new Date(startMs)
    const stage = await operations.CreateStage({ restApiId, stageName: 'v1_a-B', deploymentId }, caller)
    assert.deepEqual(JSON.parse(JSON.stringify(stage)), {
      stageName: 'v1_a-B',
      deploymentId,
      cacheClusterEnabled: false,
      cacheClusterStatus: 'NOT_AVAILABLE',
      methodSettings: {},
      tracingEnabled: false,
      createdDate: now.toISOString(),
      lastUpdatedDate: now.toISOString(),
    })
    assert.deepEqual(await operations.GetStage({ restApiId, stageName: 'v1_a-B' }, caller), stage)
    assert.deepEqual(
      fixture.revisions.slice(told).map(({ topic, scope, key }) => [topic, scope, key]),
      [['rest-stage', '123456789012/us-east-1', `${restApiId}/v1_a-B`]],
    )
  })

  test('keeps description, variables, tags and a cache size', async () => {
    const { restApiId, deploymentId } = await deployed()
    const given = {
      description: 'd',
      variables: { color: 'sky blue', url: 'https://x.test:80/?a=b&c=d,e' },
      tags: { a: 'b' },
      cacheClusterSize: '0.5' as const,
    }
    const stage = await operations.CreateStage({ restApiId, stageName: 'dev', deploymentId, ...given }, caller)
    for (const [member, value] of Object.entries(given)) assert.deepEqual(Reflect.get(stage, member), value)
  })

  const unsupported = (setting: string) =>
    bad(`Cannot set on stage dev, as this version does not enforce it: ${setting}`)
  const badValue = (name: string) =>
    bad(
      `Invalid stage variable value of key ${name}.  Please use values with alphanumeric characters and the symbols ' ', -', '.', '_', ':', '/', '?', '&', '=', and ','.`,
    )
  const badName = (name: string) =>
    bad(`Invalid stage variable name: ${name}. Please use names with only word characters.`)
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`v${index}`, '']))
  const long = 'n'.repeat(65)
  const refusals: [string, object, object][] = [
    ['a name with other characters', { stageName: 'a/b' }, bad('Stage name only allows a-zA-Z0-9_')],
    ['an empty name', { stageName: '' }, bad('Stage name only allows a-zA-Z0-9_')],
    ['a variable with a bad name', { variables: { 'a-b': 'x' } }, badName('a-b')],
    ['a variable with a long name', { variables: { [long]: 'x' } }, badName(long)],
    ['a variable with a bad value', { variables: { a: '"' } }, badValue('a')],
    ['a variable with a long value', { variables: { a: 'x'.repeat(513) } }, badValue('a')],
    ['too many variables', { variables: many }, bad('A stage cannot have more than 100 stage variables')],
    ['tracing', { tracingEnabled: true }, unsupported('tracingEnabled')],
    [
      'several of these',
      { tracingEnabled: true, accessLogSettings: { format: '$context.requestId' } },
      unsupported('accessLogSettings; tracingEnabled'),
    ],
    [
      'an unknown deployment',
      { deploymentId: 'x' },
      { code: 'NotFoundException', message: 'Invalid Deployment identifier specified' },
    ],
    [
      'an unknown documentation version',
      { documentationVersion: '1' },
      { code: 'NotFoundException', message: 'Invalid Documentation version specified' },
    ],
    [
      'an unknown API',
      { restApiId: 'x' },
      { code: 'NotFoundException', message: 'Invalid API identifier specified 123456789012:x' },
    ],
  ]
  for (const [name, settings, error] of refusals) {
    test(`refuses ${name}`, async () => {
      const { restApiId, deploymentId } = await deployed()
      const input = { restApiId, stageName: 'dev', deploymentId, ...settings }
      await assert.rejects(operations.CreateStage(input, caller), error)
    })
  }

  test('refuses a name that is taken, and an eleventh stage', async () => {
    const { restApiId, deploymentId } = await deployed()
    for (let count = 0; count < 10; count++) {
      await operations.CreateStage({ restApiId, stageName: `s${count}`, deploymentId }, caller)
    }
    await assert.rejects(operations.CreateStage({ restApiId, stageName: 's0', deploymentId }, caller), {
      code: 'ConflictException',
      message: 'Stage already exists',
    })
    await assert.rejects(operations.CreateStage({ restApiId, stageName: 'last', deploymentId }, caller), {
      code: 'LimitExceededException',
    })
    assert.equal((await operations.GetStages({ restApiId }, caller)).item.length, 10)
  })
})

describe('GetStages', () => {
  test('lists all by name, or those of one deployment', async () => {
    const { restApiId, deploy } = await deployed()
    await deploy('b')
    const deploymentId = await deploy('a')
    const names = async (filter: object) =>
      (await operations.GetStages({ restApiId, ...filter }, caller)).item.map(({ stageName }) => stageName)
    assert.deepEqual(await names({}), ['a', 'b'])
    assert.deepEqual(await names({ deploymentId }), ['a'])
    assert.deepEqual(await names({ deploymentId: 'x' }), [])
    await assert.rejects(operations.GetStages({ restApiId: 'x' }, caller), { code: 'NotFoundException' })
  })
})

describe('UpdateStage', () => {
  const defaults = {
    metricsEnabled: false,
    dataTraceEnabled: false,
    throttlingBurstLimit: 5000,
    throttlingRateLimit: 10000,
    cachingEnabled: false,
    cacheTtlInSeconds: 300,
    cacheDataEncrypted: false,
    requireAuthorizationForCacheControl: true,
    unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
  }
  const replace = (path: string, value?: string): Patch => ({
    op: 'replace',
    path,
    ...(value !== undefined && { value }),
  })
  const off = (method: string) => replace(`/${method}/metrics/enabled`, 'false')
  const changes: [string, Patch[], object][] = [
    ['a description', [replace('/description', 'd')], { description: 'd' }],
    ['no description', [replace('/description', 'd'), replace('/description')], { description: undefined }],
    ['a cache size', [replace('/cacheClusterSize', '1.6')], { cacheClusterSize: '1.6' }],
    ['what is off, switched off', [replace('/cacheClusterEnabled', 'false'), replace('/tracingEnabled', 'false')], {}],
    ['nothing, cleared', [replace('/clientCertificateId', ''), replace('/documentationVersion', '')], {}],
    ['no canary', [{ op: 'remove', path: '/canarySettings' }], {}],
    ['no access log', [{ op: 'remove', path: '/accessLogSettings' }], {}],
    [
      'variables',
      [
        { op: 'add', path: '/variables/a', value: '1' },
        replace('/variables/b', '2'),
        { op: 'remove', path: '/variables/a' },
      ],
      { variables: { b: '2' } },
    ],
    [
      'no variable any more',
      [replace('/variables/GET', '2'), { op: 'remove', path: '/variables/GET' }],
      { variables: undefined },
    ],
    ['settings of all methods', [off('*/*')], { methodSettings: { '*/*': defaults } }],
    ['settings of a method', [off('~1pets~1{id}/GET')], { methodSettings: { 'pets/{id}/GET': defaults } }],
    ['settings of a method, unescaped', [off('pets/{id}/GET')], { methodSettings: { 'pets/{id}/GET': defaults } }],
    ['settings of the root', [off('~1/GET')], { methodSettings: { '/GET': defaults } }],
    [
      'every setting at its default',
      [
        replace('/*/*/logging/dataTrace', 'false'),
        replace('/*/*/logging/loglevel', 'OFF'),
        replace('/*/*/throttling/burstLimit', '5000'),
        { op: 'add', path: '/*/*/throttling/rateLimit', value: '10000' },
        replace('/*/*/caching/enabled', 'false'),
        replace('/*/*/caching/ttlInSeconds', '300'),
        replace('/*/*/caching/dataEncrypted', 'false'),
        replace('/*/*/caching/requireAuthorizationForCacheControl', 'true'),
        replace('/*/*/caching/unauthorizedCacheControlHeaderStrategy', 'SUCCEED_WITH_RESPONSE_HEADER'),
      ],
      { methodSettings: { '*/*': { ...defaults, loggingLevel: 'OFF' } } },
    ],
    [
      'no settings of a method any more',
      [off('pets/{id}/GET'), { op: 'remove', path: '/pets/{id}/GET' }, off('*/*'), { op: 'remove', path: '/*/*' }],
      { methodSettings: {} },
    ],
  ]
  for (const [name, patches, expected] of changes) {
    test(`gives a stage ${name}`, async () => {
      const { ids, update } = await staged()
      const before = await operations.GetStage(ids, caller)
      fixture.wait(1000)
      const told = fixture.revisions.length
      const updated = await update(...patches)
      const lastUpdatedDate = new Date((before.lastUpdatedDate?.getTime() ?? 0) + 1000)
      assert.deepEqual({ ...updated, ...expected }, { ...before, lastUpdatedDate, ...expected })
      for (const [member, value] of Object.entries(expected)) assert.deepEqual(Reflect.get(updated, member), value)
      assert.deepEqual(await operations.GetStage(ids, caller), updated)
      assert.deepEqual(
        fixture.revisions.slice(told).map(({ key }) => key),
        [`${ids.restApiId}/dev`],
      )
    })
  }

  const unsupported = (setting: string) => `Cannot set on stage dev, as this version does not enforce it: ${setting}`
  const refused: [Patch, string][] = [
    [replace('/tracingEnabled', 'true'), 'tracingEnabled'],
    [replace('/accessLogSettings/destinationArn', 'arn:x'), 'accessLogSettings'],
    [{ op: 'add', path: '/accessLogSettings/format', value: '$context.requestId' }, 'accessLogSettings'],
    [replace('/*/*/metrics/enabled', 'true'), 'methodSettings */* metricsEnabled'],
    [replace('/*/*/logging/loglevel', 'INFO'), 'methodSettings */* loggingLevel'],
    [replace('/*/*/logging/dataTrace', 'true'), 'methodSettings */* dataTraceEnabled'],
  ]
  const knownPaths =
    /Must be one of: \[\/deploymentId, \/description, .*, \/variables\/\{variable_name\}, \/tracingEnabled\]$/
  const unknownPath = (path: string) =>
    new RegExp(`^Invalid method setting path: ${RegExp.escape(path)}\\. ${knownPaths.source}`)
  const badCopy = (path: string, from: string) =>
    `Invalid copy operation with path: ${path} and from ${from}. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]`
  const badAccessLog =
    'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]'
  const noCanary = 'Promotion not available. Canary does not exist.'
  const refusals: [Patch, string | RegExp][] = [
    ...refused.map(([patch, setting]): [Patch, string] => [patch, unsupported(setting)]),
    [replace('/stageName', 'x'), unknownPath('/stageName')],
    [replace('/documentation_version', 'x'), unknownPath('/documentation_version')],
    [replace('/webAclArn', 'x'), unknownPath('/webAclArn')],
    [replace('/pets/ANY/metrics/enabled', 'false'), unknownPath('/pets/ANY/metrics/enabled')],
    [replace('/pets/*/metrics/enabled', 'false'), unknownPath('/pets/*/metrics/enabled')],
    [replace('/pets/GET/metrics/wrong', 'false'), unknownPath('/pets/GET/metrics/wrong')],
    [{ op: 'add', path: '/tracingEnabled', value: 'false' }, unknownPath('/tracingEnabled')],
    [replace('/accessLogSettings/wrong', 'x'), badAccessLog],
    [replace('/accessLogSettings/format', ''), 'Access Log value must not be empty'],
    [
      { op: 'remove', path: '/*/*' },
      'Cannot remove method setting */* because there is no method setting for this method ',
    ],
    [
      { op: 'remove', path: '/pets/GET' },
      'Cannot remove method setting pets/GET because there is no method setting for this method ',
    ],
    [{ op: 'copy', path: '/deploymentId', from: '/canarySettings/deploymentId' }, noCanary],
    [{ op: 'copy', path: '/variables', from: '/canarySettings/stageVariableOverrides' }, noCanary],
    [{ op: 'copy', path: '/deploymentId', from: '/variables' }, badCopy('/deploymentId', '/variables')],
    [{ op: 'copy', path: '/description', from: '/variables' }, badCopy('/description', '/variables')],
    [
      { op: 'add', path: '/canarySettings/deploymentId', value: 'x' },
      'Invalid add operation with path: /canarySettings/deploymentId',
    ],
    [replace('/cacheClusterSize', '3'), /^Invalid cacheClusterSize specified/],
    [replace('/*/*/throttling/rateLimit', 'fast'), 'Invalid value of throttling/rateLimit: fast'],
    [replace('/*/*/logging/loglevel', 'LOUD'), /^Invalid value of logging\/loglevel: LOUD/],
    [replace('/variables/a-b', 'x'), /^Invalid stage variable name: a-b/],
  ]
  for (const [patch, message] of refusals) {
    test(`refuses ${patch.op} ${patch.path} ${patch.value ?? ''}`, async () => {
      const { ids, update } = await staged()
      const before = await operations.GetStage(ids, caller)
      const told = fixture.revisions.length
      await assert.rejects(update(replace('/description', 'x'), patch), { code: 'BadRequestException', message })
      assert.deepEqual(await operations.GetStage(ids, caller), before)
      assert.equal(fixture.revisions.length, told)
    })
  }

  test('refuses an unknown deployment, and one of another API', async () => {
    const { update } = await staged()
    const { deploymentId } = await deployed()
    for (const value of ['x', deploymentId]) {
      await assert.rejects(update(replace('/deploymentId', value)), {
        code: 'NotFoundException',
        message: 'Invalid Deployment identifier specified',
      })
    }
  })
})

describe('DeleteStage', () => {
  test('tells that the stage is gone, and leaves its deployment', async () => {
    const { ids, deploymentId } = await staged()
    const told = fixture.revisions.length
    await operations.DeleteStage(ids, caller)
    assert.deepEqual(
      fixture.revisions.slice(told).map(({ key }) => key),
      [`${ids.restApiId}/dev`],
    )
    await operations.GetDeployment({ restApiId: ids.restApiId, deploymentId }, caller)
  })

  for (const name of ['GetStage', 'UpdateStage', 'DeleteStage'] as const) {
    test(`and ${name} refuse an unknown stage`, async () => {
      const { restApiId } = await createApi()
      await assert.rejects(operations[name]({ restApiId, stageName: 'dev' }, caller), unknownStage)
    })
  }
})
