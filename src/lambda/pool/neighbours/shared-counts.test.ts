import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { countMemory, SharedCounts } from './shared-counts.ts'

/** The counts of some threads, as each of them sees them. */
function countsOf(threads: number, names = 16): SharedCounts[] {
  const memory = countMemory(threads, names)
  return Array.from({ length: threads }, (_, thread) => new SharedCounts(memory, { threads, thread }))
}

describe('SharedCounts', () => {
  test('keeps a limit over all threads', () => {
    const [one, two] = countsOf(2)
    assert.ok(one && two)
    const place = one.placeOf('a')
    assert.equal(two.placeOf('a'), place)
    assert.notEqual(two.placeOf('b'), place)
    assert.deepEqual([one.take(place, 2), two.take(place, 2), one.take(place, 2)], [true, true, false])
    two.give(place)
    assert.deepEqual([one.sum(place), one.take(place, 2), one.sum(place)], [1, true, 2])
    one.add(place)
    assert.deepEqual([two.sum(place), two.take(place, 0)], [3, false])
  })

  test('tells of another thread that has some', () => {
    const [one, two, three] = countsOf(3)
    assert.ok(one && two && three)
    const place = one.placeOf('a')
    one.add(place)
    assert.deepEqual([one.holder(place), two.holder(place), three.holder(place)], [undefined, 0, 0])
    three.add(place)
    assert.deepEqual([one.holder(place), two.holder(place), three.holder(place)], [2, 2, 0])
  })

  test('gives back what a thread that has ended still held', () => {
    const [one, two] = countsOf(2)
    assert.ok(one && two)
    const [a, b] = [one.placeOf('a'), one.placeOf('b')]
    one.add(a)
    one.take(b, 9)
    one.take(b, 9)
    two.add(b)
    one.giveAllBack()
    assert.deepEqual([two.sum(a), two.sum(b), two.holder(b)], [0, 1, undefined])
  })

  test('refuses more names than it has places for', () => {
    const [counts] = countsOf(1, 2)
    assert.ok(counts)
    counts.placeOf('a')
    counts.placeOf('b')
    assert.throws(() => counts.placeOf('c'), RangeError)
  })

  test('is exact with several threads at once', async () => {
    const memory = countMemory(3, 16)
    const limit = 5
    const workers = [1, 2].map((thread) => new Worker(script, { eval: true, workerData: { memory, thread, limit } }))
    const highest = await Promise.all(
      workers.map((worker) => new Promise<number>((resolve) => void worker.once('message', resolve))),
    )
    const counts = new SharedCounts(memory, { threads: 3, thread: 0 })
    assert.ok(
      highest.every((sum) => sum > 0 && sum <= limit),
      String(highest),
    )
    assert.equal(counts.sum(counts.placeOf('a')), 0)
  })
})

/** Takes up to three and gives them back, many times, and tells the highest sum that it has seen. */
const script = `
  const { parentPort, workerData: { memory, thread, limit } } = require('node:worker_threads')
  import(${JSON.stringify(new URL('./shared-counts.ts', import.meta.url).href)}).then(({ SharedCounts }) => {
    const counts = new SharedCounts(memory, { threads: 3, thread })
    const place = counts.placeOf('a')
    let highest = 0
    for (let round = 0; round < 50_000; round++) {
      const taken = [1, 2, 3].filter(() => counts.take(place, limit)).length
      highest = Math.max(highest, counts.sum(place))
      for (let n = 0; n < taken; n++) counts.give(place)
    }
    parentPort.postMessage(highest)
  })`
