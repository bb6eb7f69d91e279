import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compilePolicy } from '../../../policy/policy.ts'
import type { RestAuthorizer } from '../../../snapshot/authorizer.ts'
import { deployed, invocation } from '../../fixtures.ts'
import { checkResourcePolicy } from './check-resource-policy.ts'
import { resourcePolicyOf } from './resource-policy-of.ts'

const api = 'arn:aws:execute-api:us-east-1:123456789012:abc123'
const reply = { status: 200, headers: [], body: '' }
const pool: RestAuthorizer = {
  type: 'COGNITO_USER_POOLS',
  authorizerId: 'a1',
  providerArns: [],
  identitySource: 'method.request.header.Authorization',
  scopes: [],
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Resource?: string
  readonly Principal?: unknown
  readonly Condition?: object
}

function call(statements: readonly Statement[], authorizer?: RestAuthorizer, headers: readonly string[] = []) {
  const written = statements.map((one) => ({
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource: `${api}/*`,
    ...one,
  }))
  const policy = compilePolicy(JSON.stringify({ Version: '2012-10-17', Statement: written }), 'resource')
  const place = deployed({})
  const method = { ...place, method: { ...place.method, ...(authorizer && { authorizer }) } }
  return checkResourcePolicy(policy)(method, () => reply)(invocation({ headers }))
}

const from = (range: string) => ({ IpAddress: { 'aws:SourceIp': range } })

describe('a resource policy', () => {
  for (const authorizer of [undefined, pool]) {
    const type = authorizer?.type ?? 'NONE'
    const allowed: [string, Statement[]][] = [
      ['everybody', [{ Effect: 'Allow' }]],
      ['this method', [{ Effect: 'Allow', Resource: `${api}/dev/GET/pets/*` }]],
      ['this address', [{ Effect: 'Allow', Condition: from('203.0.113.0/24') }]],
      [
        'everybody but others',
        [{ Effect: 'Allow' }, { Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.9' } } }],
      ],
    ]
    for (const [name, statements] of allowed) {
      test(`of a method with ${type} lets in ${name}`, () => assert.equal(call(statements, authorizer), reply))
    }

    const silent = 'because no resource-based policy allows the execute-api:Invoke action'
    const refused: [string, Statement[], string][] = [
      ['another method', [{ Effect: 'Allow', Resource: `${api}/dev/POST/*` }], silent],
      ['another stage', [{ Effect: 'Allow', Resource: `${api}/prod/*` }], silent],
      ['another address', [{ Effect: 'Allow', Condition: from('198.51.100.0/24') }], silent],
      [
        'a user who did not sign',
        [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:user/a' } }],
        silent,
      ],
      ['a VPC endpoint', [{ Effect: 'Allow', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }], silent],
      ['whom it denies', [{ Effect: 'Allow' }, { Effect: 'Deny' }], 'with an explicit deny in a resource-based policy'],
    ]
    for (const [name, statements, why] of refused) {
      test(`of a method with ${type} refuses ${name}`, () =>
        assert.throws(() => call(statements, authorizer), {
          type: 'ACCESS_DENIED',
          message:
            'User: anonymous is not authorized to perform: execute-api:Invoke on resource: ' +
            `arn:aws:execute-api:us-east-1:********9012:abc123/dev/GET/pets/1 ${why}`,
        }))
    }
  }

  test('knows the browser and the page', () => {
    const Condition = { StringLike: { 'aws:UserAgent': 'Mozilla/*', 'aws:Referer': 'https://example.com/*' } }
    const headers = ['User-Agent', 'Mozilla/5.0', 'Referer', 'https://example.com/pets']
    assert.equal(call([{ Effect: 'Allow', Condition }], undefined, headers), reply)
    assert.throws(() => call([{ Effect: 'Allow', Condition }]), { type: 'ACCESS_DENIED' })
  })

  test('is judged together with the caller where callers sign', () => {
    assert.equal(call([], { type: 'AWS_IAM' }), reply)
  })

  test('costs nothing where there is none', () => {
    const next = () => reply
    assert.equal(checkResourcePolicy(undefined)(deployed({}), next), next)
  })

  test('that is none allows nobody', () => {
    const { stage } = deployed({})
    const policy = resourcePolicyOf({ ...stage.api, policy: '{}' })
    assert.throws(() => checkResourcePolicy(policy)(deployed({}), () => reply)(invocation()), { type: 'ACCESS_DENIED' })
    assert.equal(resourcePolicyOf(stage.api), undefined)
  })
})
