import assert from 'node:assert/strict'
import { lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { extractZip } from './extract-zip.ts'
import { InvalidZipError } from './invalid-zip-error.ts'

const entry = (text: string, mode: number) => [strToU8(text), { os: 3, attrs: mode * 65_536 }] as const
type Entries = Parameters<typeof zipSync>[0]
const zip = (entries: Record<string, ReturnType<typeof entry> | Uint8Array>) => zipSync(entries as unknown as Entries)
const link = 0o120777
const file = 0o100644

describe('extractZip', () => {
  let parent: string
  let folder: string
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'gatehouse-zip-'))
    folder = await mkdtemp(join(parent, 'code-'))
  })
  afterEach(() => rm(parent, { recursive: true, force: true }))

  test('writes files, read-only, and keeps what is executable', async () => {
    await extractZip(
      zip({
        'index.js': entry('1', 0o100600),
        'bin/tool': entry('2', 0o100755),
        'plain.txt': strToU8('3'),
        'empty/': entry('', 0o40755),
        'deep/er/ü.txt': entry('4', 0o100666),
        'deep/link': entry('er/ü.txt', link),
      }),
      folder,
    )
    const modeOf = async (path: string) => ((await lstat(join(folder, path))).mode & 0o777).toString(8)
    assert.deepEqual(
      [await modeOf('index.js'), await modeOf('bin/tool'), await modeOf('plain.txt'), await modeOf('deep/er/ü.txt')],
      ['444', '555', '444', '444'],
    )
    assert.equal(await readFile(join(folder, 'deep/link'), 'utf8'), '4')
    assert.equal(await readlink(join(folder, 'deep/link')), 'er/ü.txt')
    assert.deepEqual(await readdir(join(folder, 'empty')), [])
  })

  const good = zip({ a: entry('a'.repeat(1000), file) })
  for (const [title, bytes] of [
    ['what is no zip', strToU8('hello')],
    ['nothing', new Uint8Array()],
    ['a cut archive', good.subarray(0, good.length - 10)],
    ['damaged content', good.map((byte, index) => (index === 34 ? byte ^ 255 : byte))],
    ['a path that climbs', zip({ '../x': entry('x', file) })],
    ['a path that climbs in its middle', zip({ 'a/../../x': entry('x', file) })],
    ['an absolute path', zip({ '/x': entry('x', file) })],
    ['a link that leads out', zip({ l: entry('../x', link) })],
    ['an absolute link', zip({ l: entry('/etc/passwd', link) })],
    ['a link that is too long', zip({ l: entry('x'.repeat(5000), link) })],
    ['an entry behind a link', zip({ d: entry('.', link), 'd/x': entry('x', file) })],
  ] as const) {
    test(`refuses ${title}`, async () => {
      await assert.rejects(extractZip(bytes, folder), InvalidZipError)
      assert.deepEqual((await readdir(parent)).length, 1)
    })
  }
})
