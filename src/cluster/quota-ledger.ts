import { firstCalls } from '../limiter/lease.ts'
import { type LeasedQuotaSlots, leasedQuotaSlots, unbounded } from '../limiter/leased-quota.ts'
import { type Count, readCount, swapCount } from '../limiter/quota.ts'
import type { SharedSlots } from '../limiter/shared-slots.ts'
import type { QuotaCount, QuotaLease, QuotaReport } from './authority.ts'

/** The quotas that a node counts. */
export interface QuotaLedger {
  /** A quota has come into use in the period that began on a day, or has got another limit. */
  use(name: string, start: number, limit: number): void
  /** What there is to report now. @param everything Whatever is at ease, too. */
  report(nodes: number, nowMs: number, everything: boolean): readonly QuotaReport[]
  /** Whether any quota is in use. */
  isInUse(): boolean
  /** Takes in what was leased for the last report, in its order. */
  grant(leases: readonly QuotaLease[]): void
  /** Takes in what other nodes have counted. */
  merge(counts: readonly QuotaCount[]): void
  /** Opens this node's share of what is left, for as long as nobody else can tell. */
  share(nodes: number): void
}

interface Quota {
  readonly name: string
  readonly slots: LeasedQuotaSlots
  start: number
  limit: number
  /** In use: its ceiling is open. */
  active: boolean
  /** Whether the ceiling is this node's share. */
  alone: boolean
  /** Calls of all nodes, when they were last heard of. */
  known: number
  /** The same, as other nodes have told it since. */
  heard: number
  /** Of this node's calls, those that have been reported. */
  taken: bigint
  /** The report that has not been answered. */
  pending: { readonly sequence: number; readonly used: number } | undefined
  /** Calls per second. */
  demand: number
  /** Calls that were not reported when it was last looked at. */
  seen: number
  calledAtMs: number
  reportedAtMs: number
}

/** A quota without calls for so long gives its lease back, in milliseconds; and where few calls are left for all nodes. */
const quietMs = 2_000
const scarceQuietMs = 100
/** Few calls. */
const scarceCalls = 200
/** A quota of which enough is held is reported no more often than that, in milliseconds. */
const atEaseMs = 100
/** For how long a lease should last, in seconds. */
const leaseSeconds = 0.1

