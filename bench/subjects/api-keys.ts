import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { changesOfKey } from '../access/effective.ts'
import { deployGuardedApi } from '../access/guarded-api.ts'
import { importKeys } from '../access/import-keys.ts'
import { emptyDataFolder, type Gatehouse, startGatehouse } from '../gatehouse.ts'
import type { LoadTarget } from '../load.ts'
import { connectTo } from '../management.ts'
import { median } from '../measure.ts'
import { answers } from '../program.ts'
import type { Subject } from '../subject.ts'
import { atMost, atMostTimes } from '../target.ts'
import { inTurns } from '../turns.ts'

/** Keys that calls take in turns, of however many there are. */
const used = 100
const few = used
/** A run that is cut short makes do with less. */
const many = { full: 100_000, quick: 10_000 }
const fullSeconds = 5
const workers = 2
const changes = 20

/** Many API keys: what a call with one of them costs, and how soon every worker knows of a change. */
export const apiKeys: Subject = {
  name: 'api-keys',
  title: 'API keys',
  method:
    `Calls of a \`MOCK\` take ${used} API keys in turns, of ${few} and of ${many.full.toLocaleString('en-US')} in the usage plan ` +
    `(${many.quick.toLocaleString('en-US')} if --seconds is below ${fullSeconds}), with ${workers} workers. One key is ` +
    `disabled and enabled ${changes} times in turns, while calls with it go on over 16 connections: what counts is the time from the change's request ` +
    'until no connection is answered as before.',

  async run(pace) {
    const count = pace.seconds < fullSeconds ? many.quick : many.full
    await using withFew = await startGatehouse({ workers })
    await using withMany = await startGatehouse({ workers })
    const ofFew = await deployKeys(withFew, few)
    const ofMany = await deployKeys(withMany, count)
    const name = (keys: number) => `Gatehouse MOCK, one of ${keys.toLocaleString('en-US')} API keys`
    const rows = await inTurns(
      [
        { name: name(few), server: { ...withFew, ...ofFew } },
        { name: name(count), server: { ...withMany, ...ofMany } },
      ],
      pace,
    )
    const millis = await changesOfKey(withMany, ofMany, await someKeyId(withMany), changes)
    const worst = Math.max(...millis)
    const told = `median ${median(millis).toFixed(1)} ms, worst ${worst.toFixed(1)} ms`
    return {
      rows,
      figures: [{ name: `A change of one among ${count.toLocaleString('en-US')} keys, on every worker`, value: told }],
      targets: [
        atMostTimes(1.15, rows[1], rows[0]),
        atMost('A change of an API key is effective on every worker, worst', 100, worst, 'ms'),
      ],
    }
  },
}

/** @returns Where calls take the keys in turns. The first of them is in the headers. */
async function deployKeys(gatehouse: Gatehouse, count: number): Promise<LoadTarget> {
  const { target, usagePlanId } = await deployGuardedApi(gatehouse)
  const values = await importKeys(gatehouse, usagePlanId, count)
  const file = join(await emptyDataFolder(), 'keys')
  const each = Math.floor(count / used)
  const taken = values.filter((_, index) => index % each === 0)
  await writeFile(file, taken.map((value) => `${value}\n`).join(''))
  const to = target('keyed')
  const keyed = { ...to, headers: { ...to.headers, 'x-api-key': values[0] ?? '' } }
  await answers(keyed)
  return { ...keyed, varied: { header: 'x-api-key', file } }
}

/** The id of the key that is in the headers. */
async function someKeyId(gatehouse: Gatehouse): Promise<string> {
  await using management = connectTo(gatehouse)
  for (let path = '/apikeys?includeValues=true&limit=500'; ; ) {
    const { item, position } = await management.call('GET', path)
    const found = Array.isArray(item)
      ? item.find(({ value }) => value === 'bench-api-key-number-000000000000')
      : undefined
    if (found) return String(found.id)
    if (position === undefined) throw new Error('The first key is not there')
    path = `/apikeys?includeValues=true&limit=500&position=${encodeURIComponent(String(position))}`
  }
}
