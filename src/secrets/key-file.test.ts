import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import { loadKey } from './key-file.ts'

describe('loadKey', () => {
  const parent = mkdtempSync(join(tmpdir(), 'gatehouse-key-'))
  after(() => rmSync(parent, { recursive: true }))
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(parent, 'data-'))
  })

  test('draws a key once, which only its owner may read', () => {
    const key = loadKey(folder)
    assert.equal(key.length, 32)
    assert.deepEqual(loadKey(folder), key)
    assert.deepEqual(readdirSync(folder), ['secret.key'])
    assert.equal(statSync(join(folder, 'secret.key')).mode & 0o777, 0o600)
  })

  test('draws another key for another folder', () => {
    const key = loadKey(folder)
    assert.notDeepEqual(loadKey(mkdtempSync(join(parent, 'data-'))), key)
  })

  for (const content of ['', 'short', 'x'.repeat(100)]) {
    test(`refuses a file of ${content.length} characters that holds no key`, () => {
      writeFileSync(join(folder, 'secret.key'), content)
      assert.throws(() => loadKey(folder), { code: 'damaged', message: /does not hold a key of 32 bytes/ })
    })
  }

  test('refuses a folder that is not there', () =>
    assert.throws(() => loadKey(join(folder, 'gone')), { code: 'ENOENT' }))
})
