import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { OwnVerdict } from '../../policy/authorize.ts'
import type { PolicyStatement } from '../../snapshot/function.ts'
import { callerPolicy, requireCaller } from './require-caller.ts'

const resource = 'arn:aws:lambda:us-east-1:123456789012:function:f'
const session = 'arn:aws:sts::123456789012:assumed-role/r/s'
const role = 'arn:aws:iam::123456789012:role/r'

function statement(Principal: PolicyStatement['Principal'], changes: Partial<PolicyStatement> = {}): PolicyStatement {
  return { Sid: 's', Effect: 'Allow', Principal, Action: 'lambda:InvokeFunction', Resource: resource, ...changes }
}

const allowing: OwnVerdict = { silent: [] }
const silent: OwnVerdict = { silent: ['identity-based policy'] }
const denying: OwnVerdict = { denying: 'identity-based policy', silent: [] }
const bounded: OwnVerdict = { silent: ['identity-based policy', 'permissions boundary'] }
const byRole = statement({ AWS: role })
const root = 'arn:aws:iam::123456789012:root'

const because = (by: string) => `because no ${by} allows the lambda:InvokeFunction action`
const outcomes: [name: string, account: string, own: OwnVerdict, statements: PolicyStatement[], refusal?: string][] = [
  ['whose own policies allow it', '123456789012', allowing, []],
  ['whose own policies say nothing', '123456789012', silent, [], because('identity-based policy')],
  [
    'whose own policies deny it',
    '123456789012',
    denying,
    [byRole],
    'with an explicit deny in an identity-based policy',
  ],
  ["whose role the function's policy names", '123456789012', silent, [byRole]],
  ['whose role it names beyond a boundary', '123456789012', bounded, [byRole], because('identity-based policy')],
  ['of an account that it names', '123456789012', silent, [statement({ AWS: root })], because('identity-based policy')],
  ['while it lets in everybody', '123456789012', silent, [statement('*')]],
  [
    'while it names another function',
    '123456789012',
    silent,
    [statement('*', { Resource: `${resource}:1` })],
    because('identity-based policy'),
  ],
  [
    'while it lets in a service',
    '123456789012',
    silent,
    [statement({ Service: 's3.amazonaws.com' })],
    because('identity-based policy'),
  ],
  [
    'while it lets in who comes from elsewhere',
    '123456789012',
    silent,
    [statement('*', { Condition: { StringEquals: { 'AWS:SourceAccount': '123456789012' } } })],
    because('identity-based policy'),
  ],
  [
    'while it has a statement that is none',
    '123456789012',
    silent,
    [statement({ AWS: 'x' })],
    because('identity-based policy'),
  ],
  ['of another account', '210987654321', allowing, [], because('resource-based policy')],
  ['of another account, which it names', '210987654321', allowing, [statement({ AWS: '210987654321' })]],
  [
    'of another account, which allows nothing',
    '210987654321',
    silent,
    [statement('*')],
    because('identity-based policy'),
  ],
]

describe('a function is invoked by somebody', () => {
  for (const [name, account, own, statements, refusal] of outcomes) {
    const names = [session, role].map((arn) => arn.replace('123456789012', account))
    const caller = { principal: { type: 'AWS', account, names } as const, own }
    test(`${refusal ? 'never: one ' : ''}${name}`, () => {
      const invoke = () => requireCaller(caller, resource, callerPolicy(statements))
      if (refusal === undefined) invoke()
      else {
        assert.throws(invoke, {
          code: 'AccessDeniedException',
          status: 403,
          message: `User: ${names[0]} is not authorized to perform: lambda:InvokeFunction on resource: ${resource} ${refusal}`,
        })
      }
    })
  }

  test('whose own policies have to allow it where the function has no policy that is known', () => {
    const principal = { type: 'AWS', account: '123456789012', names: [session, role] } as const
    requireCaller({ principal, own: allowing }, resource)
    assert.throws(() => requireCaller({ principal, own: silent }, resource), { code: 'AccessDeniedException' })
  })
})
