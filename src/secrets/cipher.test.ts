import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createCipher } from './cipher.ts'

const cipher = createCipher(Buffer.alloc(32, 1))
const other = createCipher(Buffer.alloc(32, 2))

describe('createCipher', () => {
  for (const text of ['', 'secret', 'sécret ✓', 'x'.repeat(10_000)]) {
    test(`opens what it sealed: ${text.length} characters`, () => assert.equal(cipher.open(cipher.seal(text)), text))
  }

  test('seals equal texts differently, and shows nothing of them', () => {
    assert.notEqual(cipher.seal('secret'), cipher.seal('secret'))
    assert.ok(!Buffer.from(cipher.seal('secret').slice(3), 'base64url').includes('secret'))
  })

  test('digests equal texts equally, under its own key', () => {
    assert.equal(cipher.digest('secret'), createCipher(Buffer.alloc(32, 1)).digest('secret'))
    assert.notEqual(cipher.digest('secret'), cipher.digest('secret2'))
    assert.notEqual(cipher.digest('secret'), other.digest('secret'))
  })

  const sealed = cipher.seal('secret')
  const flipped = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA')
  for (const [name, text] of [
    ['what another key sealed', other.seal('secret')],
    ['what was changed', flipped],
    ['what was cut', sealed.slice(0, 20)],
    ['another version', `v2${sealed.slice(2)}`],
    ['plain text', 'secret'],
  ] as const) {
    test(`refuses to open ${name}`, () => assert.throws(() => cipher.open(text)))
  }

  test('refuses a short key', () => assert.throws(() => createCipher(Buffer.alloc(16)), /32 bytes, not 16/))
})
