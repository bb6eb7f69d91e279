import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { openSqliteStore } from '../storage/sqlite/open.ts'
import { nodeMemory } from './node-memory.ts'

const minute = 60_000
const folder = await mkdtemp(join(tmpdir(), 'gatehouse-nodes-'))
const store = await openSqliteStore(folder)
after(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

let now = 0
const open = () => nodeMemory({ store, nowMs: () => now })
const remembered = async () => (await open()).remembered
type State = 'connected' | 'alone'
const seen = (nodes: number, state: State = 'connected') => ({ state, nodes, since: 0 })

describe('the memory of how many nodes there are', () => {
  test('knows nothing before Redis was reached', async () => {
    const memory = await open()
    await memory.note(seen(10, 'alone'))
    assert.equal(await remembered(), undefined)
  })

  test('keeps the most of them while they are restarted one after the other', async () => {
    const memory = await open()
    for (const nodes of [1, 2, 3, 2, 1]) {
      await memory.note(seen(nodes))
      now += minute
    }
    assert.equal(await remembered(), 3)
    const restarted = await open()
    await restarted.note(seen(2))
    assert.equal(await remembered(), 3)
  })

  test('learns that there are fewer in twenty minutes of contact, not of being away', async () => {
    const memory = await open()
    for (let i = 0; i < 60; i++) {
      await memory.note(seen(3, 'alone'))
      now += minute
    }
    await memory.note(seen(2))
    assert.equal(await remembered(), 3)
    for (let i = 0; i < 22; i++) {
      now += minute
      await memory.note(seen(2))
    }
    assert.equal(await remembered(), 2)
  })
})
