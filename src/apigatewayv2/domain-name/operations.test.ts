import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { startMs } from '../../apigateway/fixture.ts'
import { openFixtureV2 } from '../fixture.ts'

const fixture = await openFixtureV2()
const { caller, rest, operations } = fixture
after(fixture.close)

let drawn = 0
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/c-1'
const otherArn = 'arn:aws:acm:us-east-1:123456789012:certificate/c-2'
const regional = { CertificateArn: certificateArn, EndpointType: 'REGIONAL' } as const
const edge = { CertificateArn: certificateArn, EndpointType: 'EDGE' } as const
const newName = () => `v2-${drawn++}.example.com`
const json = (value: unknown) => JSON.parse(JSON.stringify(value))
const bad = (message: string) => ({ code: 'BadRequestException', message })
const unknown = {
  code: 'NotFoundException',
  message: 'The domain name resource specified in the request was not found.',
}
type Create = Parameters<typeof operations.CreateDomainName>[0]
type Update = Omit<Parameters<typeof operations.UpdateDomainName>[0], 'DomainName'>

async function newDomain(input: Partial<Create> = {}): Promise<string> {
  const DomainName = newName()
  await operations.CreateDomainName({ DomainName, DomainNameConfigurations: [regional], ...input }, caller)
  return DomainName
}

