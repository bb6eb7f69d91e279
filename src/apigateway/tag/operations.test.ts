import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

async function arns() {
  const api = await createApi()
  await api.integrate(await api.createMethod())
  await api.deploy('dev')
  const apiArn = `arn:aws:apigateway:us-east-1::/restapis/${api.restApiId}`
  return { ...api, apiArn, stageArn: `${apiArn}/stages/dev` }
}

describe('Tags', () => {
  test('are added, replaced and removed, an API apart from its stages', async () => {
    const { restApiId, apiArn, stageArn } = await arns()
    await operations.TagResource({ resourceArn: apiArn, tags: { a: '1', b: '2' } }, caller)
    await operations.TagResource({ resourceArn: apiArn, tags: { b: '3', c: '4' } }, caller)
    await operations.TagResource({ resourceArn: stageArn, tags: { s: '5' } }, caller)
    await operations.UntagResource({ resourceArn: apiArn, tagKeys: ['a', 'never'] }, caller)
    assert.deepEqual(await operations.GetTags({ resourceArn: apiArn }, caller), { tags: { b: '3', c: '4' } })
    assert.deepEqual((await operations.GetRestApi({ restApiId }, caller)).tags, { b: '3', c: '4' })
    assert.deepEqual((await operations.GetStage({ restApiId, stageName: 'dev' }, caller)).tags, { s: '5' })
    await operations.UntagResource({ resourceArn: stageArn, tagKeys: ['s'] }, caller)
    assert.equal((await operations.GetStage({ restApiId, stageName: 'dev' }, caller)).tags, undefined)
  })

  for (const [kind, create] of Object.entries(creators())) {
    test(`of ${kind} are changed by its ARN, and nothing else of it is`, async () => {
      const { resourceArn, read } = await create()
      const before = await read()
      await operations.TagResource({ resourceArn, tags: { b: '2' } }, caller)
      assert.deepEqual(await operations.GetTags({ resourceArn }, caller), { tags: { a: '1', b: '2' } })
      await operations.UntagResource({ resourceArn, tagKeys: ['a'] }, caller)
      assert.deepEqual(await read(), { ...before, tags: { b: '2' } })
    })
  }

  test('are 50 at most', async () => {
    const { apiArn } = await arns()
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'v']))
    await operations.TagResource({ resourceArn: apiArn, tags }, caller)
    await assert.rejects(operations.TagResource({ resourceArn: apiArn, tags: { last: 'v' } }, caller), {
      code: 'BadRequestException',
    })
  })

  for (const [name, tags] of [
    ['an empty key', { '': 'v' }],
    ['a long key', { ['k'.repeat(129)]: 'v' }],
    ['a long value', { k: 'v'.repeat(257) }],
    ['a reserved key', { 'aws:k': 'v' }],
  ] as const) {
    test(`refuse ${name}`, async () => {
      const { apiArn } = await arns()
      await assert.rejects(operations.TagResource({ resourceArn: apiArn, tags }, caller), {
        code: 'BadRequestException',
      })
    })
  }

  for (const [resourceArn, code] of [
    ['arn:aws:apigateway:us-east-1::/restapis/gone', 'NotFoundException'],
    ['arn:aws:apigateway:us-east-1::/restapis/gone/stages/dev', 'NotFoundException'],
    ['arn:aws:apigateway:eu-west-1::/restapis/gone', 'BadRequestException'],
    ['arn:aws:lambda:us-east-1:123456789012:function:f', 'BadRequestException'],
    ['arn:aws:apigateway:us-east-1::/domainnames/x.test', 'NotFoundException'],
    ['arn:aws:apigateway:us-east-1::/apikeys/gone', 'NotFoundException'],
    ['arn:aws:apigateway:us-east-1::/restapis/gone/models/x', 'BadRequestException'],
    ['arn:aws:apigateway:us-east-1:210987654321:/restapis/gone', 'BadRequestException'],
    ['nonsense', 'BadRequestException'],
  ]) {
    test(`refuse ${resourceArn}`, () =>
      assert.rejects(operations.GetTags({ resourceArn: resourceArn ?? '' }, caller), { code }))
  }
})

/** Resources with the tag `a`, and how they are read. */
function creators() {
  const arnOf = (path: string) => `arn:aws:apigateway:us-east-1::/${path}`
  const tags = { a: '1' }
  const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/c'
  async function createDomain(type: 'EDGE' | 'PRIVATE', domainName: string) {
    const endpointConfiguration = { types: [type] }
    const input = { domainName, certificateArn, endpointConfiguration, tags }
    return operations.CreateDomainName(input, caller)
  }
  return {
    async 'an API key'() {
      const { id: apiKey = '' } = await operations.CreateApiKey({ tags }, caller)
      return { resourceArn: arnOf(`apikeys/${apiKey}`), read: () => operations.GetApiKey({ apiKey }, caller) }
    },
    async 'a usage plan'() {
      const { id: usagePlanId = '' } = await operations.CreateUsagePlan({ name: 'p', tags }, caller)
      return {
        resourceArn: arnOf(`usageplans/${usagePlanId}`),
        read: () => operations.GetUsagePlan({ usagePlanId }, caller),
      }
    },
    async 'a client certificate'() {
      const { clientCertificateId = '' } = await operations.GenerateClientCertificate({ tags }, caller)
      return {
        resourceArn: arnOf(`clientcertificates/${clientCertificateId}`),
        read: () => operations.GetClientCertificate({ clientCertificateId }, caller),
      }
    },
    async 'a VPC link'() {
      const targetArns = ['arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/a/b']
      const { id: vpcLinkId = '' } = await operations.CreateVpcLink({ name: 'l', targetArns, tags }, caller)
      return { resourceArn: arnOf(`vpclinks/${vpcLinkId}`), read: () => operations.GetVpcLink({ vpcLinkId }, caller) }
    },
    async 'a domain name'() {
      const { domainNameArn = '' } = await createDomain('EDGE', 'tags.example.com')
      return {
        resourceArn: domainNameArn,
        read: () => operations.GetDomainName({ domainName: 'tags.example.com' }, caller),
      }
    },
    async 'a private domain name'() {
      const { domainNameArn = '', domainNameId = '' } = await createDomain('PRIVATE', 'tags.example.com')
      return {
        resourceArn: domainNameArn,
        read: () => operations.GetDomainName({ domainName: 'tags.example.com', domainNameId }, caller),
      }
    },
    async 'an access association'() {
      const { domainNameArn = '' } = await createDomain('PRIVATE', 'tags.example.com')
      const { domainNameAccessAssociationArn = '' } = await operations.CreateDomainNameAccessAssociation(
        { domainNameArn, accessAssociationSource: 'vpce-1', accessAssociationSourceType: 'VPCE', tags },
        caller,
      )
      return {
        resourceArn: domainNameAccessAssociationArn,
        read: async () => (await operations.GetDomainNameAccessAssociations({}, caller)).items[0],
      }
    },
  }
}
