import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { digestOf, type Files, zipOf } from '../function-service.fixture.ts'
import { codeFoldersOf, createCodeCache } from './code-cache.ts'
import { removeUnusedCode } from './code-cleaning.ts'

describe('the code cache', () => {
  let parent: string
  let folder: string
  let scratch: string
  let blobs: Map<string, Uint8Array>
  let loads: string[]
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'gatehouse-code-'))
    folder = join(parent, 'code')
    scratch = join(parent, 'scratch')
    await mkdir(scratch)
    blobs = new Map()
    loads = []
  })
  afterEach(() => rm(parent, { recursive: true, force: true }))

  const cache = () =>
    createCodeCache(folder, scratch, async (name) => {
      loads.push(name)
      return blobs.get(name) ?? assert.fail(`no blob ${name}`)
    })
  function store(files: Files): string {
    const zip = zipOf(files)
    blobs.set(`code/${digestOf(zip)}`, zip)
    return digestOf(zip)
  }
  const version = (codeDigest: string, layers: readonly string[] = []) => ({
    functionName: 'f',
    codeDigest,
    layers: layers.map((digest) => ({ arn: digest, codeDigest: digest })),
  })

  test('extracts an archive once, for all who ask and after a restart', async () => {
    const digest = store({ 'index.js': '1' })
    const first = cache()
    const [one, two] = await Promise.all([first.prepare(version(digest)), first.prepare(version(digest))])
    assert.deepEqual(one, { taskRoot: join(folder, digest) })
    assert.deepEqual(two, one)
    await cache().prepare(version(digest))
    assert.deepEqual(loads, [`code/${digest}`])
    assert.equal(await readFile(join(one.taskRoot, 'index.js'), 'utf8'), '1')
  })

  test('merges layers in their order, once per list', async () => {
    const code = store({})
    const a = store({ 'lib/x': 'a', 'lib/y': 'a' })
    const b = store({ 'lib/y': 'b' })
    const codes = cache()
    const { layers = '' } = await codes.prepare(version(code, [a, b]))
    assert.equal(await readFile(join(layers, 'lib/x'), 'utf8'), 'a')
    assert.equal(await readFile(join(layers, 'lib/y'), 'utf8'), 'b')
    const reversed = await codes.prepare(version(code, [b, a]))
    assert.equal(await readFile(join(reversed.layers ?? '', 'lib/y'), 'utf8'), 'a')
    assert.equal((await codes.prepare(version(code, [a, b]))).layers, layers)
  })

  test('refuses code that does not match its digest, keeps nothing of it, and tries again', async () => {
    const digest = store({ 'index.js': '1' })
    const zip = blobs.get(`code/${digest}`) ?? assert.fail()
    blobs.set(`code/${digest}`, zipOf({ 'index.js': '2' }))
    const codes = cache()
    await assert.rejects(codes.prepare(version(digest)), { code: 'InvalidZipFileException', status: 502 })
    assert.deepEqual([await readdir(folder), await readdir(scratch)], [[], []])
    blobs.set(`code/${digest}`, zip)
    await codes.prepare(version(digest))
  })

  test('refuses what is no zip', async () => {
    const bytes = Buffer.from('no zip')
    blobs.set(`code/${digestOf(bytes)}`, bytes)
    await assert.rejects(cache().prepare(version(digestOf(bytes))), { code: 'InvalidZipFileException' })
    assert.deepEqual(await readdir(folder), [])
  })

  test('extracts the same archive in several threads at once', async () => {
    const digest = store({ 'index.js': '1', 'lib/a.js': '2' })
    const prepared = await Promise.all([1, 2, 3].map(() => cache().prepare(version(digest, [digest]))))
    for (const { taskRoot, layers = '' } of prepared) {
      assert.equal(await readFile(join(taskRoot, 'lib/a.js'), 'utf8'), '2')
      assert.equal(await readFile(join(layers, 'index.js'), 'utf8'), '1')
    }
    assert.deepEqual(await readdir(scratch), [])
  })

  test('removes folders that no version uses', async () => {
    const [kept, gone, layer] = [store({ a: '1' }), store({ a: '2' }), store({ a: '3' })]
    const codes = cache()
    await codes.prepare(version(gone, [layer]))
    const { taskRoot, layers = '' } = await codes.prepare(version(kept, [layer, kept]))
    await removeUnusedCode(folder, async () => codeFoldersOf(version(kept, [layer, kept])))
    assert.deepEqual(
      (await readdir(folder)).map((name) => join(folder, name)).toSorted(),
      [taskRoot, layers, join(folder, layer)].toSorted(),
    )
  })
})
