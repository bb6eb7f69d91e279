import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openFixture, startMs } from '../../apigateway/fixture.ts'
import { type FixtureV2, openFixtureV2 } from '../fixture.ts'
import { vpcLinkV2Operations } from './operations.ts'
import { listVpcLinkV2Changes, readVpcLinkV2Change, vpcLinkV2Topic } from './vpc-link-change.ts'

const fixture = await openFixture()
const { caller, store, operations: rest } = fixture
after(fixture.close)

let nowMs = startMs
let drawn = 0
const operations = vpcLinkV2Operations({
  store,
  now: () => new Date(nowMs),
  newId: () => `v2${String(drawn++).padStart(4, '0')}`,
})
const input = { Name: 'l', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] }
const unknown = { code: 'NotFoundException', message: 'Invalid VpcLink identifier specified x' }
const target =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/orders/0123456789abcdef/fedcba9876543210'

async function newLink(): Promise<string> {
  const { VpcLinkId = '' } = await operations.CreateVpcLink(input, caller)
  return VpcLinkId
}

describe('VPC links of the second version', () => {
  test('are pending at first, and available then', async () => {
    const link = await operations.CreateVpcLink({ ...input, Tags: { a: 'b' } }, caller)
    const shown = {
      ...input,
      VpcLinkId: link.VpcLinkId,
      CreatedDate: new Date(startMs),
      VpcLinkVersion: 'V2',
      Tags: { a: 'b' },
    }
    assert.deepEqual(link, {
      ...shown,
      VpcLinkStatus: 'PENDING',
      VpcLinkStatusMessage: 'VPC link is provisioning ENIs',
    })
    nowMs += 1000
    assert.deepEqual(await operations.GetVpcLink({ VpcLinkId: link.VpcLinkId ?? '' }, caller), {
      ...shown,
      VpcLinkStatus: 'AVAILABLE',
      VpcLinkStatusMessage: 'VPC link is ready to route traffic',
    })
  })

  test('are renamed', async () => {
    const vpcLinkId = await newLink()
    const { Name, SubnetIds } = await operations.UpdateVpcLink({ VpcLinkId: vpcLinkId, Name: 'n' }, caller)
    assert.deepEqual([Name, SubnetIds], ['n', ['subnet-1']])
    await assert.rejects(operations.UpdateVpcLink({ VpcLinkId: vpcLinkId, Name: '' }, caller), {
      code: 'BadRequestException',
    })
  })

  test('are listed in pages, ten at most', async () => {
    const paris = { ...caller, region: 'eu-west-3' }
    for (let count = 0; count < 10; count++) await operations.CreateVpcLink(input, paris)
    await assert.rejects(operations.CreateVpcLink(input, paris), { code: 'BadRequestException' })
    const first = await operations.GetVpcLinks({ MaxResults: '7' }, paris)
    const second = await operations.GetVpcLinks({ NextToken: first.NextToken ?? '' }, paris)
    assert.deepEqual([first.Items?.length, second.Items?.length, second.NextToken], [7, 3, undefined])
    await assert.rejects(operations.GetVpcLinks({ MaxResults: 'x' }, paris), { code: 'BadRequestException' })
  })

  for (const [name, wrong] of [
    ['an empty name', { ...input, Name: '' }],
    ['no subnet', { ...input, SubnetIds: [] }],
  ] satisfies [string, typeof input][]) {
    test(`refuse ${name}`, () =>
      assert.rejects(operations.CreateVpcLink(wrong, caller), { code: 'BadRequestException' }))
  }

  test('are unknown once they are deleted', async () => {
    const vpcLinkId = await newLink()
    await operations.DeleteVpcLink({ VpcLinkId: vpcLinkId }, caller)
    for (const name of ['GetVpcLink', 'UpdateVpcLink', 'DeleteVpcLink'] as const) {
      await assert.rejects(operations[name]({ VpcLinkId: 'x' }, caller), unknown)
    }
  })

  test('need a target in integrations, and stay while one is deployed', async () => {
    const vpcLinkId = await newLink()
    const { restApiId, createMethod } = await fixture.createApi()
    const ids = await createMethod()
    const integration = {
      ...ids,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri: 'https://orders.example/',
      connectionType: 'VPC_LINK',
      connectionId: vpcLinkId,
    } as const
    const missing = {
      code: 'BadRequestException',
      message: `IntegrationTarget is required for VpcLinkV2 ${vpcLinkId}.`,
    }
    await assert.rejects(rest.PutIntegration(integration, caller), missing)
    await rest.PutIntegration({ ...integration, integrationTarget: target }, caller)
    const remove = [{ op: 'replace', path: '/integrationTarget', value: '' }] as const
    await assert.rejects(rest.UpdateIntegration({ ...ids, patchOperations: [...remove] }, caller), missing)
    await rest.CreateDeployment({ restApiId, stageName: 'dev' }, caller)
    await assert.rejects(operations.DeleteVpcLink({ VpcLinkId: vpcLinkId }, caller), {
      code: 'BadRequestException',
      message: `Cannot delete vpc link. Vpc link '${vpcLinkId}', is referenced in [${restApiId}:GET:${ids.resourceId}:dev] in format of [RESTApiId:Method:Resource:Stage].`,
    })
    await rest.DeleteRestApi({ restApiId }, caller)
    await operations.DeleteVpcLink({ VpcLinkId: vpcLinkId }, caller)
  })

  describe('of HTTP APIs', () => {
    let http: FixtureV2
    let ApiId: string
    before(async () => {
      http = await openFixtureV2()
      ApiId = await http.createHttpApi()
    })
    after(() => http.close())

    /** A link, and an integration that leads through it. */
    async function linkedIntegration(connection: (vpcLinkId: string) => string = (vpcLinkId) => vpcLinkId) {
      const { VpcLinkId = '' } = await http.operations.CreateVpcLink(input, http.caller)
      const IntegrationId = await http.createIntegration(ApiId, {
        IntegrationUri: target,
        ConnectionType: 'VPC_LINK',
        ConnectionId: connection(VpcLinkId),
      })
      return { VpcLinkId, IntegrationId }
    }

    test('stay while routes lead through them', async () => {
      const { operations, caller } = http
      const { VpcLinkId, IntegrationId } = await linkedIntegration()
      const Target = `integrations/${IntegrationId}`
      const one = await http.createRoute(ApiId, 'GET /orders', { Target })
      const rest = await http.createRoute(ApiId, '$default', { Target })
      await http.createRoute(ApiId, 'GET /elsewhere', { Target: `integrations/${await http.createIntegration(ApiId)}` })
      const inUse = (places: string) => ({
        code: 'BadRequestException',
        message: `Cannot delete vpc link. Vpc link '${VpcLinkId}', is referenced in [${places}] in format of [Method:Resource].`,
      })
      await assert.rejects(operations.DeleteVpcLink({ VpcLinkId }, caller), inUse(`GET:${one}, ANY:${rest}`))
      await operations.DeleteRoute({ ApiId, RouteId: one }, caller)
      await assert.rejects(operations.DeleteVpcLink({ VpcLinkId }, caller), inUse(`ANY:${rest}`))
      await operations.DeleteRoute({ ApiId, RouteId: rest }, caller)
      await operations.DeleteVpcLink({ VpcLinkId }, caller)
    })

    test('stay while a stage has routes lead through them by a variable', async () => {
      const { operations, caller } = http
      const { VpcLinkId, IntegrationId } = await linkedIntegration(() => '${stageVariables.link}')
      await http.createRoute(ApiId, 'ANY /', { Target: `integrations/${IntegrationId}` })
      const stage = { ApiId, StageName: 'dev' }
      await operations.CreateStage({ ...stage, StageVariables: { link: VpcLinkId } }, caller)
      await assert.rejects(operations.DeleteVpcLink({ VpcLinkId }, caller), { code: 'BadRequestException' })
      await operations.DeleteStage(stage, caller)
      await operations.DeleteVpcLink({ VpcLinkId }, caller)
    })
  })

  test('are told to the data plane when they come and go', async () => {
    const vpcLinkId = await newLink()
    const named = { account: '123456789012', region: 'us-east-1', vpcLinkId }
    const told = async () => {
      const { topic, scope, key } = fixture.revisions.at(-1) ?? assert.fail('nothing was revised')
      assert.equal(topic, vpcLinkV2Topic)
      return store.read((reader) => readVpcLinkV2Change(reader, scope, key))
    }
    const there = { ...named, link: { version: 'V2', targetArns: [] } }
    assert.deepEqual(await told(), there)
    assert.deepEqual(
      (await store.read(listVpcLinkV2Changes)).find((change) => change.vpcLinkId === vpcLinkId),
      there,
    )
    await operations.DeleteVpcLink({ VpcLinkId: vpcLinkId }, caller)
    assert.deepEqual(await told(), named)
  })
})
