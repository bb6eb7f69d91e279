import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, startMs, type TestApi } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const unknownDeployment = { code: 'NotFoundException', message: 'Invalid Deployment identifier specified' }
const unknownApi = { code: 'NotFoundException', message: 'Invalid API identifier specified 123456789012:x' }

/** An API with a method that can be deployed. */
async function deployable(): Promise<TestApi> {
  const api = await createApi()
  await api.integrate(await api.createMethod())
  return api
}

describe('CreateDeployment', () => {
  test('answers id, date and description only, and makes no stage unless one is named', async () => {
    const { restApiId } = await deployable()
    const { id, ...rest } = await operations.CreateDeployment({ restApiId, description: 'first' }, caller)
    assert.match(id ?? '', /^.{6}$/)
    assert.deepEqual(rest, { description: 'first', createdDate: new Date(startMs) })
    assert.deepEqual(await operations.GetStages({ restApiId }, caller), { item: [] })
    const { id: another } = await operations.CreateDeployment({ restApiId, stageName: '' }, caller)
    assert.notEqual(another, id)
    assert.deepEqual(await operations.GetStages({ restApiId }, caller), { item: [] })
  })

  test('makes the stage that it names', async () => {
    const { restApiId } = await deployable()
    const input = { restApiId, stageName: 'dev', stageDescription: 'd', variables: { color: 'red' } }
    const { id } = await operations.CreateDeployment(input, caller)
    const { deploymentId, description, variables } = await operations.GetStage({ restApiId, stageName: 'dev' }, caller)
    assert.deepEqual(
      { deploymentId, description, variables },
      { deploymentId: id, description: 'd', variables: { color: 'red' } },
    )
    assert.equal(fixture.revisions.at(-1)?.key, `${restApiId}/dev`)
  })

  test('points a stage that exists at the deployment, and leaves its other settings', async () => {
    const { restApiId, deploy } = await deployable()
    await operations.CreateDeployment({ restApiId, stageName: 'dev', variables: { color: 'red' } }, caller)
    fixture.wait(1000)
    const told = fixture.revisions.length
    const deploymentId = await deploy('dev')
    const stage = await operations.GetStage({ restApiId, stageName: 'dev' }, caller)
    assert.deepEqual([stage.deploymentId, stage.variables], [deploymentId, { color: 'red' }])
    assert.equal(stage.lastUpdatedDate?.getTime(), (stage.createdDate?.getTime() ?? 0) + 1000)
    assert.deepEqual(
      fixture.revisions.slice(told).map(({ key }) => key),
      [`${restApiId}/dev`],
    )
  })

  test('refuses a private API without a resource policy', async () => {
    const { restApiId, deploy } = await deployable()
    const replace = (path: string, value: string) => ({ op: 'replace' as const, path, value })
    const toPrivate = [
      replace('/endpointConfiguration/types/EDGE', 'REGIONAL'),
      replace('/endpointConfiguration/types/REGIONAL', 'PRIVATE'),
    ]
    await operations.UpdateRestApi({ restApiId, patchOperations: toPrivate }, caller)
    await assert.rejects(deploy('dev'), {
      code: 'BadRequestException',
      message: "Private REST API doesn't have a resource policy attached to it",
    })
    const Statement = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }
    const policy = JSON.stringify({ Version: '2012-10-17', Statement })
    await operations.UpdateRestApi({ restApiId, patchOperations: [replace('/policy', policy)] }, caller)
    await deploy('dev')
  })

  test('refuses an API without methods, and a method without integration', async () => {
    const api = await createApi()
    await assert.rejects(api.deploy('dev'), {
      code: 'BadRequestException',
      message: "The REST API doesn't contain any methods",
    })
    await api.createMethod()
    await assert.rejects(api.deploy('dev'), {
      code: 'BadRequestException',
      message: 'No integration defined for method',
    })
    assert.deepEqual(await operations.GetStages({ restApiId: api.restApiId }, caller), { item: [] })
  })

  const refusals: [string, object, string][] = [
    [
      'a canary without stage',
      { canarySettings: {} },
      'Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. Provided value is null',
    ],
    [
      'a canary of a stage that is missing',
      { canarySettings: {}, stageName: 'dev' },
      'Invalid deployment content specified.Stage dev must already be created before making a canary release deployment',
    ],
    ['a stage name with other characters', { stageName: 'a b' }, 'Stage name only allows a-zA-Z0-9_'],
    [
      'tracing',
      { stageName: 'dev', tracingEnabled: true },
      'Cannot set on stage dev, as this version does not enforce it: tracingEnabled',
    ],
  ]
  for (const [name, settings, message] of refusals) {
    test(`refuses ${name}, and leaves no deployment`, async () => {
      const { restApiId } = await deployable()
      await assert.rejects(operations.CreateDeployment({ restApiId, ...settings }, caller), {
        code: 'BadRequestException',
        message,
      })
      assert.deepEqual(await operations.GetDeployments({ restApiId }, caller), { items: [] })
    })
  }

  test('takes the settings of a stage without a name, which then are of none', async () => {
    const { restApiId } = await deployable()
    const settings = { description: 'first', stageDescription: 's', variables: { a: 'b' }, cacheClusterEnabled: true }
    const deployment = await operations.CreateDeployment({ restApiId, ...settings }, caller)
    assert.equal(deployment.description, 'first')
    assert.deepEqual(await operations.GetStages({ restApiId }, caller), { item: [] })
  })

  test('refuses an unknown API', () =>
    assert.rejects(operations.CreateDeployment({ restApiId: 'x' }, caller), unknownApi))
})

