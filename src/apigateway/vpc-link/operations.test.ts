import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch, networkLoadBalancer as target } from '../fixture.ts'
import { listVpcLinkChanges, readVpcLinkChange, vpcLinkTopic } from './vpc-link-change.ts'

const fixture = await openFixture()
const { operations, caller } = fixture
after(fixture.close)

const unknown = { code: 'NotFoundException', message: 'Invalid Vpc Link identifier specified' }
const bad = (message: string) => ({ code: 'BadRequestException', message })
const json = (value: unknown) => JSON.parse(JSON.stringify(value))

async function newLink() {
  const { id = '' } = await operations.CreateVpcLink({ name: 'l', targetArns: [target] }, caller)
  return id
}

describe('CreateVpcLink', () => {
  test('leaves a link that is pending at first, and available then', async () => {
    const link = await operations.CreateVpcLink({ name: 'l', description: 'd', targetArns: [target] }, caller)
    const { id = '' } = link
    const shown = { id, name: 'l', description: 'd', targetArns: [target] }
    assert.deepEqual(json(link), { ...shown, status: 'PENDING' })
    fixture.wait(1000)
    const ready = { status: 'AVAILABLE', statusMessage: 'Your vpc link is ready for use' }
    assert.deepEqual(json(await operations.GetVpcLink({ vpcLinkId: id }, caller)), { ...shown, ...ready, tags: {} })
  })

  for (const [name, arn, statusMessage] of [
    ['an application load balancer', target.replace('/net/', '/app/'), 'NLB ARN is malformed'],
    ['a target without backends', `${target}0`, `The configuration has no vpcLinkTargets for ${target}0`],
  ] as const) {
    test(`leaves a link to ${name} pending at first, and failed then`, async () => {
      const { id = '', status } = await operations.CreateVpcLink({ name: 'l', targetArns: [arn] }, caller)
      assert.equal(status, 'PENDING')
      fixture.wait(1000)
      const link = await operations.GetVpcLink({ vpcLinkId: id }, caller)
      assert.deepEqual([link.status, link.statusMessage], ['FAILED', statusMessage])
      await operations.DeleteVpcLink({ vpcLinkId: id }, caller)
    })
  }

  for (const [name, input, message] of [
    ['an empty name', { name: '', targetArns: [target] }, 'Name cannot be empty'],
    ['no target', { name: 'l', targetArns: [] }, 'No target arn specified for vpc link.'],
    ['two targets', { name: 'l', targetArns: [target, target] }, 'More than one target arn specified for vpc link.'],
    ['a target that is no ARN', { name: 'l', targetArns: ['x'] }, 'Invalid ARN. ARN is not well formed x'],
  ] satisfies [string, { name: string; targetArns: string[] }, string][]) {
    test(`refuses ${name}`, () => assert.rejects(operations.CreateVpcLink(input, caller), bad(message)))
  }

  test('refuses a 21st link, after lists that page', async () => {
    const paris = { ...caller, region: 'eu-west-3' }
    const input = { name: 'l', targetArns: [target], tags: { a: 'b' } }
    for (let count = 0; count < 20; count++) await operations.CreateVpcLink(input, paris)
    await assert.rejects(operations.CreateVpcLink(input, paris), { code: 'LimitExceededException' })
    const first = await operations.GetVpcLinks({ limit: 15 }, paris)
    const second = await operations.GetVpcLinks({ position: first.position ?? '' }, paris)
    assert.deepEqual([first.items?.length, second.items?.length, second.position], [15, 5, undefined])
    assert.deepEqual(first.items?.[0]?.tags, { a: 'b' })
  })
})

describe('UpdateVpcLink', () => {
  const update = async (...patchOperations: Patch[]) =>
    operations.UpdateVpcLink({ vpcLinkId: await newLink(), patchOperations }, caller)

  test('changes name and description', async () => {
    const { name, description, tags } = await update(
      { op: 'replace', path: '/name', value: 'n' },
      { op: 'replace', path: '/description', value: 'd' },
    )
    assert.deepEqual([name, description, tags], ['n', 'd', {}])
  })

  for (const [patch, message] of [
    [{ op: 'replace', path: '/name', value: '' }, 'Name cannot be empty'],
    [{ op: 'add', path: '/targetArns', value: target }, 'Target arns are not allowed to be changed/added.'],
    [{ op: 'replace', path: '/targetArns/0', value: target }, 'Target arns are not allowed to be changed/added.'],
    [
      { op: 'replace', path: '/status', value: 'x' },
      "Invalid patch path  '/status' specified for op 'replace'. Must be one of: [/name, /description]",
    ],
  ] satisfies [Patch, string][]) {
    test(`refuses ${patch.op} ${patch.path}`, () => assert.rejects(update(patch), bad(message)))
  }
})

