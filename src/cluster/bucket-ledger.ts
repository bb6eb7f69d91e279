import { firstTokens, tokensAside } from '../limiter/lease.ts'
import { addTo, type LeasedBucketSlots, leasedBucketSlots, setDry, takeFrom } from '../limiter/leased-bucket.ts'
import type { SharedSlots } from '../limiter/shared-slots.ts'
import type { Rate } from '../limiter/token-bucket.ts'
import type { BucketReport } from './authority.ts'

/** The token buckets that a node uses, and what it holds of them. */
export interface BucketLedger {
  /** A bucket has come into use, or has got another rate. */
  use(name: string, rate: Rate): void
  /** What there is to report now. What is given back is taken out of use at once. */
  report(nodes: number, nowMs: number): readonly BucketReport[]
  /** Takes in what was granted for the last report, in its order. */
  grant(tokens: readonly number[]): void
  /** Whether any bucket is in use. */
  isInUse(): boolean
  /** Fills the buckets with this node's share of their rates, for as long as nobody else can. */
  fill(nodes: number, nowMs: number): void
}

interface Bucket {
  readonly name: string
  readonly slots: LeasedBucketSlots
  rate: Rate
  /** Tokens held when they were last looked at. */
  held: number
  refused: bigint
  /** Calls per second. */
  demand: number
  lookedAtMs: number
  calledAtMs: number
  reportedAtMs: number
  /** As it was reported. */
  reportedDemand: number
  wanted: number
  /** Tokens that have come in alone, with fractions; undefined with the others. */
  share: number | undefined
  /** Tokens that were used alone. */
  debt: number
}

/** A bucket without calls for so long is forgotten, in milliseconds. */
const forgottenAfterMs = 10_000
/** A bucket of which nothing is set aside is left to the other nodes after so long without calls, in milliseconds. */
const leftAfterMs = 200
/** A bucket that holds enough is reported no more often than that, in milliseconds. */
const atEaseMs = 200
/** For how long leased tokens should last, in seconds: some exchanges. */
const leaseSeconds = 0.06
/** What comes back into a bucket until the nodes have reported its use, in seconds of its rate. It is held on top of the burst. */
const slackSeconds = 0.04

