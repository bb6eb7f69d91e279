import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { generateClientCertificate } from '../client-certificate/generate.ts'
import { openFixture, type Patch, startMs } from '../fixture.ts'
import { domainNames } from './domain-name.ts'

const fixture = await openFixture()
const { operations, caller } = fixture
after(fixture.close)

const unknown = { code: 'NotFoundException', message: 'Invalid domain name identifier specified' }
const bad = (message: string) => ({ code: 'BadRequestException', message })
const json = (value: unknown) => JSON.parse(JSON.stringify(value))
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/c-1'
const regionalCertificateArn = certificateArn
const regional = { types: ['REGIONAL' as const] }
const edge = { types: ['EDGE' as const] }
const privately = { types: ['PRIVATE' as const] }
let drawn = 0
const newName = () => `api${drawn++}.example.com`
type Create = Parameters<typeof operations.CreateDomainName>[0]

describe('CreateDomainName', () => {
  test('makes a regional domain name that is available at once', async () => {
    const domainName = newName()
    const input = { domainName, regionalCertificateArn, endpointConfiguration: regional, tags: { a: 'b' } }
    const domain = await operations.CreateDomainName(input, caller)
    const { regionalDomainName, ...rest } = json(domain)
    assert.match(regionalDomainName, /^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/)
    assert.deepEqual(rest, {
      domainName,
      domainNameArn: `arn:aws:apigateway:us-east-1::/domainnames/${domainName}`,
      regionalCertificateArn,
      regionalHostedZoneId: 'Z1UJRXOUMOOFQ8',
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
      domainNameStatus: 'AVAILABLE',
      securityPolicy: 'TLS_1_2',
      routingMode: 'BASE_PATH_MAPPING_ONLY',
      tags: { a: 'b' },
    })
    assert.deepEqual(await operations.GetDomainName({ domainName }, caller), domain)
  })

  test('makes an edge-optimized domain name, which takes a while', async () => {
    const domainName = newName()
    const domain = await operations.CreateDomainName({ domainName, certificateArn }, caller)
    assert.match(domain.distributionDomainName ?? '', /^d[a-z0-9]{13}\.cloudfront\.net$/)
    assert.deepEqual(
      [domain.distributionHostedZoneId, domain.domainNameStatus, domain.certificateUploadDate],
      ['Z2FDTNDATAQYW2', 'UPDATING', new Date(startMs)],
    )
    assert.equal(domain.regionalDomainName, undefined)
    fixture.wait(1000)
    assert.equal((await operations.GetDomainName({ domainName }, caller)).domainNameStatus, 'AVAILABLE')
  })

  test('makes private domain names, several of one name', async () => {
    const domainName = newName()
    const input = { domainName, certificateArn, endpointConfiguration: privately, policy: '{}' }
    const one = await operations.CreateDomainName(input, caller)
    const two = await operations.CreateDomainName(input, caller)
    const { domainNameId = '' } = one
    assert.notEqual(domainNameId, two.domainNameId)
    assert.equal(
      one.domainNameArn,
      `arn:aws:apigateway:us-east-1:123456789012:/domainnames/${domainName}+${domainNameId}`,
    )
    assert.deepEqual(one.endpointConfiguration, { types: ['PRIVATE'], ipAddressType: 'dualstack' })
    assert.deepEqual(await operations.GetDomainName({ domainName, domainNameId }, caller), one)
    await assert.rejects(operations.GetDomainName({ domainName }, caller), unknown)
  })

  test('takes a certificate with its key, and stores no key that can be read', async () => {
    const { certificate, privateKey } = await generateClientCertificate(new Date())
    const domainName = newName()
    const given = { domainName, certificateName: 'c', certificateBody: certificate, certificatePrivateKey: privateKey }
    const domain = await operations.CreateDomainName(given, caller)
    assert.ok(!JSON.stringify(domain).includes('CERTIFICATE'))
    const stored = await fixture.store.read((reader) => reader.get(domainNames, '123456789012/us-east-1', domainName))
    assert.equal(stored?.uploadedCertificate?.body, certificate)
    assert.ok(!JSON.stringify(stored).includes('PRIVATE KEY'))
    const other = await generateClientCertificate(new Date())
    await assert.rejects(
      operations.CreateDomainName({ ...given, domainName: newName(), certificatePrivateKey: other.privateKey }, caller),
      bad('The private key does not match the certificate.'),
    )
  })

  test('takes a regional certificate with its key, until one is given by its ARN', async () => {
    const { certificate, privateKey } = await generateClientCertificate(new Date())
    const domainName = newName()
    const given = { domainName, certificateBody: certificate, certificatePrivateKey: privateKey }
    const domain = await operations.CreateDomainName({ ...given, regionalCertificateName: 'c' }, caller)
    assert.deepEqual(domain.endpointConfiguration?.types, ['REGIONAL'])
    const replace = { op: 'replace' as const, path: '/regionalCertificateArn', value: regionalCertificateArn }
    await operations.UpdateDomainName({ domainName, patchOperations: [replace] }, caller)
    const stored = await fixture.store.read((reader) => reader.get(domainNames, '123456789012/us-east-1', domainName))
    assert.deepEqual([stored?.regionalCertificateArn, stored?.uploadedCertificate], [regionalCertificateArn, undefined])
    await assert.rejects(
      operations.CreateDomainName({ domainName: newName(), regionalCertificateName: 'c' }, caller),
      bad('A regionalCertificateArn must be specified for this endpoint type.'),
    )
  })

  test('accepts a wildcard, and mutual TLS', async () => {
    const mutualTlsAuthentication = { truststoreUri: 's3://bucket/store.pem', truststoreVersion: '1' }
    const domainName = `*.${newName()}`
    const domain = await operations.CreateDomainName(
      { domainName, regionalCertificateArn, mutualTlsAuthentication },
      caller,
    )
    assert.deepEqual(domain.endpointConfiguration?.types, ['REGIONAL'])
    assert.deepEqual(domain.mutualTlsAuthentication, mutualTlsAuthentication)
  })

  test('refuses a name that is taken in the region, by whatever account', async () => {
    const input = { domainName: newName(), certificateArn }
    await operations.CreateDomainName(input, caller)
    const taken = bad('The domain name you provided already exists.')
    await assert.rejects(operations.CreateDomainName(input, caller), taken)
    await assert.rejects(operations.CreateDomainName(input, { ...caller, account: '210987654321' }), taken)
    await operations.CreateDomainName(input, { ...caller, region: 'eu-west-1' })
    await operations.DeleteDomainName({ domainName: input.domainName }, caller)
    await operations.CreateDomainName(input, { ...caller, account: '210987654321' })
  })

  const elsewhere = certificateArn.replace('us-east-1', 'eu-west-1')
  const mutualTlsAuthentication = { truststoreUri: 's3://bucket/key' }
  const refusals: [string, Partial<Create>, string | RegExp][] = [
    ['an upper-case name', { domainName: 'API.example.com' }, 'Invalid domain name specified: API.example.com'],
    ['a single label', { domainName: 'localhost' }, 'Invalid domain name specified: localhost'],
    ['a star within', { domainName: 'a.*.example.com' }, 'Invalid domain name specified: a.*.example.com'],
    ['a name with a plus sign', { domainName: 'a+b.example.com' }, 'Invalid domain name specified: a+b.example.com'],
    ['no type', { endpointConfiguration: { types: [] } }, 'At least one endpoint type must be specified.'],
    [
      'two types',
      { endpointConfiguration: { types: ['EDGE', 'REGIONAL'] } },
      'Cannot create a domain name with multiple endpoint types.',
    ],
    [
      'a regional endpoint without its certificate',
      { endpointConfiguration: regional },
      'A regionalCertificateArn must be specified for this endpoint type.',
    ],
    [
      'an ARN of another service',
      { certificateArn: certificateArn.replace('acm', 'iam') },
      `Invalid certificate ARN: ${certificateArn.replace('acm', 'iam')}`,
    ],
    [
      'a certificate of another region',
      { certificateArn: elsewhere },
      `Invalid certificate ARN: ${elsewhere}. Certificate must be in 'us-east-1'.`,
    ],
    [
      'a private endpoint over IPv4',
      { endpointConfiguration: { ...privately, ipAddressType: 'ipv4' } },
      'Only dualstack ipAddressType is supported for private domain names.',
    ],
    [
      'VPC endpoints',
      { endpointConfiguration: { ...privately, vpcEndpointIds: ['vpce-1'] } },
      'VPC endpoints of a private domain name are set by domain name access associations.',
    ],
    ['a policy of a public one', { policy: '{}' }, 'Policies can be specified for private domain names only.'],
    ['a policy that is none', { endpointConfiguration: privately, policy: 'x' }, /^Invalid policy document/],
    ['mutual TLS at the edge', { mutualTlsAuthentication }, 'Mutual TLS is supported for regional domain names only.'],
    [
      'an old protocol under mutual TLS',
      { endpointConfiguration: regional, regionalCertificateArn, mutualTlsAuthentication, securityPolicy: 'TLS_1_0' },
      'Mutual TLS needs the TLS_1_2 security policy.',
    ],
    [
      'a trust store elsewhere',
      {
        endpointConfiguration: regional,
        regionalCertificateArn,
        mutualTlsAuthentication: { truststoreUri: 'https://x' },
      },
      'Invalid truststoreUri specified. Expected s3://bucket-name/key-name',
    ],
    [
      'a proof of ownership for nothing',
      { ownershipVerificationCertificateArn: certificateArn },
      'An ownershipVerificationCertificateArn needs mutual TLS.',
    ],
    ['a strict mode with an old policy', { endpointAccessMode: 'STRICT' }, /^The STRICT endpointAccessMode/],
    ['half an uploaded certificate', { certificateBody: 'x' }, /must be specified together\.$/],
    [
      'an uploaded certificate that is none',
      { certificateName: 'c', certificateBody: 'x', certificatePrivateKey: 'y' },
      /^Unable to parse/,
    ],
  ]
  for (const [name, settings, message] of refusals) {
    test(`refuses ${name}`, () =>
      assert.rejects(operations.CreateDomainName({ domainName: newName(), certificateArn, ...settings }, caller), {
        code: 'BadRequestException',
        message,
      }))
  }

  test('refuses an edge-optimized endpoint without a certificate', () =>
    assert.rejects(
      operations.CreateDomainName({ domainName: newName(), endpointConfiguration: edge }, caller),
      bad('A certificateArn must be specified for this endpoint type.'),
    ))

  test('refuses a 121st public and a 51st private one', async () => {
    const paris = { ...caller, region: 'eu-west-3' }
    const arn = certificateArn.replace('us-east-1', 'eu-west-3')
    const create = (settings: object) => operations.CreateDomainName({ domainName: newName(), ...settings }, paris)
    const aPublic = { regionalCertificateArn: arn, endpointConfiguration: regional }
    const aPrivate = { certificateArn: arn, endpointConfiguration: privately }
    for (let count = 0; count < 120; count++) await create(aPublic)
    for (let count = 0; count < 50; count++) await create(aPrivate)
    await assert.rejects(create(aPublic), { code: 'LimitExceededException' })
    await assert.rejects(create(aPrivate), { code: 'LimitExceededException' })
    const first = await operations.GetDomainNames({ limit: 100 }, paris)
    const second = await operations.GetDomainNames({ limit: 100, position: first.position ?? '' }, paris)
    assert.deepEqual([first.items?.length, second.items?.length, second.position], [100, 70, undefined])
    assert.deepEqual((await operations.GetDomainNames({ resourceOwner: 'OTHER_ACCOUNTS' }, paris)).items, [])
  })
})