describe('Domain names of the second version', () => {
  test('are made, and seen by the first version', async () => {
    const DomainName = newName()
    const made = await operations.CreateDomainName(
      { DomainName, DomainNameConfigurations: [{ ...regional, SecurityPolicy: 'TLS_1_2' }], Tags: { a: 'b' } },
      caller,
    )
    const { domainName, regionalDomainName, ...shown } = await rest.GetDomainName({ domainName: DomainName }, caller)
    assert.deepEqual(json(made), {
      DomainName,
      DomainNameArn: `arn:aws:apigateway:us-east-1::/domainnames/${DomainName}`,
      ApiMappingSelectionExpression: '$request.basepath',
      DomainNameConfigurations: [
        {
          EndpointType: 'REGIONAL',
          ApiGatewayDomainName: regionalDomainName,
          CertificateArn: certificateArn,
          HostedZoneId: 'Z1UJRXOUMOOFQ8',
          IpAddressType: 'ipv4',
          SecurityPolicy: 'TLS_1_2',
          DomainNameStatus: 'AVAILABLE',
        },
      ],
      RoutingMode: 'API_MAPPING_ONLY',
      Tags: { a: 'b' },
    })
    assert.deepEqual(
      [domainName, shown.regionalCertificateArn, shown.endpointConfiguration?.types, shown.tags],
      [DomainName, certificateArn, ['REGIONAL'], { a: 'b' }],
    )
    assert.deepEqual(await operations.GetDomainName({ DomainName }, caller), made)
  })

  test('show what the first version made, but for private ones and words that only it has', async () => {
    const paris = { ...caller, region: 'eu-west-3' }
    const regionalCertificateArn = certificateArn.replace('us-east-1', 'eu-west-3')
    const policy = { securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' } as const
    const endpointConfiguration = { types: ['PRIVATE' as const] }
    await rest.CreateDomainName({ domainName: 'edge.example.com', certificateArn }, paris)
    await rest.CreateDomainName({ domainName: 'new.example.com', regionalCertificateArn, ...policy }, paris)
    await rest.CreateDomainName(
      { domainName: 'own.example.com', certificateArn: regionalCertificateArn, endpointConfiguration },
      paris,
    )
    const { Items = [] } = await operations.GetDomainNames({}, paris)
    assert.deepEqual(
      Items.map(({ DomainName, DomainNameConfigurations: [one] = [] }) => [DomainName, one?.EndpointType]),
      [
        ['edge.example.com', 'EDGE'],
        ['new.example.com', 'REGIONAL'],
      ],
    )
    const [first, second] = Items.map(({ DomainNameConfigurations: [one] = [] }) => json(one))
    assert.deepEqual(
      [first.HostedZoneId, first.CertificateUploadDate, first.DomainNameStatus],
      ['Z2FDTNDATAQYW2', new Date(startMs).toISOString(), 'UPDATING'],
    )
    assert.ok(!('SecurityPolicy' in second))
    const page = await operations.GetDomainNames({ MaxResults: '1' }, paris)
    const next = await operations.GetDomainNames({ NextToken: page.NextToken ?? '' }, paris)
    assert.deepEqual([...(page.Items ?? []), ...(next.Items ?? [])], Items)
  })

  const mutual = { MutualTlsAuthentication: { TruststoreUri: 's3://b/k', TruststoreVersion: '1' } }
  for (const [name, input, changes, expected] of [
    [
      'the certificate',
      {},
      { DomainNameConfigurations: [{ CertificateArn: otherArn }] },
      { CertificateArn: otherArn, EndpointType: 'REGIONAL' },
    ],
    [
      'the addresses',
      {},
      { DomainNameConfigurations: [{ ...regional, IpAddressType: 'dualstack' }] },
      { IpAddressType: 'dualstack' },
    ],
    [
      'the policy',
      {},
      { DomainNameConfigurations: [{ ...regional, SecurityPolicy: 'TLS_1_0', CertificateName: 'n' }] },
      { SecurityPolicy: 'TLS_1_0', CertificateName: 'n' },
    ],
    ['the routing mode', {}, { RoutingMode: 'ROUTING_RULE_ONLY' }, { RoutingMode: 'ROUTING_RULE_ONLY' }],
    [
      'the routing mode to both',
      { RoutingMode: 'ROUTING_RULE_ONLY' },
      { RoutingMode: 'ROUTING_RULE_THEN_API_MAPPING' },
      { RoutingMode: 'ROUTING_RULE_THEN_API_MAPPING' },
    ],
    ['mutual TLS', {}, mutual, mutual],
    [
      "the trust store's version",
      mutual,
      { MutualTlsAuthentication: { TruststoreVersion: '2' } },
      { MutualTlsAuthentication: { TruststoreUri: 's3://b/k', TruststoreVersion: '2' } },
    ],
    [
      'the trust store',
      mutual,
      { MutualTlsAuthentication: { TruststoreUri: 's3://b/l' } },
      { MutualTlsAuthentication: { TruststoreUri: 's3://b/l' } },
    ],
    [
      'mutual TLS off',
      mutual,
      { MutualTlsAuthentication: { TruststoreUri: '' } },
      { MutualTlsAuthentication: undefined },
    ],
    ['nothing', mutual, {}, { ...mutual, CertificateArn: certificateArn }],
  ] satisfies [string, Partial<Create>, Update, object][]) {
    test(`change ${name}`, async () => {
      const DomainName = await newDomain(input)
      const updated = await operations.UpdateDomainName({ DomainName, ...changes }, caller)
      assert.deepEqual(await operations.GetDomainName({ DomainName }, caller), updated)
      const { DomainNameConfigurations: [endpoint] = [], ...whole } = json(updated)
      for (const [member, value] of Object.entries(expected)) {
        assert.deepEqual({ ...endpoint, ...whole }[member], value, member)
      }
    })
  }

  test('move from the edge to the region', async () => {
    const DomainName = await newDomain({ DomainNameConfigurations: [edge] })
    const both = await operations.UpdateDomainName({ DomainName, DomainNameConfigurations: [edge, regional] }, caller)
    assert.deepEqual(
      both.DomainNameConfigurations?.map(({ EndpointType }) => EndpointType),
      ['EDGE', 'REGIONAL'],
    )
    const moved = await operations.UpdateDomainName({ DomainName, DomainNameConfigurations: [regional] }, caller)
    assert.deepEqual(
      moved.DomainNameConfigurations?.map(({ EndpointType }) => EndpointType),
      ['REGIONAL'],
    )
  })

  test('are unknown once they are deleted, by either version', async () => {
    const DomainName = await newDomain()
    await operations.DeleteDomainName({ DomainName }, caller)
    for (const name of ['GetDomainName', 'UpdateDomainName', 'DeleteDomainName'] as const) {
      await assert.rejects(operations[name]({ DomainName }, caller), unknown)
    }
    await operations.CreateDomainName({ DomainName, DomainNameConfigurations: [regional] }, caller)
    await rest.DeleteDomainName({ domainName: DomainName }, caller)
    await assert.rejects(operations.GetDomainName({ DomainName }, caller), unknown)
  })

  test('refuse a name that is taken, by either version', async () => {
    const DomainName = await newDomain()
    const input = { DomainName, DomainNameConfigurations: [regional] }
    const taken = { code: 'ConflictException', message: 'The domain name resource already exists.' }
    await assert.rejects(operations.CreateDomainName(input, caller), taken)
    const request = { domainName: DomainName, certificateArn }
    await assert.rejects(rest.CreateDomainName(request, caller), bad('The domain name you provided already exists.'))
  })

  for (const [name, input, message] of [
    ['no configuration', [], 'At least one domain name configuration must be specified.'],
    ['no certificate', [{}], 'A certificateArn must be specified for this endpoint type.'],
    ['one type twice', [regional, regional], 'Endpoint types of domain name configurations must differ.'],
    ['two types', [regional, edge], 'Cannot create a domain name with multiple endpoint types.'],
    [
      'two policies',
      [
        { ...regional, SecurityPolicy: 'TLS_1_0' },
        { ...edge, SecurityPolicy: 'TLS_1_2' },
      ],
      'Domain name configurations must have the same SecurityPolicy.',
    ],
    ['a certificate that is none', [{ CertificateArn: 'x' }], 'Invalid certificate ARN: x'],
  ] satisfies [string, Create['DomainNameConfigurations'], string][]) {
    test(`refuse ${name}`, () =>
      assert.rejects(
        operations.CreateDomainName({ DomainName: newName(), DomainNameConfigurations: input }, caller),
        bad(message),
      ))
  }

  test('refuse an update that does not fit', async () => {
    const DomainName = await newDomain({ DomainNameConfigurations: [edge] })
    await assert.rejects(
      operations.UpdateDomainName({ DomainName, ...mutual }, caller),
      bad('Mutual TLS is supported for regional domain names only.'),
    )
    await assert.rejects(
      operations.UpdateDomainName({ DomainName, DomainNameConfigurations: [] }, caller),
      bad('At least one domain name configuration must be specified.'),
    )
  })
})
