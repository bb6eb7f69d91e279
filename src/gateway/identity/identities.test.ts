import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AccessKey, IdentityChange, Principal } from '../../snapshot/identity.ts'
import { identities } from './identities.ts'

const principal: Principal = {
  kind: 'user',
  id: 'AIDA1',
  arn: 'arn:aws:iam::123456789012:user/alice',
  account: '123456789012',
  name: 'alice',
  tags: {},
  policies: [],
}
const accessKey: AccessKey = { accessKeyId: 'AKIA1', secretAccessKey: 'secret', principalId: 'AIDA1' }
const user: IdentityChange = { kind: 'principal', id: 'AIDA1', principal }
const key: IdentityChange = { kind: 'access-key', id: 'AKIA1', accessKey }

describe('identities', () => {
  const orders: [what: string, changes: IdentityChange[]][] = [
    ['a user and then its key', [user, key]],
    ['a key and then its user', [key, user]],
    ['the same twice', [user, key, user, key]],
  ]
  for (const [what, changes] of orders) {
    test(`finds a key after ${what}`, () => {
      const known = identities()
      known.publish(changes)
      assert.deepEqual(known.find('AKIA1'), { accessKey, principal })
    })
  }

  const gone: [what: string, changes: IdentityChange[]][] = [
    ['nothing', []],
    ['a key without its user', [key]],
    ['a user without its key', [user]],
    ['the end of the key', [user, key, { kind: 'access-key', id: 'AKIA1' }]],
    ['the end of the user', [user, key, { kind: 'principal', id: 'AIDA1' }]],
  ]
  for (const [what, changes] of gone) {
    test(`finds none after ${what}`, () => {
      const known = identities()
      known.publish(changes)
      assert.equal(known.find('AKIA1'), undefined)
    })
  }

  test('follows changes of policies', () => {
    const known = identities()
    known.publish([user, key])
    const policies = [{ name: 'p', document: '{}' }]
    known.publish([{ kind: 'principal', id: 'AIDA1', principal: { ...principal, policies } }])
    assert.deepEqual(known.find('AKIA1')?.principal.policies, policies)
  })
})