describe('GetDeployment', () => {
  test('shows the summary when it is embedded, as it was at the deployment', async () => {
    const { restApiId, rootId, deploy, createResource, createMethod, integrate } = await deployable()
    await integrate(await createMethod({ resourceId: await createResource('pets'), httpMethod: 'ANY' }))
    const deploymentId = await deploy()
    await operations.DeleteMethod({ restApiId, resourceId: rootId, httpMethod: 'GET' }, caller)
    const ids = { restApiId, deploymentId }
    const open = { authorizationType: 'NONE', apiKeyRequired: false }
    assert.deepEqual((await operations.GetDeployment({ ...ids, embed: ['apisummary'] }, caller)).apiSummary, {
      '/': { GET: open },
      '/pets': { ANY: open },
    })
    assert.equal('apiSummary' in (await operations.GetDeployment(ids, caller)), false)
    await assert.rejects(operations.GetDeployment({ ...ids, embed: ['x'] }, caller), { code: 'BadRequestException' })
  })
})

describe('GetDeployments', () => {
  test('pages in the order of creation', async () => {
    const { restApiId, deploy } = await deployable()
    const ids = []
    for (let count = 0; count < 3; count++) {
      ids.unshift(await deploy())
      fixture.wait(-1)
    }
    const first = await operations.GetDeployments({ restApiId, limit: 2 }, caller)
    const second = await operations.GetDeployments({ restApiId, limit: 2, position: first.position ?? '' }, caller)
    assert.deepEqual(
      [...first.items, ...second.items].map(({ id }) => id),
      ids,
    )
  })

  test('refuses an unknown API', () =>
    assert.rejects(operations.GetDeployments({ restApiId: 'x' }, caller), unknownApi))
})

describe('UpdateDeployment', () => {
  test('replaces the description and nothing else', async () => {
    const { restApiId, deploy } = await deployable()
    const ids = { restApiId, deploymentId: await deploy() }
    const change = { op: 'replace' as const, path: '/description', value: 'x' }
    const updated = await operations.UpdateDeployment({ ...ids, patchOperations: [change] }, caller)
    assert.equal(updated.description, 'x')
    assert.deepEqual(await operations.GetDeployment(ids, caller), updated)
    await assert.rejects(
      operations.UpdateDeployment({ ...ids, patchOperations: [{ ...change, path: '/id' }] }, caller),
      {
        message: 'Invalid patch path /id',
      },
    )
  })
})

describe('DeleteDeployment', () => {
  test('refuses a deployment that a stage serves, and deletes it once none does', async () => {
    const { restApiId, deploy } = await deployable()
    const ids = { restApiId, deploymentId: await deploy('dev') }
    await assert.rejects(operations.DeleteDeployment(ids, caller), {
      code: 'BadRequestException',
      message: 'Active stages pointing to this deployment must be moved or deleted',
    })
    await deploy('dev')
    await operations.DeleteDeployment(ids, caller)
    await assert.rejects(operations.GetDeployment(ids, caller), unknownDeployment)
  })

  for (const name of ['GetDeployment', 'UpdateDeployment', 'DeleteDeployment'] as const) {
    test(`and ${name} refuse an unknown deployment`, async () => {
      const { restApiId } = await createApi()
      await assert.rejects(operations[name]({ restApiId, deploymentId: 'x' }, caller), unknownDeployment)
    })
  }
})