export function quotaLedger(shared: SharedSlots): QuotaLedger {
  const { values } = shared
  const quotas = new Map<string, Quota>()
  const active = new Set<Quota>()
  let reported: readonly Quota[] = []
  let sequence = 0

  function known(name: string): Quota {
    const before = quotas.get(name)
    if (before) return before
    const times = { seen: 0, calledAtMs: 0, reportedAtMs: 0 }
    const state = {
      start: 0,
      limit: 0,
      active: false,
      alone: false,
      known: 0,
      heard: 0,
      taken: 0n,
      pending: undefined,
      demand: 0,
    }
    const quota: Quota = { name, slots: leasedQuotaSlots(shared, name), ...state, ...times }
    quotas.set(name, quota)
    return quota
  }

  /** Moves a count of the quota's period on. */
  function add(slot: number, start: number, calls: number): void {
    if (calls === 0) return
    for (;;) {
      const before = readCount(values, slot)
      if (before.start !== start) return
      const used = Math.min(unbounded, Math.max(0, before.used + calls))
      if (swapCount(values, slot, before, { start, used })) return
    }
  }

  /** @returns the calls that have not been reported, but for those whose report has not been answered. */
  function look(quota: Quota, nowMs: number): number {
    const calls = Number(Atomics.load(values, quota.slots.taken) - quota.taken)
    if (calls !== quota.seen) quota.calledAtMs = nowMs
    quota.demand = (calls * 1000) / Math.max(1, nowMs - quota.reportedAtMs)
    quota.seen = calls
    return calls
  }

  /** Closes the ceiling: whoever calls next opens it anew. */
  function close(quota: Quota): void {
    Atomics.store(values, quota.slots.ceiling, 0n)
    quota.active = false
  }

  /** Calls that the node may still count. */
  function heldNow({ slots, limit }: Quota): number {
    if (!Number.isFinite(limit)) return 0
    return Math.max(0, readCount(values, slots.ceiling).used - readCount(values, slots.count).used)
  }

  /** Lowers what the node holds to what it needs. @returns what it holds then. */
  function lower({ slots, start }: Quota, held: number, wanted: number): number {
    const ceiling = readCount(values, slots.ceiling)
    const lowered = { start, used: ceiling.used - held + wanted }
    return ceiling.start === start && swapCount(values, slots.ceiling, ceiling, lowered) ? wanted : held
  }

  /** @returns Undefined when the others need not hear of the quota now. */
  function reportOf(quota: Quota, nodes: number, nowMs: number, everything: boolean): QuotaReport | undefined {
    // Looked at first: what is used meanwhile counts as held and as used, rather than as neither.
    const heldBefore = heldNow(quota)
    const calls = look(quota, nowMs)
    const { name, start, limit } = quota
    const left = limit - readCount(values, quota.slots.count).used
    const isScarce = left < Math.max(scarceCalls, limit / 20)
    if (nowMs - quota.calledAtMs > (isScarce ? scarceQuietMs : quietMs)) close(quota)
    const needed = Math.max(1, firstCalls(left, nodes), Math.ceil(quota.demand * leaseSeconds))
    const wanted = quota.active ? Math.min(needed, unbounded) : 0
    const held = quota.active ? heldBefore : 0
    quota.alone = false
    const isEnough = held >= wanted / 2 || !Number.isFinite(limit) || left <= 0
    const isTooMuch = held > 2 * wanted
    const isRecent = nowMs - quota.reportedAtMs < atEaseMs && !isScarce && !everything
    const isUnchanged = calls === 0 && !isTooMuch
    if (quota.active && isEnough && (isUnchanged || isRecent) && !quota.pending) return undefined
    if (!quota.pending) {
      quota.pending = { sequence: ++sequence, used: calls }
      quota.taken += BigInt(calls)
      quota.seen = 0
    }
    quota.reportedAtMs = nowMs
    const kept = isTooMuch ? lower(quota, held, wanted) : held
    return { name, start, limit, known: quota.known, ...quota.pending, held: kept, wanted }
  }

  function mergeOne({ name, start, used }: QuotaCount): void {
    const quota = known(name)
    if (quota.active) {
      if (quota.start !== start) return
      // What is being reported now is answered with the calls of all nodes, and this may come before the answer.
      quota.heard = Math.max(quota.heard, used)
      const others = quota.pending ? 0 : used - quota.known
      if (others <= 0) return
      add(quota.slots.count, start, others)
      add(quota.slots.ceiling, start, others)
      quota.known = used
      return
    }
    const before: Count = readCount(values, quota.slots.count)
    if (before.start > start || (before.start === start && before.used >= used)) return
    if (swapCount(values, quota.slots.count, before, { start, used })) Object.assign(quota, { start, known: used })
  }

  return {
    use(name, start, limit) {
      const quota = known(name)
      quota.limit = limit
      if (quota.active && quota.start === start) return
      const counted = readCount(values, quota.slots.count)
      const unreported = Number(Atomics.load(values, quota.slots.taken) - quota.taken)
      if (!quota.pending) quota.known = Math.max(0, counted.start === start ? counted.used - unreported : 0)
      Object.assign(quota, { start, active: true, alone: false, heard: 0 })
      active.add(quota)
    },
    report(nodes, nowMs, everything) {
      const due: Quota[] = []
      const reports: QuotaReport[] = []
      for (const quota of active) {
        if (quota.reportedAtMs === 0) Object.assign(quota, { calledAtMs: nowMs, reportedAtMs: nowMs })
        const report = reportOf(quota, nodes, nowMs, everything)
        if (!report) continue
        due.push(quota)
        reports.push(report)
      }
      reported = due
      return reports
    },
    isInUse: () => active.size > 0,
    grant(leases) {
      for (const [i, quota] of reported.entries()) {
        const { used: counted, granted } = leases[i] ?? { used: quota.known, granted: 0 }
        const used = Math.max(counted, quota.heard)
        quota.heard = 0
        const others = used - quota.known - (quota.pending?.used ?? 0)
        Object.assign(quota, { known: used, pending: undefined })
        add(quota.slots.count, quota.start, others)
        if (quota.active && Number.isFinite(quota.limit)) add(quota.slots.ceiling, quota.start, others + granted)
        if (!quota.active) {
          quota.reportedAtMs = 0
          active.delete(quota)
        }
      }
    },
    merge(counts) {
      for (const count of counts) mergeOne(count)
    },
    share(nodes) {
      for (const quota of active) {
        if (quota.alone || !quota.active || !Number.isFinite(quota.limit)) continue
        quota.alone = true
        const { start, known: total, limit, slots } = quota
        const ceiling = readCount(values, slots.ceiling)
        const opened = total + Math.ceil(Math.max(0, limit - total) / nodes)
        if (ceiling.start === start) swapCount(values, slots.ceiling, ceiling, { start, used: opened })
      }
    },
  }
}
