import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch } from '../fixture.ts'
import { readStageChange } from './stage-change.ts'

const fixture = await openFixture()
const { operations, caller, createApi, store } = fixture
after(fixture.close)

const scope = '123456789012/us-east-1'
const bad = (message: string) => ({ code: 'BadRequestException', message })

/** An API with a stage `dev` and, beside its deployment, a newer one. */
async function staged() {
  const api = await createApi()
  await api.integrate(await api.createMethod())
  const { restApiId } = api
  const ids = { restApiId, stageName: 'dev' }
  const first = await api.deploy()
  await operations.CreateStage({ ...ids, deploymentId: first, variables: { a: '1', b: '1' } }, caller)
  const second = await api.deploy()
  const update = (...patchOperations: Patch[]) => operations.UpdateStage({ ...ids, patchOperations }, caller)
  const canary = async () => (await operations.GetStage(ids, caller)).canarySettings
  const served = async () => (await store.read((reader) => readChange(reader, `${restApiId}/dev`))).stage
  return { ...api, ids, first, second, update, canary, served }
}

function readChange(reader: Parameters<typeof readStageChange>[0], key: string) {
  return readStageChange(reader, scope, key, fixture.cipher)
}

const replace = (path: string, value: string): Patch => ({ op: 'replace', path, value })
const percent = (value: string) => replace('/canarySettings/percentTraffic', value)

describe('The canary of a stage', () => {
  test('begins with the first of its settings, the others at their defaults', async () => {
    const { first, update, canary } = await staged()
    await update(percent('10.5'))
    const stageVariableOverrides = undefined
    assert.deepEqual(await canary(), {
      percentTraffic: 10.5,
      useStageCache: false,
      deploymentId: first,
      stageVariableOverrides,
    })
  })

  test('takes settings one by one, and loses them all at once', async () => {
    const { second, update, canary } = await staged()
    await update(
      replace('/canarySettings/deploymentId', second),
      replace('/canarySettings/useStageCache', 'true'),
      { op: 'add', path: '/canarySettings/stageVariableOverrides/a', value: '2' },
      replace('/canarySettings/stageVariableOverrides/c', '3'),
      { op: 'remove', path: '/canarySettings/stageVariableOverrides/c' },
    )
    assert.deepEqual(await canary(), {
      percentTraffic: 0,
      useStageCache: true,
      deploymentId: second,
      stageVariableOverrides: { a: '2' },
    })
    await update({ op: 'remove', path: '/canarySettings' })
    assert.equal(await canary(), undefined)
  })

  test('comes with a new stage', async () => {
    const { ids, first, second } = await staged()
    const create = (stageName: string, deploymentId: string | undefined) =>
      operations.CreateStage(
        {
          ...ids,
          stageName,
          deploymentId: first,
          canarySettings: { percentTraffic: 5, ...(deploymentId !== undefined && { deploymentId }) },
        },
        caller,
      )
    for (const [stageName, given, deploymentId] of [
      ['a', undefined, first],
      ['b', second, second],
    ] as const) {
      const { canarySettings } = await create(stageName, given)
      assert.equal(canarySettings?.percentTraffic, 5)
      assert.equal(canarySettings.deploymentId, deploymentId)
    }
    await assert.rejects(create('c', 'x'), bad('Deployment id does not exist'))
  })

  test('gets a deployment that is made for it; the stage keeps its own', async () => {
    const { ids, first, canary } = await staged()
    const canarySettings = { percentTraffic: 20, stageVariableOverrides: { b: '2' } }
    const { id } = await operations.CreateDeployment({ ...ids, canarySettings }, caller)
    assert.deepEqual(await canary(), { ...canarySettings, useStageCache: false, deploymentId: id })
    assert.equal((await operations.GetStage(ids, caller)).deploymentId, first)

    const later = await operations.CreateDeployment(ids, caller)
    assert.equal((await canary())?.deploymentId, id)
    assert.equal((await operations.GetStage(ids, caller)).deploymentId, later.id)
  })

  test('is promoted as documented', async () => {
    const { ids, second, update } = await staged()
    await update(
      replace('/canarySettings/deploymentId', second),
      percent('50'),
      replace('/canarySettings/stageVariableOverrides/b', '2'),
    )
    await update(
      percent('0.0'),
      { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
      { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
    )
    const { deploymentId, variables, canarySettings } = await operations.GetStage(ids, caller)
    assert.deepEqual([deploymentId, variables], [second, { a: '1', b: '2' }])
    assert.deepEqual(canarySettings?.percentTraffic, 0)
  })

  test('keeps its deployment from being deleted', async () => {
    const { ids, second, update } = await staged()
    await update(replace('/canarySettings/deploymentId', second))
    const { restApiId } = ids
    const message = 'Active stages pointing to this deployment must be moved or deleted'
    await assert.rejects(operations.DeleteDeployment({ restApiId, deploymentId: second }, caller), bad(message))
    await update({ op: 'remove', path: '/canarySettings' })
    await operations.DeleteDeployment({ restApiId, deploymentId: second }, caller)
  })

  test('reaches the data plane beside the stage, its variables over those of the stage', async () => {
    const { first, second, update, served } = await staged()
    assert.equal((await served())?.isCanary, undefined)
    await update(
      replace('/canarySettings/deploymentId', second),
      percent('25'),
      replace('/canarySettings/stageVariableOverrides/b', '2'),
    )
    const stage = await served()
    const { stage: canary, percentTraffic } = stage?.canary ?? assert.fail('no canary is served')
    assert.deepEqual([stage?.deploymentId, stage?.isCanary, stage?.variables], [first, false, { a: '1', b: '1' }])
    assert.deepEqual([canary.deploymentId, canary.isCanary, canary.variables], [second, true, { a: '1', b: '2' }])
    assert.deepEqual([percentTraffic, canary.canary], [25, undefined])
  })

  const refusals: [Patch, string | RegExp][] = [
    [percent('100.5'), 'Invalid percentTraffic: 100.5. Must be between 0.0 and 100.0'],
    [percent('-1'), 'Invalid percentTraffic: -1. Must be between 0.0 and 100.0'],
    [percent('many'), 'Invalid percentTraffic: many'],
    [replace('/canarySettings/deploymentId', 'x'), 'Deployment id does not exist'],
    [replace('/canarySettings/stageVariableOverrides/a-b', 'x'), /^Invalid stage variable name: a-b/],
    [replace('/canarySettings/stageVariableOverrides/a', '"'), /^Invalid stage variable value of key a/],
  ]
  for (const [patch, message] of refusals) {
    test(`cannot be: ${patch.path} ${patch.value}`, async () => {
      const { update, canary } = await staged()
      await assert.rejects(update(patch), { code: 'BadRequestException', message })
      assert.equal(await canary(), undefined)
    })
  }
})
