import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixtureV2 } from '../fixture.ts'

const fixture = await openFixtureV2()
const { caller, rest, operations } = fixture
after(fixture.close)

let drawn = 0
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/c-1'
const bad = (message: string | RegExp) => ({ code: 'BadRequestException', message })
type Create = Parameters<typeof operations.CreateRoutingRule>[0]

async function newDomain(settings: object = { regionalCertificateArn: certificateArn }) {
  const { domainName = '', domainNameId } = await rest.CreateDomainName(
    { domainName: `ruled${drawn++}.example.com`, ...settings },
    caller,
  )
  return { DomainName: domainName, ...(domainNameId !== undefined && { DomainNameId: domainNameId }) }
}

async function newApi(): Promise<string> {
  const api = await fixture.createApi()
  await api.integrate(await api.createMethod())
  await api.deploy('dev')
  return api.restApiId
}

const header = (Header: string, ValueGlob: string) => ({ MatchHeaders: { AnyOf: [{ Header, ValueGlob }] } })
const basePath = (...AnyOf: string[]) => ({ MatchBasePaths: { AnyOf } })

describe('Routing rules', () => {
  test('are made, listed in the order of their priorities, replaced and deleted', async () => {
    const domain = await newDomain()
    const ApiId = await newApi()
    const draft = {
      Priority: 20,
      Conditions: [header('x-version', 'beta*'), header('X-Tenant', '*'), basePath('orders/v1')],
      Actions: [{ InvokeApi: { ApiId, Stage: 'dev', StripBasePath: true } }],
    }
    const rule = await operations.CreateRoutingRule({ ...domain, ...draft }, caller)
    const { RoutingRuleId = '', RoutingRuleArn } = rule
    assert.equal(
      RoutingRuleArn,
      `arn:aws:apigateway:us-east-1:123456789012:/domainnames/${domain.DomainName}/routingrules/${RoutingRuleId}`,
    )
    assert.deepEqual(rule, { ...draft, RoutingRuleId, RoutingRuleArn })
    const ids = { ...domain, RoutingRuleId }
    assert.deepEqual(await operations.GetRoutingRule(ids, caller), rule)
    const plain = { Conditions: [], Actions: [{ InvokeApi: { ApiId, Stage: 'dev' } }] }
    await operations.CreateRoutingRule({ ...domain, ...plain, Priority: 100 }, caller)
    await operations.CreateRoutingRule({ ...domain, ...plain, Priority: 3 }, caller)
    const prioritiesIn = ({ RoutingRules = [] }: Awaited<ReturnType<typeof operations.ListRoutingRules>>) =>
      RoutingRules.map(({ Priority }) => Priority)
    assert.deepEqual(prioritiesIn(await operations.ListRoutingRules(domain, caller)), [3, 20, 100])
    const first = await operations.ListRoutingRules({ ...domain, MaxResults: 2 }, caller)
    const second = await operations.ListRoutingRules({ ...domain, NextToken: first.NextToken ?? '' }, caller)
    assert.deepEqual([prioritiesIn(first), prioritiesIn(second), second.NextToken], [[3, 20], [100], undefined])
    const replaced = await operations.PutRoutingRule({ ...ids, ...plain, Priority: 20 }, caller)
    assert.deepEqual(replaced, { ...plain, Priority: 20, RoutingRuleId, RoutingRuleArn })
    await assert.rejects(operations.PutRoutingRule({ ...ids, ...plain, Priority: 3 }, caller), {
      code: 'ConflictException',
      message: 'A routing rule with priority 3 already exists for this domain name.',
    })
    await operations.DeleteRoutingRule(ids, caller)
    const unknown = { code: 'NotFoundException', message: `Invalid RoutingRule identifier specified ${RoutingRuleId}` }
    await assert.rejects(operations.GetRoutingRule(ids, caller), unknown)
    await assert.rejects(operations.DeleteRoutingRule(ids, caller), unknown)
    await assert.rejects(operations.PutRoutingRule({ ...ids, ...plain, Priority: 5 }, caller), unknown)
  })

  test('of a private domain name lead to private APIs', async () => {
    const domain = await newDomain({ certificateArn, endpointConfiguration: { types: ['PRIVATE'] } })
    const invoke = (ApiId: string) => ({
      ...domain,
      Priority: 1,
      Conditions: [],
      Actions: [{ InvokeApi: { ApiId, Stage: 'dev' } }],
    })
    await assert.rejects(operations.CreateRoutingRule(invoke(await newApi()), caller), bad(/^Private APIs can be/))
    const { DomainName } = domain
    await assert.rejects(operations.ListRoutingRules({ DomainName }, caller), { code: 'NotFoundException' })
  })

  test('are fifty at most', async () => {
    const domain = await newDomain()
    const rule = { Conditions: [], Actions: [{ InvokeApi: { ApiId: await newApi(), Stage: 'dev' } }] }
    for (let Priority = 1; Priority <= 50; Priority++) {
      await operations.CreateRoutingRule({ ...domain, ...rule, Priority }, caller)
    }
    await assert.rejects(
      operations.CreateRoutingRule({ ...domain, ...rule, Priority: 51 }, caller),
      bad('A domain name can have 50 routing rules at most.'),
    )
  })

  test('keep their API from being deleted', async () => {
    const domain = await newDomain()
    const ApiId = await newApi()
    const rule = { Priority: 1, Conditions: [], Actions: [{ InvokeApi: { ApiId, Stage: 'dev' } }] }
    const { RoutingRuleId = '' } = await operations.CreateRoutingRule({ ...domain, ...rule }, caller)
    await assert.rejects(rest.DeleteRestApi({ restApiId: ApiId }, caller), bad(/^Deleting RestApi .+ failed/))
    await operations.DeleteRoutingRule({ ...domain, RoutingRuleId }, caller)
    await rest.DeleteRestApi({ restApiId: ApiId }, caller)
  })

  const anyHeader = (header: string) => [{ MatchHeaders: { AnyOf: [{ Header: header, ValueGlob: 'a' }] } }]
  const anyGlob = (ValueGlob: string) => [header('x-a', ValueGlob)]
  const invoke = { InvokeApi: { ApiId: 'x', Stage: 'dev' } }
  const invalidGlob = /^Invalid header value specified/
  for (const [name, settings, message] of [
    ['no action', { Actions: [] }, 'A routing rule must specify exactly one action.'],
    ['two actions', { Actions: [invoke, invoke] }, 'A routing rule must specify exactly one action.'],
    ['a condition about nothing', { Conditions: [{}] }, /^Each condition of a routing rule must specify either/],
    ['a condition about both', { Conditions: [{ ...header('x-a', 'b'), ...basePath('c') }] }, /^Each condition/],
    ['a condition with no base path', { Conditions: [basePath()] }, /^Each condition/],
    ['two base paths', { Conditions: [basePath('a', 'b')] }, 'A routing rule can match one base path at most.'],
    [
      'three headers',
      { Conditions: [header('x-a', 'b'), header('x-c', 'd'), header('x-e', 'f')] },
      'A routing rule can match 2 headers at most.',
    ],
    ['a base path with a backslash', { Conditions: [basePath('a\\b')] }, /^Invalid base path specified/],
    ['a base path of 128 characters', { Conditions: [basePath('a'.repeat(128))] }, /^Invalid base path specified/],
    ['a header of 40 characters', { Conditions: anyHeader('a'.repeat(40)) }, /^Invalid header specified/],
    ['a header with a space', { Conditions: anyHeader('a b') }, /^Invalid header specified/],
    ['a reserved header', { Conditions: anyHeader('Authorization') }, /is not supported in routing rule conditions\.$/],
    ['a reserved prefix', { Conditions: anyHeader('X-Amz-Date') }, /is not supported in routing rule conditions\.$/],
    ['a star in the middle', { Conditions: anyGlob('a*b') }, invalidGlob],
    ['a value of 128 characters', { Conditions: anyGlob('a'.repeat(128)) }, invalidGlob],
    ['a star at both ends of 41 characters', { Conditions: anyGlob(`*${'a'.repeat(39)}*`) }, invalidGlob],
    ['two stars alone', { Conditions: anyGlob('**') }, invalidGlob],
    ['an empty value', { Conditions: anyGlob('') }, invalidGlob],
    [
      'stripping no base path',
      { Actions: [{ InvokeApi: { ApiId: 'x', Stage: 'dev', StripBasePath: true } }] },
      'stripBasePath can only be true for a routing rule with a matchBasePaths condition.',
    ],
    ['an unknown stage', {}, 'Invalid stage identifier specified'],
  ] satisfies [string, Partial<Create>, string | RegExp][]) {
    test(`are refused for ${name}`, async () => {
      const Actions = [{ InvokeApi: { ApiId: await newApi(), Stage: 'x' } }]
      const rule = { ...(await newDomain()), Priority: 1, Conditions: [], Actions, ...settings }
      await assert.rejects(operations.CreateRoutingRule(rule, caller), bad(message))
    })
  }

  test('are refused for unknown APIs and domain names, and at the edge', async () => {
    const rule = { Priority: 1, Conditions: anyGlob('*infix*'), Actions: [invoke] }
    await assert.rejects(operations.CreateRoutingRule({ DomainName: 'x.test', ...rule }, caller), {
      code: 'NotFoundException',
      message: 'The domain name resource specified in the request was not found.',
    })
    await assert.rejects(operations.CreateRoutingRule({ ...(await newDomain()), ...rule }, caller), {
      code: 'NotFoundException',
      message: 'Invalid API identifier specified x',
    })
    await assert.rejects(
      operations.CreateRoutingRule({ ...(await newDomain({ certificateArn })), ...rule }, caller),
      bad('Routing rules are not supported for edge-optimized domain names.'),
    )
  })
})
