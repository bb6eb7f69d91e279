import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { collection } from '../store.ts'
import { openSqliteStore } from './open.ts'

const items = collection<{ readonly pair: number }>('items')

/** Writes pairs of documents until the process is killed, and prints the number of each acknowledged pair. */
async function writeForEver(folder: string, first: number): Promise<never> {
  const store = await openSqliteStore(folder)
  for (let pair = first; ; pair++) {
    await store.write(async (tx) => {
      await tx.put(items, 'scope', `left/${pair}`, { pair })
      await tx.putBlob(`blob/${pair}`, new Uint8Array(5_000))
      await tx.put(items, 'scope', `right/${pair}`, { pair })
      await tx.revise('pair', 'scope', String(pair))
    })
    process.stdout.write(`${pair}\n`)
  }
}

/** Writes until some acknowledgements and a random moment more have passed, then dies of SIGKILL. Returns the last acknowledged pair. */
async function writeAndDie(folder: string, first: number): Promise<number> {
  const child = spawn(process.execPath, [import.meta.filename, 'write', folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const enough = first + Math.floor(Math.random() * 50)
  let last = first - 1
  for await (const line of createInterface(child.stdout)) {
    last = Number(line)
    if (last === first) await assert.rejects(openSqliteStore(folder), { code: 'folder-in-use' })
    if (last === enough) setTimeout(() => child.kill('SIGKILL'), Math.random() * 5)
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  assert.equal(child.signalCode, 'SIGKILL')
  return last
}

// This file is also the program that it kills.
const [role, folder = '', first] = process.argv.slice(2)
if (role === 'write') await writeForEver(folder, Number(first))

test('kill -9 loses nothing acknowledged and leaves nothing half-written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-crash-'))
  let next = 0
  for (let round = 0; round < 6; round++) {
    const acknowledged = await writeAndDie(folder, next)
    const store = await openSqliteStore(folder)
    const { left, right, blobs } = await store.read(async (reader) => {
      const pairs = async (prefix: string) =>
        (await reader.list(items, 'scope', { prefix })).map((entry) => entry.document.pair).sort((a, b) => a - b)
      const found = { left: await pairs('left/'), right: await pairs('right/'), blobs: [] as number[] }
      for (const pair of found.left) if (await reader.getBlob(`blob/${pair}`)) found.blobs.push(pair)
      return found
    })
    await store.close()
    // The write that was under way when the process died may have been committed but not acknowledged.
    next = left.length
    assert.ok(next === acknowledged + 1 || next === acknowledged + 2, `${acknowledged} acknowledged, ${next} found`)
    const every = Array.from({ length: next }, (_, pair) => pair)
    assert.deepEqual({ left, right, blobs }, { left: every, right: every, blobs: every })
  }
  await rm(folder, { recursive: true })
})
