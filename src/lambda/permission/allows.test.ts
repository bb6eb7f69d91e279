import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PolicyStatement } from '../../snapshot/function.ts'
import { allows, type ServiceRequest } from './allows.ts'

const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:pets'
const sourceArn = 'arn:aws:execute-api:us-east-1:123456789012:abc123/dev/GET/pets/*'

function statement(changes: Partial<PolicyStatement> = {}): PolicyStatement {
  return {
    Sid: 's',
    Effect: 'Allow',
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: functionArn,
    ...changes,
  }
}

function source(pattern: string): PolicyStatement {
  return statement({ Condition: { ArnLike: { 'AWS:SourceArn': pattern } } })
}

const request: ServiceRequest = {
  principal: 'apigateway.amazonaws.com',
  action: 'lambda:InvokeFunction',
  resource: functionArn,
  sourceArn,
  sourceAccount: '123456789012',
}

const account = (value: string) => ({ StringEquals: { 'AWS:SourceAccount': value } })
const api = 'arn:aws:execute-api:us-east-1:123456789012:abc123'

describe('allows', () => {
  const allowed: [string, PolicyStatement][] = [
    ['a service without a condition', statement()],
    ['any principal', statement({ Principal: '*' })],
    ['any Lambda action', statement({ Action: 'lambda:*' })],
    ['any action', statement({ Action: '*' })],
    ['an action in other case', statement({ Action: 'lambda:invokefunction' })],
    ['exactly this source', source(sourceArn)],
    ['a wildcard that crosses slashes', source(`${api}/*`)],
    ['a wildcard for each part', source(`${api}/*/*/*`)],
    ['a question mark', source(`${api}/de?/GET/pets/*`)],
    ['any account in the source', source('arn:aws:execute-api:us-east-1:*:abc123/*')],
    ['the source account', statement({ Condition: account('123456789012') })],
    ['a key in other case', statement({ Condition: { ArnLike: { 'aws:sourcearn': `${api}/*` } } })],
    [
      'both conditions',
      statement({ Condition: { ...account('123456789012'), ArnLike: { 'AWS:SourceArn': `${api}/*` } } }),
    ],
  ]
  for (const [name, policy] of allowed) {
    test(`accepts ${name}`, () => assert.equal(allows([policy], request), true))
  }

  const refused: [string, PolicyStatement][] = [
    ['another service', statement({ Principal: { Service: 'events.amazonaws.com' } })],
    ['an account as principal', statement({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } })],
    ['a service named as a plain string', statement({ Principal: 'apigateway.amazonaws.com' })],
    ['another action', statement({ Action: 'lambda:GetFunction' })],
    ['another function', statement({ Resource: `${functionArn}2` })],
    ['another qualifier', statement({ Resource: `${functionArn}:prod` })],
    ['another API', source('arn:aws:execute-api:us-east-1:123456789012:other/*')],
    ['another stage', source(`${api}/prod/*`)],
    ['another verb', source(`${api}/*/POST/*`)],
    ['another path', source(`${api}/*/GET/orders`)],
    ['a pattern in other case', source(`${api}/DEV/*`)],
    ['a wildcard that would have to cross components', source('arn:aws:execute-api:*abc123/*')],
    ['a bare wildcard', source('*')],
    ['another account', statement({ Condition: account('999999999999') })],
    [
      'one of two conditions that fails',
      statement({ Condition: { ...account('999999999999'), ArnLike: { 'AWS:SourceArn': `${api}/*` } } }),
    ],
    ['an unknown operator', statement({ Condition: { StringLike: { 'AWS:SourceArn': '*' } } })],
    ['an unknown key', statement({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } })],
    ['an operator named as an object member', statement({ Condition: { constructor: { 'AWS:SourceArn': '*' } } })],
  ]
  for (const [name, policy] of refused) {
    test(`refuses ${name}`, () => assert.equal(allows([policy], request), false))
  }

  test('refuses when there is no statement', () => assert.equal(allows([], request), false))

  test('refuses a condition on a source that the request does not name', () => {
    const { principal, action, resource } = request
    assert.equal(allows([source('arn:*:*:*:*:*')], { principal, action, resource }), false)
    assert.equal(allows([statement({ Condition: account('*') })], { principal, action, resource }), false)
  })

  test('needs one statement that allows', () => {
    assert.equal(allows([source(`${api}/prod/*`), source(`${api}/dev/*`)], request), true)
  })

  test('is quick for a pattern made of wildcards', () => {
    assert.equal(
      allows([source(`${api}/${'*a'.repeat(500)}`)], { ...request, sourceArn: `${api}/${'a'.repeat(5000)}b` }),
      false,
    )
  })
})