describe('UpdateDomainName', () => {
  const replace = (path: string, value?: string): Patch => ({
    op: 'replace',
    path,
    ...(value !== undefined && { value }),
  })
  const otherArn = certificateArn.replace('c-1', 'c-2')

  async function changed(input: Omit<Create, 'domainName'>, ...patchOperations: Patch[]) {
    const domainName = newName()
    const { domainNameId } = await operations.CreateDomainName({ domainName, ...input }, caller)
    const ids = { domainName, ...(domainNameId !== undefined && { domainNameId }) }
    const updated = await operations.UpdateDomainName({ ...ids, patchOperations }, caller)
    assert.deepEqual(await operations.GetDomainName(ids, caller), updated)
    return updated
  }
  const aRegional = { regionalCertificateArn, endpointConfiguration: regional }
  const aPrivate = { certificateArn, endpointConfiguration: privately }

  for (const [name, input, patches, expected] of [
    ['the certificate', { certificateArn }, [replace('/certificateArn', otherArn)], { certificateArn: otherArn }],
    ['names', { certificateArn }, [replace('/certificateName', 'n')], { certificateName: 'n' }],
    [
      'the regional certificate',
      aRegional,
      [replace('/regionalCertificateArn', otherArn)],
      { regionalCertificateArn: otherArn },
    ],
    ['the regional name', aRegional, [replace('/regionalCertificateName', 'n')], { regionalCertificateName: 'n' }],
    ['the security policy', aRegional, [replace('/securityPolicy', 'TLS_1_0')], { securityPolicy: 'TLS_1_0' }],
    [
      'the access mode',
      aRegional,
      [replace('/endpointAccessMode', 'STRICT'), replace('/securityPolicy', 'SecurityPolicy_TLS13_1_3_2025_09')],
      { endpointAccessMode: 'STRICT', securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' },
    ],
    [
      'the routing mode',
      aRegional,
      [replace('/routingMode', 'ROUTING_RULE_ONLY')],
      { routingMode: 'ROUTING_RULE_ONLY' },
    ],
    [
      'the IP addresses',
      aRegional,
      [replace('/endpointConfiguration/ipAddressType', 'dualstack')],
      { endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' } },
    ],
    [
      'mutual TLS',
      aRegional,
      [
        replace('/mutualTlsAuthentication/truststoreUri', 's3://b/k'),
        replace('/mutualTlsAuthentication/truststoreVersion', '2'),
        replace('/ownershipVerificationCertificateArn', otherArn),
      ],
      {
        mutualTlsAuthentication: { truststoreUri: 's3://b/k', truststoreVersion: '2' },
        ownershipVerificationCertificateArn: otherArn,
      },
    ],
    [
      'mutual TLS off',
      { ...aRegional, mutualTlsAuthentication: { truststoreUri: 's3://b/k' } },
      [replace('/mutualTlsAuthentication/truststoreUri', '')],
      { mutualTlsAuthentication: undefined },
    ],
    [
      'the policies of a private one',
      aPrivate,
      [replace('/policy', '{"a":1}'), replace('/managementPolicy', '{"b":2}')],
      { policy: '{"a":1}', managementPolicy: '{"b":2}' },
    ],
  ] satisfies [string, Omit<Create, 'domainName'>, Patch[], object][]) {
    test(`changes ${name}`, async () => {
      const updated = await changed(input, ...patches)
      for (const [member, value] of Object.entries(expected)) assert.deepEqual(Reflect.get(updated, member), value)
    })
  }

  test('moves a domain name from the edge to the region, with or without a time at both', async () => {
    const certificate: Patch = { op: 'add', path: '/regionalCertificateArn', value: regionalCertificateArn }
    const add: Patch = { op: 'add', path: '/endpointConfiguration/types', value: 'REGIONAL' }
    const both = await changed({ certificateArn }, certificate, add)
    assert.deepEqual(both.endpointConfiguration?.types, ['EDGE', 'REGIONAL'])
    assert.ok(both.distributionDomainName && both.regionalDomainName)
    const moved = await changed({ certificateArn }, certificate, add, {
      op: 'remove',
      path: '/endpointConfiguration/types/EDGE',
    })
    assert.deepEqual(moved.endpointConfiguration?.types, ['REGIONAL'])
    assert.deepEqual([moved.distributionDomainName, moved.domainNameStatus], [undefined, 'AVAILABLE'])
    const at = await changed({ certificateArn }, certificate, replace('/endpointConfiguration/types/0', 'REGIONAL'))
    assert.deepEqual(at.endpointConfiguration?.types, ['REGIONAL'])
  })

  for (const [patch, message] of [
    [replace('/domainName', 'x'), /^Invalid patch path {2}'\/domainName' specified for op 'replace'. Must be one of: /],
    [replace('/endpointConfiguration/types/EDGE', 'PRIVATE'), /cannot be changed from public to private/],
    [replace('/endpointConfiguration/types/EDGE', 'REGIONAL'), /^A regionalCertificateArn must be specified/],
    [replace('/endpointConfiguration/types/EDGE', 'x'), /^Invalid EndpointTypes specified/],
    [{ op: 'remove', path: '/endpointConfiguration/types/EDGE' }, /^At least one endpoint type/],
    [replace('/securityPolicy', 'TLS_9'), /^Invalid securityPolicy specified/],
    [replace('/certificateArn', ''), /^A certificateArn must be specified/],
    [replace('/policy', '{}'), /^Policies can be specified for private domain names only/],
  ] satisfies [Patch, RegExp][]) {
    test(`refuses ${patch.op} ${patch.path} ${patch.value}`, () =>
      assert.rejects(changed({ certificateArn }, patch), { code: 'BadRequestException', message }))
  }

  test('refuses an unknown domain name, as delete does', async () => {
    await assert.rejects(operations.UpdateDomainName({ domainName: 'x.test' }, caller), unknown)
    await assert.rejects(operations.DeleteDomainName({ domainName: 'x.test' }, caller), unknown)
  })
})
