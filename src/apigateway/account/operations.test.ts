import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountOperations } from './operations.ts'

test('GetAccount tells the limits of the service, and no logging role', async () => {
  assert.deepEqual(await accountOperations().GetAccount(), {
    apiKeyVersion: '4',
    features: ['UsagePlans'],
    throttleSettings: { burstLimit: 5000, rateLimit: 10000 },
  })
})
