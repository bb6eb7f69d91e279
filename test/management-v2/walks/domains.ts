import assert from 'node:assert/strict'
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { required } from '../../management/client.ts'

const CertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555'

/** What routing rules lead to: a stage of a REST API. */
export interface RestTarget {
  readonly ApiId: string
  readonly Stage: string
}

/** Domain names, and what they lead to. */
export async function walkDomains(api: ApiGatewayV2, rest: RestTarget): Promise<void> {
  const domain = { DomainName: 'v2.example.com' }
  const created = await api.createDomainName({
    ...domain,
    DomainNameConfigurations: [{ CertificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
    RoutingMode: 'ROUTING_RULE_THEN_API_MAPPING',
  })
  assert.equal(created.$metadata.httpStatusCode, 201)
  assert.match(required(created.DomainNameConfigurations?.[0]?.ApiGatewayDomainName), /^d-[a-z0-9]{10}\.execute-api\./)
  await api.updateDomainName({
    ...domain,
    MutualTlsAuthentication: { TruststoreUri: 's3://bucket/store.pem', TruststoreVersion: '1' },
  })
  assert.equal((await api.getDomainName(domain)).MutualTlsAuthentication?.TruststoreVersion, '1')
  assert.deepEqual(
    (await api.getDomainNames({})).Items?.map(({ DomainName }) => DomainName),
    ['v2.example.com'],
  )
  await walkRoutingRules(api, domain, rest)
  await walkMappings(api, domain)
  const { $metadata } = await api.deleteDomainName(domain)
  assert.equal($metadata.httpStatusCode, 204)
  await assert.rejects(api.getDomainName(domain), {
    name: 'NotFoundException',
    message: 'The domain name resource specified in the request was not found.',
  })
}

async function walkMappings(api: ApiGatewayV2, domain: { DomainName: string }): Promise<void> {
  const { ApiId } = await api.createApi({ Name: 'mapped', ProtocolType: 'HTTP', Target: 'https://example.com' })
  const created = await api.createApiMapping({ ...domain, ApiId, Stage: '$default', ApiMappingKey: 'v1/orders' })
  const mapping = { ...domain, ApiMappingId: created.ApiMappingId }
  await api.updateApiMapping({ ...mapping, ApiId, ApiMappingKey: 'v2/orders' })
  const { $metadata: _, ...shown } = await api.getApiMapping(mapping)
  assert.deepEqual(shown, {
    ApiId,
    ApiMappingId: created.ApiMappingId,
    ApiMappingKey: 'v2/orders',
    Stage: '$default',
  })
  assert.deepEqual((await api.getApiMappings(domain)).Items, [shown])
  await assert.rejects(api.deleteApi({ ApiId }), { name: 'BadRequestException' })
  await api.deleteApiMapping(mapping)
  await assert.rejects(api.getApiMapping(mapping), {
    message: 'The api mapping resource specified in the request was not found.',
  })
  await api.deleteApi({ ApiId })
}

async function walkRoutingRules(
  api: ApiGatewayV2,
  domain: { DomainName: string },
  InvokeApi: RestTarget,
): Promise<void> {
  const draft = {
    ...domain,
    Priority: 10,
    Conditions: [{ MatchHeaders: { AnyOf: [{ Header: 'x-version', ValueGlob: 'beta*' }] } }],
    Actions: [{ InvokeApi }],
  }
  const created = await api.createRoutingRule(draft)
  const rule = { ...domain, RoutingRuleId: created.RoutingRuleId }
  assert.match(required(created.RoutingRuleArn), /:\/domainnames\/v2\.example\.com\/routingrules\/[a-z0-9]+$/)
  await api.putRoutingRule({ ...draft, ...rule, Priority: 20, Conditions: [{ MatchBasePaths: { AnyOf: ['beta'] } }] })
  const { Priority, Conditions } = await api.getRoutingRule(rule)
  assert.deepEqual([Priority, Conditions], [20, [{ MatchBasePaths: { AnyOf: ['beta'] } }]])
  assert.equal((await api.listRoutingRules({ ...domain, MaxResults: 5 })).RoutingRules?.length, 1)
  await api.deleteRoutingRule(rule)
  await assert.rejects(api.getRoutingRule(rule), { name: 'NotFoundException' })
}
