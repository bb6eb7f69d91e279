import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openFixture } from '../fixture.ts'
import { listServedApis, listStageChanges, readStageChange, restStageTopic } from './stage-change.ts'

const fixture = await openFixture()
const { operations, store } = fixture
after(fixture.close)

/** Creates and deploys an API in a region of an account. */
async function deployIn(account: string, region: string) {
  const caller = { ...fixture.caller, account, region }
  const { id: restApiId = '', rootResourceId: resourceId = '' } = await operations.CreateRestApi(
    { name: region },
    caller,
  )
  const ids = { restApiId, resourceId, httpMethod: 'GET' }
  await operations.PutMethod({ ...ids, authorizationType: 'NONE' }, caller)
  await operations.PutIntegration({ ...ids, type: 'MOCK' }, caller)
  const input = { restApiId, stageName: 'dev', variables: { region } }
  const { id: deploymentId = '' } = await operations.CreateDeployment(input, caller)
  return { caller, restApiId, deploymentId }
}

test('stages of all accounts and regions are listed, each with its own', async () => {
  const ohio = await deployIn('111111111111', 'us-east-2')
  const paris = await deployIn('222222222222', 'eu-west-3')
  const changes = await store.read((reader) => listStageChanges(reader, fixture.cipher))
  assert.deepEqual(
    changes.map(({ apiId, stage }) => [apiId, stage?.account, stage?.region, stage?.variables, stage?.deploymentId]),
    [
      [ohio.restApiId, '111111111111', 'us-east-2', { region: 'us-east-2' }, ohio.deploymentId],
      [paris.restApiId, '222222222222', 'eu-west-3', { region: 'eu-west-3' }, paris.deploymentId],
    ],
  )
  assert.deepEqual(await store.read(listServedApis), new Set([ohio.restApiId, paris.restApiId]))
  await assert.rejects(operations.DeleteRestApi({ restApiId: paris.restApiId }, ohio.caller), {
    code: 'NotFoundException',
  })
})

test('a revision leads to the stage, or to its absence once it is gone', async () => {
  const { caller, restApiId } = await deployIn('333333333333', 'us-west-2')
  const read = async () => {
    const { topic, scope, key } = fixture.revisions.at(-1) ?? assert.fail('nothing was revised')
    assert.equal(topic, restStageTopic)
    return store.read((reader) => readStageChange(reader, scope, key, fixture.cipher))
  }
  const change = await read()
  const { api: _, ...settings } = change.stage ?? assert.fail('the stage is gone')
  assert.deepEqual(settings, {
    account: '333333333333',
    region: 'us-west-2',
    stageName: 'dev',
    deploymentId: settings.deploymentId,
    variables: { region: 'us-west-2' },
  })
  await operations.DeleteStage({ restApiId, stageName: 'dev' }, caller)
  assert.deepEqual(await read(), { apiId: restApiId, stageName: 'dev' })
})

test('a client certificate reaches the data plane with its key, and nobody else', async () => {
  const { caller, restApiId } = await deployIn('444444444444', 'us-west-1')
  const { clientCertificateId = '' } = await operations.GenerateClientCertificate({}, caller)
  const ids = { restApiId, stageName: 'dev' }
  const set = (value: string) =>
    operations.UpdateStage(
      { ...ids, patchOperations: [{ op: 'replace', path: '/clientCertificateId', value }] },
      caller,
    )
  const served = async () => {
    const { scope, key } = fixture.revisions.at(-1) ?? assert.fail('nothing was revised')
    const { stage } = await store.read((reader) => readStageChange(reader, scope, key, fixture.cipher))
    return stage?.clientCertificate
  }
  const stage = await set(clientCertificateId)
  assert.equal(stage.clientCertificateId, clientCertificateId)
  assert.ok(!JSON.stringify(stage).includes('private key'))
  assert.deepEqual(await served(), { clientCertificateId, certificate: 'certificate', privateKey: 'private key' })

  await assert.rejects(set('none'), {
    code: 'NotFoundException',
    message: 'Invalid Client Certificate identifier specified',
  })
  await assert.rejects(operations.DeleteClientCertificate({ clientCertificateId }, caller), {
    code: 'BadRequestException',
    message: `Cannot delete client certificate '${clientCertificateId}', is referenced in stages: ${restApiId}:dev`,
  })
  await set('')
  assert.equal(await served(), undefined)
  await operations.DeleteClientCertificate({ clientCertificateId }, caller)
})
