import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startBareHttp } from '../bare.ts'
import { deployItems } from '../cached-api.ts'
import { emptyDataFolder, type Gatehouse, stageName, startGatehouse } from '../gatehouse.ts'
import { type LoadTarget, load } from '../load.ts'
import { connectTo } from '../management.ts'
import { median, residentBytes } from '../measure.ts'
import { answers } from '../program.ts'
import type { Findings, Subject } from '../subject.ts'
import { atMost, atMostTimes } from '../target.ts'
import { inTurns, type Pace } from '../turns.ts'

const smallBytes = 1_024
const largeBytes = 65_536
const cacheMegabytes = 1_024
/** How often the cache is filled over, so that most of what was in it is gone. */
const fillings = 2

/** The response cache: a hit beside a bare `node:http` server, and a gigabyte that is filled and evicted. */
export const cache: Subject = {
  name: 'cache',
  title: 'Response cache',
  method:
    'A hit: a stage with a cache answers a GET whose answer of 1 KB it keeps; a bare `node:http` server of as many threads ' +
    'answers with the very headers and bytes. The fill: one worker or two, and a cache of 1 GB, called for one new item of 64 KB after ' +
    `the other until ${fillings} GB went through, beside the same calls of the same backend without a cache. Memory is what the ` +
    'gateway has more than before the fill. p99s are of the same calls in turns: without a cache, into one that was just flushed, and ' +
    'into one that a gigabyte has gone through since.',

  async run(pace) {
    const hits = await hit(pace)
    const all = [hits, await fill(pace, 1), await fill(pace, 2)]
    return {
      rows: all.flatMap(({ rows }) => rows),
      figures: all.flatMap(({ figures }) => figures),
      targets: all.flatMap(({ targets }) => targets),
    }
  },
}

/** Answers with so many bytes. */
function startBytes(bytes: number) {
  const rawHeaders = ['Content-Type', 'text/plain', 'Content-Length', String(bytes)]
  return startBareHttp({ status: 200, rawHeaders, body: 'x'.repeat(bytes) }, '/', 1)
}

async function hit(pace: Pace): Promise<Findings> {
  await using backend = await startBytes(smallBytes)
  await using one = await startGatehouse({ workers: 1 })
  await using two = await startGatehouse({ workers: 2 })
  const ofOne = await deployItems(one, backend.url, '0.5')
  const ofTwo = await deployItems(two, backend.url, '0.5')
  const answer = await answers(ofOne)
  await answers(ofTwo)
  await using bareOne = await startBareHttp(answer, '/dev/items/1', 1)
  await using bareTwo = await startBareHttp(answer, '/dev/items/1', 2)
  const rows = await inTurns(
    [
      { name: 'Gatehouse, cache hit of 1 KB, 1 worker', server: { ...one, ...ofOne } },
      { name: 'bare node:http, 1 KB, 1 thread', server: bareOne },
      { name: 'Gatehouse, cache hit of 1 KB, 2 workers', server: { ...two, ...ofTwo } },
      { name: 'bare node:http, 1 KB, 2 threads', server: bareTwo },
    ],
    pace,
  )
  return { rows, figures: [], targets: [atMostTimes(1.5, rows[0], rows[1]), atMostTimes(1.5, rows[2], rows[3])] }
}

async function fill(pace: Pace, workers: number): Promise<Findings> {
  const of = workers === 1 ? '1 worker' : `${workers} workers`
  await using backend = await startBytes(largeBytes)
  const config = join(await emptyDataFolder(), 'gatehouse.json')
  await writeFile(config, JSON.stringify({ maxCacheMegabytes: cacheMegabytes }))
  await using gatehouse = await startGatehouse({ workers, config })
  const cached = await deployItems(gatehouse, backend.url, '1.6')
  const uncached = await deployItems(gatehouse, backend.url)
  await answers(uncached)
  const distinct = { distinctPaths: true } as const
  await load({ ...uncached, ...distinct }, pace.warmUpSeconds)
  const before = residentBytes(gatehouse.pid)
  const misses = { ...cached, ...distinct }
  await passThrough(misses, fillings * cacheMegabytes * 1_048_576)
  const rows = await inTurns(
    [
      { name: `Gatehouse, miss of 64 KB into a full cache, ${of}`, server: { ...gatehouse, ...misses } },
      { name: `Gatehouse, 64 KB without a cache, ${of}`, server: { ...gatehouse, ...uncached, ...distinct } },
    ],
    pace,
  )
  const taken = (residentBytes(gatehouse.pid) - before) / 1_048_576
  const { without, roomy, full, ratio } = await slowestCalls(gatehouse, { ...uncached, ...distinct }, misses)
  return {
    rows,
    figures: [
      { name: `Memory that a cache of 1024 MB took, ${of}`, value: `${taken.toFixed(0)} MB` },
      { name: `p99 of a call for 64 KB without a cache, ${of}`, value: `${without.toFixed(2)} ms` },
      { name: `p99 of a miss of 64 KB into a cache with room, ${of}`, value: `${roomy.toFixed(2)} ms` },
      { name: `p99 of a miss of 64 KB into a full cache, ${of}`, value: `${full.toFixed(2)} ms` },
    ],
    targets: [
      atMost(`A cache of 1024 MB, filled and evicted, ${of}: memory`, 1.3 * cacheMegabytes, taken, 'MB'),
      atMost(`p99 of a miss into a full cache, of what it is without a cache, ${of}`, 120, 100 * ratio, '%'),
    ],
  }
}

/**
 * p99 of calls in milliseconds, medians of turns: when nothing is kept, when a flush has just made room for all that is kept, and
 * when everything that is kept drives something out. The first and the last tell what a cache costs that never has an answer, and
 * are measured side by side; the last two tell what eviction does. Room that was never used is not measured: the system has to
 * clear it first, which would flatter eviction.
 *
 * @returns Also the median of what is between two turns of a pair: a call that is kept, of one without a cache.
 */
async function slowestCalls(gatehouse: Gatehouse, uncached: LoadTarget, misses: LoadTarget) {
  await using management = connectTo(gatehouse)
  const [apiId] = misses.headers['Host']?.split('.') ?? []
  const p99s = { without: [] as number[], roomy: [] as number[], full: [] as number[] }
  for (let turn = 0; turn < 5; turn++) {
    await management.call('DELETE', `/restapis/${apiId}/stages/${stageName}/cache/data`)
    const roomy = await load(misses, 1)
    p99s.roomy.push(roomy.p99Millis)
    await passThrough(misses, cacheMegabytes * 1_048_576 - roomy.calls * largeBytes)
    for (let pair = 0; pair < 6; pair++) {
      const sides = [
        { target: uncached, into: p99s.without },
        { target: misses, into: p99s.full },
      ]
      for (const { target, into } of pair % 2 === 0 ? sides : sides.toReversed()) {
        into.push((await load(target, 1)).p99Millis)
      }
    }
  }
  const ratio = median(p99s.full.map((millis, i) => millis / (p99s.without[i] ?? Number.NaN)))
  return { without: median(p99s.without), roomy: median(p99s.roomy), full: median(p99s.full), ratio }
}

/** Calls for new items until so many bytes have gone through the cache. */
async function passThrough(misses: LoadTarget, bytes: number): Promise<void> {
  for (let passed = 0; passed < bytes; ) passed += (await load(misses, 1)).calls * largeBytes
}
