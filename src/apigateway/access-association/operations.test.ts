import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller } = fixture
after(fixture.close)

const unknown = { code: 'NotFoundException', message: 'Invalid domain name access association identifier specified' }
const accessAssociationSourceType = 'VPCE' as const
let drawn = 0

async function newDomain() {
  const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/c-1'
  const domainName = `api${drawn++}.example.com`
  const endpointConfiguration = { types: ['PRIVATE' as const] }
  const input = { domainName, certificateArn, endpointConfiguration }
  const { domainNameArn = '', domainNameId = '' } = await operations.CreateDomainName(input, caller)
  return { domainName, domainNameArn, domainNameId }
}

async function associate(domainNameArn: string, accessAssociationSource: string) {
  const input = { domainNameArn, accessAssociationSource, accessAssociationSourceType }
  const { domainNameAccessAssociationArn = '', ...rest } = await operations.CreateDomainNameAccessAssociation(
    input,
    caller,
  )
  return { domainNameAccessAssociationArn, ...rest }
}

const list = async (request: object = {}) => (await operations.GetDomainNameAccessAssociations(request, caller)).items

describe('Domain name access associations', () => {
  test('are created, listed and deleted', async () => {
    const { domainName, domainNameArn } = await newDomain()
    const association = await associate(domainNameArn, 'vpce-0a1')
    const { domainNameAccessAssociationArn } = association
    assert.deepEqual(JSON.parse(JSON.stringify(association)), {
      domainNameAccessAssociationArn: `arn:aws:apigateway:us-east-1:123456789012:/domainnameaccessassociations/domainname/${domainName}/vpcesource/vpce-0a1`,
      domainNameArn,
      accessAssociationSource: 'vpce-0a1',
      accessAssociationSourceType,
    })
    assert.deepEqual(await list(), [association])
    assert.deepEqual(await list({ resourceOwner: 'OTHER_ACCOUNTS' }), [])
    await operations.DeleteDomainNameAccessAssociation({ domainNameAccessAssociationArn }, caller)
    assert.deepEqual(await list(), [])
    await assert.rejects(
      operations.DeleteDomainNameAccessAssociation({ domainNameAccessAssociationArn }, caller),
      unknown,
    )
  })

  test('leave with their domain name', async () => {
    const { domainName, domainNameId, domainNameArn } = await newDomain()
    await associate(domainNameArn, 'vpce-1')
    await operations.DeleteDomainName({ domainName, domainNameId }, caller)
    assert.deepEqual(await list(), [])
  })

  test('end when the owner of the domain name rejects them', async () => {
    const { domainNameArn } = await newDomain()
    const other = await newDomain()
    const { domainNameAccessAssociationArn } = await associate(domainNameArn, 'vpce-1')
    const reject = (arn: string) =>
      operations.RejectDomainNameAccessAssociation({ domainNameAccessAssociationArn, domainNameArn: arn }, caller)
    await assert.rejects(reject(other.domainNameArn), { code: 'BadRequestException' })
    await assert.rejects(reject('x'), { code: 'BadRequestException' })
    await reject(domainNameArn)
    assert.deepEqual(await list(), [])
    await assert.rejects(reject(domainNameArn), unknown)
  })

  test('are refused twice, for another source, and for another kind of domain name', async () => {
    const { domainName, domainNameArn } = await newDomain()
    const { domainNameAccessAssociationArn } = await associate(domainNameArn, 'vpce-1')
    await assert.rejects(associate(domainNameArn, 'vpce-1'), { code: 'ConflictException' })
    await assert.rejects(associate(domainNameArn, 'vpc-1'), { code: 'BadRequestException' })
    for (const arn of [
      `arn:aws:apigateway:us-east-1::/domainnames/${domainName}`,
      domainNameArn.replace('123456789012', '210987654321'),
      `${domainNameArn}x`,
      'x',
    ]) {
      await assert.rejects(associate(arn, 'vpce-2'), {
        code: 'BadRequestException',
        message: `Invalid domain name ARN specified: ${arn}`,
      })
    }
    await operations.DeleteDomainNameAccessAssociation({ domainNameAccessAssociationArn }, caller)
  })

  test('are a hundred at most, in pages', async () => {
    const { domainNameArn } = await newDomain()
    for (let count = 0; count < 100; count++) await associate(domainNameArn, `vpce-${count}`)
    await assert.rejects(associate(domainNameArn, 'vpce-100'), { code: 'LimitExceededException' })
    const first = await operations.GetDomainNameAccessAssociations({ limit: 60 }, caller)
    const second = await list({ limit: 60, position: first.position })
    assert.deepEqual([first.items?.length, second?.length], [60, 40])
  })
})