describe('DeleteVpcLink', () => {
  test('deletes a link once', async () => {
    const vpcLinkId = await newLink()
    await operations.DeleteVpcLink({ vpcLinkId }, caller)
    await assert.rejects(operations.GetVpcLink({ vpcLinkId }, caller), unknown)
    await assert.rejects(operations.UpdateVpcLink({ vpcLinkId }, caller), unknown)
    await assert.rejects(operations.DeleteVpcLink({ vpcLinkId }, caller), unknown)
  })

  /** Deploys a GET through a link. @param connectionId In the integration. */
  async function deployedThrough(connectionId: string, variables: Record<string, string> = {}) {
    const api = await fixture.createApi()
    const ids = await api.createMethod()
    const { restApiId } = api
    await operations.PutIntegration(
      {
        ...ids,
        type: 'HTTP_PROXY',
        integrationHttpMethod: 'GET',
        uri: 'http://x.test/',
        connectionType: 'VPC_LINK',
        connectionId,
      },
      caller,
    )
    await operations.CreateDeployment({ restApiId, stageName: 'dev', variables }, caller)
    return { restApiId, place: `${restApiId}:GET:${ids.resourceId}:dev`, ids }
  }

  for (const [name, connectionId, variables] of [
    ['by its id', (id: string) => id, () => ({})],
    ['by a stage variable', () => '${stageVariables.link}', (id: string) => ({ link: id })],
  ] as const) {
    test(`refuses a link that a stage uses ${name}`, async () => {
      const vpcLinkId = await newLink()
      const { restApiId, place } = await deployedThrough(connectionId(vpcLinkId), variables(vpcLinkId))
      await assert.rejects(
        operations.DeleteVpcLink({ vpcLinkId }, caller),
        bad(
          `Cannot delete vpc link. Vpc link '${vpcLinkId}', is referenced in [${place}] in format of [RESTApiId:Method:Resource:Stage].`,
        ),
      )
      await operations.DeleteStage({ restApiId, stageName: 'dev' }, caller)
      await operations.DeleteVpcLink({ vpcLinkId }, caller)
    })
  }

  test('takes a link that only an older deployment uses, and one of a deleted API', async () => {
    const vpcLinkId = await newLink()
    const { restApiId, ids } = await deployedThrough(vpcLinkId)
    await operations.PutIntegration({ ...ids, type: 'MOCK' }, caller)
    await operations.CreateDeployment({ restApiId, stageName: 'dev' }, caller)
    await operations.DeleteVpcLink({ vpcLinkId }, caller)
    const other = await newLink()
    const { restApiId: gone } = await deployedThrough(other)
    await operations.DeleteRestApi({ restApiId: gone }, caller)
    await operations.DeleteVpcLink({ vpcLinkId: other }, caller)
  })
})

describe('The data plane', () => {
  test('is told of a link that comes and goes', async () => {
    const vpcLinkId = await newLink()
    const link = { version: 'V1', targetArns: [target] }
    const named = { account: '123456789012', region: 'us-east-1', vpcLinkId }
    const told = async () => {
      const { topic, scope, key } = fixture.revisions.at(-1) ?? assert.fail('nothing was revised')
      assert.equal(topic, vpcLinkTopic)
      return fixture.store.read((reader) => readVpcLinkChange(reader, scope, key))
    }
    assert.deepEqual(await told(), { ...named, link })
    const all = await fixture.store.read(listVpcLinkChanges)
    assert.deepEqual(
      all.find((change) => change.vpcLinkId === vpcLinkId),
      { ...named, link },
    )
    await operations.DeleteVpcLink({ vpcLinkId }, caller)
    assert.deepEqual(await told(), named)
  })
})
