import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { claimApiId, releaseApiId } from './api-id.ts'
import { openFixture } from './fixture.ts'

const { store, close } = await openFixture()
after(close)

test('An API id is unique over all accounts and regions, until it is given back', async () => {
  const claim = (scope: string, ...draws: string[]) =>
    store.write((transaction) => claimApiId(transaction, scope, () => draws.shift() ?? assert.fail('drawn too often')))
  assert.equal(await claim('1/us-east-1', 'a'), 'a')
  assert.equal(await claim('2/eu-west-1', 'a', 'a', 'b'), 'b')
  await store.write((transaction) => releaseApiId(transaction, 'a'))
  assert.equal(await claim('2/eu-west-1', 'a'), 'a')
})
