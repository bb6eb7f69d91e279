import { type LimitInUse, leaseBoard } from '../limiter/lease.ts'
import type { SharedSlots } from '../limiter/shared-slots.ts'
import type { Log } from '../log.ts'
import type { Authority, Leases, QuotaCount, Reports } from './authority.ts'
import { bucketLedger } from './bucket-ledger.ts'
import { inTime } from './in-time.ts'
import { quotaLedger } from './quota-ledger.ts'
import type { Shares } from './share.ts'

/** How a node stands to its cluster. */
export interface ClusterStatus {
  /** `alone` when Redis cannot be reached: the node goes on with its share of every limit. */
  readonly state: 'connected' | 'alone'
  /** Nodes that live, with this one; alone, those that the node divides every limit by. */
  readonly nodes: number
  /** Epoch milliseconds since when it is so. */
  readonly since: number
}

/** Leases limits for all threads of a node. */
export interface LeaseAgent {
  inUse(limit: LimitInUse): void
  /** Takes in what other nodes have counted. */
  merge(counts: readonly QuotaCount[]): void
  /** Counts on from what the cluster has counted of these quotas. Without an answer in time, it is merged later. */
  follow(names: readonly string[]): Promise<void>
  /** Some of what other nodes have counted may have been missed. */
  catchUp(): Promise<void>
  /** Reports what has been used until now. */
  sync(): Promise<void>
  status(): ClusterStatus
  /** Gives back what the node holds, and ends. */
  stop(): Promise<void>
}

export interface LeaseAgentOptions {
  readonly authority: Authority
  readonly slots: SharedSlots
  readonly log: Log
  readonly shares: Shares
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs?: () => number
  /** From 0 to 1: spreads the nodes' exchanges. */
  readonly random?: () => number
}

/** Time between two looks at the limits, in milliseconds, when some are scarce. */
const roundMs = 20
/** The same when all of them are at ease: whoever runs short rings. */
const atEaseRoundMs = 60
/** Least time between two exchanges, in milliseconds. */
const minRoundMs = 4
/** An answer that takes longer, in milliseconds, finds the node going on alone. */
const deadlineMs = 250
/** Time between two attempts to find Redis again, in milliseconds; also between signs of life. */
const probeMs = 250
/** A Redis that has not been reached so long after the start, in milliseconds, is told of as lost. */
const firstContactMs = 1_000
/** Names that are asked for at once. */
const chunk = 500

const nothing: Reports = { buckets: [], quotas: [] }

/** Starts to lease. */
export function startLeaseAgent(options: LeaseAgentOptions): LeaseAgent {
  const { authority, slots, log, shares, nowMs = () => performance.now(), random = Math.random } = options
  const board = leaseBoard(slots)
  const buckets = bucketLedger(slots)
  const quotas = quotaLedger(slots)
  const followed = new Set<string>()
  const startedAtMs = nowMs()
  let status: ClusterStatus = { state: 'alone', nodes: shares.atStart, since: Date.now() }
  board.setNodes(status.nodes)
  /** The log knows that Redis is away. */
  let isTold = false
  let heardAtMs = Number.NEGATIVE_INFINITY
  let probing: Promise<void> | undefined
  let exchanging = Promise.resolve()
  /** Nothing was to be reported the last time. */
  let isQuiet = true
  let stopping = false

  function connected({ nodes }: Leases): void {
    heardAtMs = nowMs()
    board.granted(false)
    if (status.state === 'connected' && status.nodes === nodes) return
    const since = status.state === 'connected' ? status.since : Date.now()
    if (status.state === 'alone') log.debug('Limits are shared through Redis', { nodes })
    status = { state: 'connected', nodes, since }
    isTold = false
    board.setNodes(nodes)
  }

  function lost(error: unknown): void {
    if (status.state === 'connected') {
      status = { state: 'alone', nodes: Math.max(status.nodes, shares.least), since: Date.now() }
      board.setNodes(status.nodes)
      tell(error)
    }
    goOnAlone()
  }

  function tell(error: unknown): void {
    if (isTold) return
    isTold = true
    const { nodes } = status
    log.error('Redis does not answer: this node goes on with its share of every limit', { nodes, error })
  }

  function goOnAlone(): void {
    buckets.fill(status.nodes, nowMs())
    quotas.share(status.nodes)
    board.granted(true)
  }

  /** One exchange at a time. */
  function exchange(everything = false): Promise<void> {
    exchanging = exchanging.then(() => exchangeNow(everything))
    return exchanging
  }

  async function exchangeNow(everything: boolean): Promise<void> {
    const { nodes } = status
    const reports: Reports = {
      buckets: buckets.report(nodes, nowMs()),
      quotas: quotas.report(nodes, nowMs(), everything),
    }
    isQuiet = reports.buckets.length === 0 && reports.quotas.length === 0
    if (isQuiet && nowMs() - heardAtMs < probeMs) return
    try {
      const leases = await inTime(authority.exchange(reports), deadlineMs)
      buckets.grant(leases.buckets)
      quotas.grant(leases.quotas)
      connected(leases)
    } catch (error) {
      lost(error)
    }
  }

  /** Looks for Redis without holding up what goes on alone. */
  async function probe(): Promise<void> {
    const askedAtMs = nowMs()
    try {
      const leases = await inTime(authority.exchange(nothing), deadlineMs)
      connected(leases)
      void catchUp()
    } catch (error) {
      if (nowMs() - startedAtMs >= firstContactMs) tell(error)
      await pause(probeMs - (nowMs() - askedAtMs))
    }
    probing = undefined
  }

  async function round(): Promise<void> {
    if (status.state === 'connected') return exchange()
    goOnAlone()
    probing ??= probe()
  }

  function pauseMs(): number {
    if (status.state === 'alone' || !isQuiet) return roundMs
    return buckets.isInUse() || quotas.isInUse() ? atEaseRoundMs : probeMs / 2
  }

  async function run(): Promise<void> {
    while (!stopping) {
      board.answer()
      await round()
      await pause(minRoundMs)
      await board.rung(pauseMs() * (0.5 + random()))
    }
  }

  async function load(names: readonly string[]): Promise<void> {
    for (let i = 0; i < names.length; i += chunk) {
      quotas.merge(await inTime(authority.counts(names.slice(i, i + chunk)), deadlineMs))
    }
  }

  async function catchUp(): Promise<void> {
    await load([...followed]).catch((error: unknown) => log.debug('Counts cannot be read from Redis', { error }))
  }

  const running = run()
  return {
    inUse(limit) {
      if (limit.kind === 'bucket') buckets.use(limit.name, limit.rate)
      else quotas.use(limit.name, limit.start, limit.limit)
      board.ring()
    },
    merge: quotas.merge,
    async follow(names) {
      for (const name of names) followed.add(name)
      await load(names).catch((error: unknown) => log.debug('Counts cannot be read from Redis', { error }))
    },
    catchUp,
    async sync() {
      if (status.state === 'connected') await exchange(true)
    },
    status: () => status,
    async stop() {
      stopping = true
      board.ring()
      await running
      await probing
      if (status.state === 'connected') {
        await exchange(true)
        await inTime(authority.leave(), deadlineMs).catch(() => {})
      }
      authority.close()
    },
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
}
