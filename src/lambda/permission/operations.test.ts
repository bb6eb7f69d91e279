import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { arn, caller, elsewhere, startService } from '../service.fixture.ts'

const permission = { FunctionName: 'hello', StatementId: 's', Action: 'lambda:InvokeFunction' }
const service = { ...permission, Principal: 'apigateway.amazonaws.com' }
const api = 'arn:aws:execute-api:us-east-1:123456789012:abc'

/** A function with version 1 and its alias `live`. */
async function startWithAlias(t: TestContext) {
  const started = await startService(t)
  await started.create('hello', { Publish: true })
  await started.lambda.CreateAlias({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' }, caller)
  return started
}

describe('AddPermission', () => {
  const head = (principal: string, resource = arn('hello')) =>
    `{"Sid":"s","Effect":"Allow","Principal":${principal},"Action":"lambda:InvokeFunction","Resource":"${resource}"`
  const gateway = '{"Service":"apigateway.amazonaws.com"}'

  const rendered: [string, object, string][] = [
    ['a service', {}, `${head(gateway)}}`],
    [
      'a source',
      { SourceArn: `${api}/*/GET/x` },
      `${head(gateway)},"Condition":{"ArnLike":{"AWS:SourceArn":"${api}/*/GET/x"}}}`,
    ],
    [
      'a source and its account',
      { SourceArn: `${api}/*`, SourceAccount: '123456789012' },
      `${head(gateway)},"Condition":{"StringEquals":{"AWS:SourceAccount":"123456789012"},` +
        `"ArnLike":{"AWS:SourceArn":"${api}/*"}}}`,
    ],
    ['an account', { Principal: '999999999999' }, `${head('{"AWS":"arn:aws:iam::999999999999:root"}')}}`],
    [
      'a role',
      { Principal: 'arn:aws:iam::999999999999:role/a' },
      `${head('{"AWS":"arn:aws:iam::999999999999:role/a"}')}}`,
    ],
    ['anybody', { Principal: '*' }, `${head('"*"')}}`],
    [
      'an organization',
      { Principal: '*', PrincipalOrgID: 'o-1234567890' },
      `${head('"*"')},"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}}}`,
    ],
    [
      'a function URL',
      { Principal: '*', FunctionUrlAuthType: 'NONE' },
      `${head('"*"')},"Condition":{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}}}`,
    ],
    ['an alias', { Qualifier: 'live' }, `${head(gateway, arn('hello:live'))}}`],
    ['a version', { FunctionName: 'hello:1' }, `${head(gateway, arn('hello:1'))}}`],
  ]
  for (const [name, changes, statement] of rendered) {
    test(`renders ${name}`, async (t) => {
      const { lambda } = await startWithAlias(t)
      const { Statement } = await lambda.AddPermission({ ...service, ...changes }, caller)
      assert.equal(Statement, statement)
    })
  }

  test('renews the revision of what it belongs to only', async (t) => {
    const { lambda } = await startWithAlias(t)
    const revisions = async () => [
      (await lambda.GetFunctionConfiguration({ FunctionName: 'hello' }, caller)).RevisionId,
      (await lambda.GetFunctionConfiguration({ FunctionName: 'hello', Qualifier: '1' }, caller)).RevisionId,
      (await lambda.GetAlias({ FunctionName: 'hello', Name: 'live' }, caller)).RevisionId,
    ]
    for (const [changed, qualifier] of [undefined, '1', 'live'].entries()) {
      const before = await revisions()
      await lambda.AddPermission({ ...service, ...(qualifier && { Qualifier: qualifier }) }, caller)
      const after = await revisions()
      assert.deepEqual(
        after.map((revision, index) => revision !== before[index]),
        [0, 1, 2].map((index) => index === changed),
      )
    }
  })

  const refused: [string, object, string, string | RegExp][] = [
    [
      'a statement id that is taken',
      { StatementId: 'taken' },
      'ResourceConflictException',
      'The statement id (taken) provided already exists. ' +
        'Please provide a new statement id, or remove the existing statement.',
    ],
    [
      '$LATEST',
      { Qualifier: '$LATEST' },
      'InvalidParameterValueException',
      'We currently do not support adding policies for $LATEST.',
    ],
    [
      'a principal that is none',
      { Principal: 'somebody' },
      'InvalidParameterValueException',
      'The provided principal was invalid. Please check the principal and try again.',
    ],
    [
      'an alias that is not there',
      { Qualifier: 'nope' },
      'ResourceNotFoundException',
      `Cannot find alias arn: ${arn('hello:nope')}`,
    ],
    [
      'a version that is not there',
      { Qualifier: '9' },
      'ResourceNotFoundException',
      `Function not found: ${arn('hello:9')}`,
    ],
    [
      'a function that is not there',
      { FunctionName: 'nope' },
      'ResourceNotFoundException',
      `Function not found: ${arn('nope')}`,
    ],
    [
      'another revision',
      { RevisionId: 'old' },
      'PreconditionFailedException',
      /^The Revision Id provided does not match/,
    ],
    [
      'more than 20 KB of policy',
      { SourceArn: `${api}/${'a'.repeat(20_480)}` },
      'PolicyLengthExceededException',
      /^The final policy size \(\d+\) is bigger than the limit \(20480\)\.$/,
    ],
  ]
  for (const [name, changes, code, message] of refused) {
    test(`refuses ${name}`, async (t) => {
      const { lambda } = await startWithAlias(t)
      await lambda.AddPermission({ ...service, StatementId: 'taken' }, caller)
      await assert.rejects(lambda.AddPermission({ ...service, ...changes }, caller), { code, message })
    })
  }
})

describe('GetPolicy', () => {
  test('answers all statements, by qualifier', async (t) => {
    const { lambda } = await startWithAlias(t)
    const { Statement: first } = await lambda.AddPermission({ ...service, StatementId: 'a' }, caller)
    const { Statement: second } = await lambda.AddPermission({ ...service, StatementId: 'b' }, caller)
    const { Statement: other } = await lambda.AddPermission({ ...service, Qualifier: 'live' }, caller)
    const { RevisionId } = await lambda.GetFunctionConfiguration({ FunctionName: 'hello' }, caller)
    assert.deepEqual(await lambda.GetPolicy({ FunctionName: 'hello' }, caller), {
      Policy: `{"Version":"2012-10-17","Id":"default","Statement":[${first},${second}]}`,
      RevisionId,
    })
    const { Policy } = await lambda.GetPolicy({ FunctionName: 'hello:live' }, caller)
    assert.equal(Policy, `{"Version":"2012-10-17","Id":"default","Statement":[${other}]}`)
  })

  test('answers 404 without a policy, without a function, and in another region', async (t) => {
    const { lambda } = await startWithAlias(t)
    const expected = { code: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' }
    await assert.rejects(lambda.GetPolicy({ FunctionName: 'hello' }, caller), expected)
    await assert.rejects(lambda.GetPolicy({ FunctionName: 'nope' }, caller), expected)
    await lambda.AddPermission(service, caller)
    await assert.rejects(lambda.GetPolicy({ FunctionName: 'hello' }, elsewhere), expected)
  })
})

describe('RemovePermission', () => {
  test('removes a statement, and with the last one the policy', async (t) => {
    const { lambda } = await startWithAlias(t)
    await lambda.AddPermission({ ...service, StatementId: 'a' }, caller)
    const { Statement } = await lambda.AddPermission({ ...service, StatementId: 'b' }, caller)
    await lambda.RemovePermission({ FunctionName: 'hello', StatementId: 'a' }, caller)
    const { Policy } = await lambda.GetPolicy({ FunctionName: 'hello' }, caller)
    assert.equal(Policy, `{"Version":"2012-10-17","Id":"default","Statement":[${Statement}]}`)
    await lambda.RemovePermission({ FunctionName: 'hello', StatementId: 'b' }, caller)
    await assert.rejects(lambda.GetPolicy({ FunctionName: 'hello' }, caller), { code: 'ResourceNotFoundException' })
  })

  test('refuses what is not there, and another revision', async (t) => {
    const { lambda } = await startWithAlias(t)
    const remove = (changes: object = {}) =>
      lambda.RemovePermission({ FunctionName: 'hello', StatementId: 's', ...changes }, caller)
    await assert.rejects(remove(), {
      code: 'ResourceNotFoundException',
      message: 'No policy is associated with the given resource.',
    })
    await assert.rejects(remove({ FunctionName: 'nope' }), {
      code: 'ResourceNotFoundException',
      message: `No policy found for: ${arn('nope')}`,
    })
    await lambda.AddPermission(service, caller)
    await assert.rejects(remove({ StatementId: 'other' }), {
      code: 'ResourceNotFoundException',
      message: 'Statement other is not found in resource policy.',
    })
    await assert.rejects(remove({ RevisionId: 'old' }), { code: 'PreconditionFailedException' })
  })
})
