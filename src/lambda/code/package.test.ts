import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { checkCombinedSize, codeBlob, codeSha256, readPackage } from './package.ts'

const unix = 3
const link = (target: string): Zippable[string] => [strToU8(target), { os: unix, attrs: (0o120777 << 16) >>> 0 }]
const device = (): Zippable[string] => [strToU8(''), { os: unix, attrs: (0o020666 << 16) >>> 0 }]
const file = strToU8('12345')

describe('readPackage accepts', () => {
  const accepted: [string, Zippable, number][] = [
    ['files in folders', { 'index.js': file, 'lib/': new Uint8Array(), 'lib/a.js': file }, 10],
    ['a link beside', { 'lib/a.so.1': file, 'lib/a.so': link('a.so.1') }, 11],
    ['a link into another folder', { 'lib/a': file, 'bin/a': link('../lib/a') }, 13],
    ['dots in names', { 'a..b/..c': file }, 5],
  ]
  for (const [name, files, unzippedSize] of accepted) {
    test(name, async () => {
      const zip = zipSync(files)
      const read = await readPackage(zip)
      assert.deepEqual([read.size, read.unzippedSize], [zip.byteLength, unzippedSize])
      assert.match(read.digest, /^[0-9a-f]{64}$/)
    })
  }

  test('names of the blob and digest', () => {
    assert.equal(codeBlob('ab'), 'code/ab')
    assert.equal(codeSha256('ab'.repeat(32)), Buffer.alloc(32, 0xab).toString('base64'))
  })
})

describe('readPackage refuses', () => {
  const unreadable = 'Could not unzip uploaded file. Please check your file, then try to upload again.'
  const refused: [string, Zippable][] = [
    ['a path that climbs up', { '../a': file }],
    ['a path that climbs up on its way', { 'a/../../b': file }],
    ['an absolute path', { '/etc/passwd': file }],
    ['a path of Windows', { 'C:/a': file }],
    ['a link to an absolute path', { a: link('/etc/passwd') }],
    ['a link that leads out', { 'a/b': link('../../c') }],
    ['a link that climbs after a name', { 'a/b/s': link('../..'), t: link('a/b/s/../c') }],
    ['a file below a link', { a: link('b'), 'a/c': file }],
    ['a link without target', { a: link('') }],
    ['a link with an endless target', { a: link('a/'.repeat(5000)) }],
    ['a device', { a: device() }],
  ]
  for (const [name, files] of refused) {
    test(name, () =>
      assert.rejects(readPackage(zipSync(files)), { code: 'InvalidParameterValueException', message: unreadable }),
    )
  }

  test('bytes that are no zip, or only part of one', async () => {
    const zip = zipSync({ a: file })
    for (const bytes of [strToU8('no zip'), zip.subarray(0, zip.byteLength - 4), zip.subarray(10)]) {
      await assert.rejects(readPackage(bytes), { code: 'InvalidParameterValueException', message: unreadable })
    }
  })

  test('a zip without files', () =>
    assert.rejects(readPackage(zipSync({})), { message: 'Uploaded file must be a non-empty zip' }))

  test('more than 250 MB of files', () => {
    const zip = zipSync({ a: new Uint8Array(4096) })
    const claim = Buffer.from(zip)
    // The uncompressed size in the directory's entry.
    claim.writeUInt32LE(262_144_001, claim.readUInt32LE(claim.byteLength - 6) + 24)
    return assert.rejects(readPackage(claim), {
      code: 'InvalidParameterValueException',
      message: 'Unzipped size must be smaller than 262144000 bytes',
    })
  })
})

test('checkCombinedSize counts the layers', () => {
  const code = { digest: 'a', size: 1, unzippedSize: 200_000_000 }
  checkCombinedSize(code, [{ code: { ...code, unzippedSize: 62_144_000 } }])
  assert.throws(() => checkCombinedSize(code, [{ code: { ...code, unzippedSize: 62_144_001 } }]), {
    code: 'InvalidParameterValueException',
    message:
      'Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. ' +
      'The actual size is 262144001 bytes.',
  })
})