export function bucketLedger(shared: SharedSlots): BucketLedger {
  const { values } = shared
  const buckets = new Map<string, Bucket>()
  let reported: readonly Bucket[] = []

  const heldNow = ({ slots }: Bucket) => Number(Atomics.load(values, slots.held)) - 1

  /** Looks at a bucket. @returns the calls since the last time. */
  function look(bucket: Bucket, nowMs: number): number {
    const held = heldNow(bucket)
    const refused = Atomics.load(values, bucket.slots.refused) >> 1n
    const calls = Math.max(0, bucket.held - held + Number(refused - bucket.refused))
    const perSecond = (calls * 1000) / Math.max(1, nowMs - bucket.lookedAtMs)
    bucket.demand = calls === 0 ? 0 : Math.max(perSecond, bucket.demand / 2)
    if (calls > 0) bucket.calledAtMs = nowMs
    Object.assign(bucket, { held, refused, lookedAtMs: nowMs })
    return calls
  }

  /** Forgets a bucket, unless a thread has taken from it at this moment. @returns whether it is forgotten. */
  function forget({ name, slots }: Bucket, held: number): boolean {
    const before = BigInt(held + 1)
    return Atomics.compareExchange(values, slots.held, before, 0n) === before && buckets.delete(name)
  }

  /** A bucket that nobody calls here, and what the others should hear of that. */
  function reportOfIdle(bucket: Bucket, terms: Terms, nowMs: number): BucketReport | undefined {
    const idleMs = nowMs - bucket.calledAtMs
    const { first, aside } = terms
    if (idleMs <= (aside === 0 ? leftAfterMs : forgottenAfterMs) || !forget(bucket, first)) return undefined
    bucket.wanted = 0
    return aside === 0 ? { ...terms, held: 0, returned: first, debt: 0, wanted: 0, demand: 0 } : undefined
  }

  /** @returns Undefined when the others need not hear of the bucket now. */
  function reportOf(bucket: Bucket, nodes: number, nowMs: number): BucketReport | undefined {
    const terms = termsOf(bucket, nodes)
    const { first, capacity } = terms
    const calls = look(bucket, nowMs)
    if (calls === 0 && bucket.reportedDemand === 0 && bucket.held === first && bucket.debt <= 0) {
      return reportOfIdle(bucket, terms, nowMs)
    }
    const wanted = Math.min(Math.floor(capacity), Math.max(first, Math.ceil(bucket.demand * leaseSeconds)))
    const enough = calls === 0 ? first : 2 * wanted
    const isAtEase = bucket.held >= 0.75 * wanted && bucket.held <= enough && bucket.debt <= 0
    if (isAtEase && nowMs - bucket.reportedAtMs < atEaseMs) return undefined
    const returned = bucket.held > enough ? takeFrom(values, bucket.slots.held, bucket.held - wanted) : 0
    bucket.held -= returned
    const debt = Math.max(0, bucket.debt)
    Object.assign(bucket, { debt: 0, share: undefined, reportedAtMs: nowMs, reportedDemand: bucket.demand, wanted })
    const { held, demand } = bucket
    return { ...terms, held, returned, debt, wanted, demand }
  }

  function fillOne(bucket: Bucket, nodes: number, nowMs: number): void {
    const { rateLimit, burstLimit } = bucket.rate
    const elapsedSeconds = (nowMs - bucket.lookedAtMs) / 1000
    const before = bucket.held
    look(bucket, nowMs)
    const share = Math.max(1, burstLimit / nodes)
    // What was leased has been paid for; what is used beyond it will have to be.
    bucket.debt += before - bucket.held - (bucket.share === undefined ? before : 0)
    const come = (bucket.share ?? 0) + (rateLimit / nodes) * elapsedSeconds
    const added = Math.max(0, Math.floor(Math.min(come, share - bucket.held)))
    if (added > 0) addTo(values, bucket.slots.held, BigInt(added))
    bucket.held += added
    bucket.share = Math.min(1, come - added)
    if (nowMs - bucket.calledAtMs > forgottenAfterMs && bucket.held >= Math.floor(share)) forget(bucket, bucket.held)
  }

  return {
    use(name, rate) {
      const known = buckets.get(name)
      if (known) {
        known.rate = rate
        return
      }
      const slots = leasedBucketSlots(shared, name)
      const refused = Atomics.load(values, slots.refused) >> 1n
      setDry(values, slots.refused, false)
      const times = { lookedAtMs: Number.NEGATIVE_INFINITY, calledAtMs: Number.POSITIVE_INFINITY }
      const unreported = {
        reportedAtMs: Number.NEGATIVE_INFINITY,
        reportedDemand: 0,
        wanted: 0,
        share: undefined,
        debt: 0,
      }
      buckets.set(name, { name, slots, rate, held: 0, refused, demand: 0, ...times, ...unreported })
    },
    report(nodes, nowMs) {
      const due: Bucket[] = []
      const reports: BucketReport[] = []
      for (const bucket of buckets.values()) {
        begin(bucket, nodes, nowMs)
        const report = reportOf(bucket, nodes, nowMs)
        if (!report) continue
        due.push(bucket)
        reports.push(report)
      }
      reported = due
      return reports
    },
    grant(tokens) {
      for (const [i, bucket] of reported.entries()) {
        const granted = tokens[i] ?? 0
        if (granted > 0) addTo(values, bucket.slots.held, BigInt(granted))
        bucket.held += granted
        setDry(values, bucket.slots.refused, bucket.held < bucket.wanted)
      }
    },
    isInUse: () => buckets.size > 0,
    fill(nodes, nowMs) {
      for (const bucket of buckets.values()) {
        if (begin(bucket, nodes, nowMs)) bucket.share = Math.max(1, bucket.rate.burstLimit / nodes)
        fillOne(bucket, nodes, nowMs)
      }
    },
  }
}

/** What a report says of a bucket whatever its node does. */
type Terms = Pick<BucketReport, 'name' | 'rateLimit' | 'capacity' | 'first' | 'aside'>

function termsOf({ name, rate }: Bucket, nodes: number): Terms {
  const { rateLimit, burstLimit } = rate
  const capacity = Math.floor(burstLimit) + rateLimit * slackSeconds
  return { name, rateLimit, capacity, first: firstTokens(rate, nodes), aside: tokensAside(rate, nodes) }
}

/** A bucket that is looked at for the first time began with its first tokens. @returns whether it is. */
function begin(bucket: Bucket, nodes: number, nowMs: number): boolean {
  if (Number.isFinite(bucket.lookedAtMs)) return false
  Object.assign(bucket, { held: firstTokens(bucket.rate, nodes), lookedAtMs: nowMs, calledAtMs: nowMs })
  return true
}
