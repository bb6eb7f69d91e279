import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idDrawer, secretAlphabet } from './new-id.ts'

test('draws ids of the asked length from lower-case letters and digits', () => {
  const newId = idDrawer((bytes) => crypto.getRandomValues(bytes))
  const ids = Array.from({ length: 200 }, () => newId(10))
  for (const id of ids) assert.match(id, /^[a-z0-9]{10}$/)
  assert.equal(new Set(ids).size, ids.length)
})

test('skips the bytes that would favour some letters', () => {
  const drawn = [255, 252, 0, 35, 36, 251]
  const newId = idDrawer((bytes) => {
    for (const index of bytes.keys()) bytes[index] = drawn.shift() ?? 1
  })
  assert.equal(newId(4), 'a9a9')
})

test('draws secrets from all letters and digits', () => {
  const newSecret = idDrawer((bytes) => crypto.getRandomValues(bytes), secretAlphabet)
  const characters = new Set(newSecret(5000))
  assert.equal(characters.size, 62)
  for (const character of characters) assert.match(character, /[A-Za-z0-9]/)
})
