import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openFixture } from './fixture.ts'

test('pages go on after the last name, whatever comes and goes between them', async () => {
  await using fixture = await openFixture()
  const { iam, caller } = fixture
  for (const UserName of ['e', 'C', 'a', 'd', 'b']) {
    await iam.CreateUser({ UserName, Path: UserName === 'd' ? '/x/' : '/' }, caller)
  }
  const names = async (input: { Marker?: string; MaxItems?: number; PathPrefix?: string }) => {
    const { Users = [], IsTruncated, Marker } = await iam.ListUsers(input, caller)
    return { names: Users.map(({ UserName }) => UserName), IsTruncated, Marker }
  }
  const first = await names({ MaxItems: 2 })
  assert.deepEqual([first.names, first.IsTruncated], [['a', 'b'], true])
  await iam.DeleteUser({ UserName: 'b' }, caller)
  const second = await names({ MaxItems: 2, Marker: first.Marker ?? '' })
  assert.deepEqual([second.names, second.IsTruncated], [['C', 'd'], true])
  const third = await names({ MaxItems: 2, Marker: second.Marker ?? '' })
  assert.deepEqual(third, { names: ['e'], IsTruncated: false, Marker: undefined })
  assert.deepEqual((await names({ PathPrefix: '/x/' })).names, ['d'])
})
