import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openFixture } from './fixture.ts'
import { countOneLess, countOneMore } from './quota.ts'

const fixture = await openFixture()
const { store } = fixture
after(fixture.close)

test('A quota lets so many in, for each scope, and another one for each that goes', async () => {
  const more = (scope: string) => store.write((transaction) => countOneMore(transaction, scope, 'x', 2, 'Too many'))
  const full = { code: 'LimitExceededException', message: 'Too many' }
  await more('a')
  await more('a')
  await assert.rejects(more('a'), full)
  await more('b')
  await store.write((transaction) => countOneLess(transaction, 'a', 'x'))
  await more('a')
  await assert.rejects(more('a'), full)
})
