import assert from 'node:assert/strict'
import { after, afterEach, describe, test } from 'node:test'
import { openFixture, type Patch } from '../fixture.ts'

const fixture = await openFixture({ accountRate: { burstLimit: 5000, rateLimit: 10_000 } })
const { operations, caller } = fixture
after(fixture.close)

const limits = {
  apiKeyVersion: '4',
  features: ['UsagePlans'],
  throttleSettings: { burstLimit: 5000, rateLimit: 10000 },
}
const role = 'arn:aws:iam::123456789012:role/logs'
const replace = (value?: string): Patch => ({ op: 'replace', path: '/cloudwatchRoleArn', ...(value && { value }) })
const update = (...patchOperations: Patch[]) => operations.UpdateAccount({ patchOperations }, caller)

test('GetAccount tells the limits of the account, and no logging role', async () => {
  assert.deepEqual(await operations.GetAccount({}, caller), limits)
})

test('GetAccount tells of no limits where there are none', async () => {
  const unlimited = await openFixture()
  const { throttleSettings, ...rest } = limits
  assert.deepEqual(await unlimited.operations.GetAccount({}, caller), rest)
  await unlimited.close()
})

describe('UpdateAccount', () => {
  afterEach(() => update(replace('')))

  test('sets the logging role of one region, and clears it', async () => {
    assert.deepEqual(await update(replace(role)), { cloudwatchRoleArn: role, ...limits })
    assert.deepEqual(await operations.GetAccount({}, caller), { cloudwatchRoleArn: role, ...limits })
    assert.deepEqual(await operations.GetAccount({}, { ...caller, region: 'eu-west-1' }), limits)
    assert.deepEqual(await update(replace()), limits)
    assert.deepEqual(await operations.GetAccount({}, caller), limits)
  })

  test('takes the feature that every account has', async () => {
    assert.deepEqual(await update({ op: 'add', path: '/features', value: 'UsagePlans' }), limits)
  })

  const bad = (message: string) => ({ code: 'BadRequestException', message })
  const refusals: [Patch, object][] = [
    [replace('logs'), bad('Invalid ARN specified in the request')],
    [replace('arn:aws:s3:::logs'), bad('Invalid ARN specified in the request')],
    [
      replace('arn:aws:iam::210987654321:role/logs'),
      { code: 'AccessDeniedException', status: 403, message: 'Cross-account pass role is not allowed.' },
    ],
    [{ op: 'add', path: '/features', value: 'Rockets' }, bad('Invalid feature specified: Rockets')],
    [{ op: 'remove', path: '/features', value: 'UsagePlans' }, bad('Usage Plans cannot be disabled once enabled')],
    [
      { op: 'replace', path: '/throttleSettings/rateLimit', value: '1' },
      bad(
        "Invalid patch path  '/throttleSettings/rateLimit' specified for op 'replace'. Must be one of: [/cloudwatchRoleArn]",
      ),
    ],
    [
      { op: 'copy', path: '/features' },
      bad("Invalid patch path  '/features' specified for op 'copy'. Please choose supported operations"),
    ],
  ]
  for (const [operation, error] of refusals) {
    test(`refuses ${operation.op} of ${operation.path} by ${operation.value}`, async () => {
      await assert.rejects(update(operation), error)
      assert.deepEqual(await operations.GetAccount({}, caller), limits)
    })
  }
})
