import { type Count, readCount, writeCount } from '../../limiter/quota.ts'
import type { SharedSlots } from '../../limiter/shared-slots.ts'
import { type ApiKeyChange, usageCountName } from '../../snapshot/api-key.ts'
import type { Store, Transaction } from '../../storage/store.ts'
import { usageCounts, usageDays } from './count.ts'
import { dayOf } from './day.ts'

/** Keeps what the data plane counts, so that it outlives the process. */
export interface UsageRecorder {
  /** Follows the keys: their counts go on where they were. */
  follow(changes: readonly ApiKeyChange[]): Promise<void>
  /** Stores what has been counted since the last time. */
  flush(): Promise<void>
}

export interface UsageRecorderOptions {
  readonly store: Store
  readonly slots: SharedSlots
  readonly now: () => Date
}

/** The count of one key under one plan. */
interface Tally {
  readonly scope: string
  readonly planId: string
  readonly keyId: string
  readonly slot: number
  /** What is stored. */
  readonly stored: Count
}

/** A count beside what is stored of it. */
interface Changed {
  readonly name: string
  readonly tally: Tally
  readonly count: Count
}

/** Counts that are stored at once: other writes wait no longer than for these. */
const perTransaction = 200

const nothing: Count = { start: 0, used: 0 }

/**
 * Records the usage of API keys. What a crash can lose is what was counted since the last `flush`, which is never to the
 * caller's disadvantage.
 */
export function usageRecorder({ store, slots, now }: UsageRecorderOptions): UsageRecorder {
  const tallies = new Map<string, Tally>()
  let flushing = Promise.resolve()

  async function begin(scope: string, planId: string, keyId: string, name: string): Promise<void> {
    const stored = await store.read((reader) => reader.get(usageCounts, scope, `${planId}/${keyId}`))
    const slot = slots.slotOf(name)
    if (stored && readCount(slots.values, slot).start === 0) writeCount(slots.values, slot, stored)
    tallies.set(name, { scope, planId, keyId, slot, stored: stored ?? nothing })
  }

  async function record(transaction: Transaction, day: string, tally: Tally, count: Count): Promise<void> {
    const { scope, planId, keyId, stored } = tally
    const added = count.start === stored.start ? count.used - stored.used : count.used
    await transaction.put(usageCounts, scope, `${planId}/${keyId}`, count)
    const dayKey = `${planId}/${keyId}/${day}`
    const before = await transaction.get(usageDays, scope, dayKey)
    await transaction.put(usageDays, scope, dayKey, { used: Math.max(0, (before?.used ?? 0) + added) })
  }

  /** What has been counted and is not stored. */
  function unstored(): Changed[] {
    const changed: Changed[] = []
    for (const [name, tally] of tallies) {
      const count = readCount(slots.values, tally.slot)
      if (count.start !== tally.stored.start || count.used !== tally.stored.used) changed.push({ name, tally, count })
    }
    return changed
  }

  async function storeChanged(): Promise<void> {
    const changed = unstored()
    const day = dayOf(now().getTime())
    for (let from = 0; from < changed.length; from += perTransaction) {
      const some = changed.slice(from, from + perTransaction)
      await store.write(async (transaction) => {
        for (const { tally, count } of some) await record(transaction, day, tally, count)
      })
      for (const { name, tally, count } of some) tallies.set(name, { ...tally, stored: count })
    }
  }

  return {
    async follow(changes) {
      for (const { account, region, keyId, key } of changes) {
        for (const { planId } of key?.plans ?? []) {
          const name = usageCountName(account, region, planId, keyId)
          if (!tallies.has(name)) await begin(`${account}/${region}`, planId, keyId, name)
        }
      }
    },
    flush() {
      flushing = flushing.then(storeChanged, storeChanged)
      return flushing
    },
  }
}
