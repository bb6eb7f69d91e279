import { randomBytes } from 'node:crypto'
import type { FunctionVersion } from '../../snapshot/function.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { CodeCache, CodeFolders } from './code/code-cache.ts'
import { Environment, type EnvironmentOwner, type Work } from './environment.ts'
import type { HostSettings } from './environment-variables.ts'
import { Group, groupKey } from './group.ts'
import type { PoolInvocation, PoolOutcome } from './invocation.ts'
import { EnvironmentLog } from './log/environment-log.ts'
import type { LogSink } from './log/log-sink.ts'
import type { Neighbours } from './neighbours/neighbours.ts'
import type { CountPlace, SharedCounts } from './neighbours/shared-counts.ts'
import { isBrief, patienceMs } from './patience.ts'
import type { RuntimeFinder } from './runtime.ts'
import { launchSandbox } from './sandbox.ts'
import type { StraySweeper } from './stray-processes.ts'
import { Ticker } from './ticker.ts'

export interface EnvironmentPoolOptions {
  /** Most environments of all threads together. */
  readonly maxEnvironments: number
  /** Busy environments of one function that this thread's share of the processors has work for: at least 1. */
  readonly enoughBusy: number
  readonly environmentIdleMs: number
  readonly code: CodeCache
  readonly logs: LogSink
  readonly runtimes: RuntimeFinder
  readonly host: HostSettings
  /** The folder that holds the scratch folders of all environments. */
  readonly scratchParent: string
  /** Path of `setpriv` where there is one: processes then end with the gateway, however that ends. */
  readonly setpriv: string | undefined
  readonly strays: StraySweeper
  /** What each thread has. */
  readonly counts: SharedCounts
  readonly neighbours: Neighbours
  /** Longest initialisation that does not count in the function's timeout. Default: Lambda's own, 10 seconds (documented). */
  readonly maxInitMs?: number
  /** Milliseconds of a steady clock. */
  readonly now?: () => number
}

/** How often it is looked who has waited for long, in milliseconds. */
const waitTickMs = 5

/** Keeps environments warm, starts more of them under load, and ends those that were idle for long. */
export class EnvironmentPool {
  readonly #options: EnvironmentPoolOptions
  readonly #counts: SharedCounts
  /** Where all threads count their environments, and those of them that are idle. */
  readonly #allPlace: CountPlace
  readonly #idlePlace: CountPlace
  readonly #now: () => number
  readonly #groups = new Map<string, Group>()
  /** The same, found without a key. */
  readonly #known = new WeakMap<FunctionVersion, Group>()
  readonly #environments = new Set<Environment>()
  readonly #ending = new Set<Promise<void>>()
  readonly #ticker = new Ticker(() => this.#tick())
  #lastMemoryCheckMs = 0
  #coldStarts = 0
  readonly #waitingGroups = new Set<Group>()
  #waitTimer: NodeJS.Timeout | undefined
  #isEnded = false

  constructor(options: EnvironmentPoolOptions) {
    this.#options = options
    this.#counts = options.counts
    this.#allPlace = options.counts.placeOf('environments')
    this.#idlePlace = options.counts.placeOf('idle environments')
    this.#now = options.now ?? (() => performance.now())
  }

  /** Environments that exist, and cold starts since the pool began. */
  get counts(): { readonly environments: number; readonly coldStarts: number } {
    return { environments: this.#environments.size, coldStarts: this.#coldStarts }
  }

  /** The versions that have environments. */
  versions(): FunctionVersion[] {
    return [...this.#environments].map(({ version }) => version)
  }

  /**
   * Runs one invocation in a warm environment, or in a new one.
   *
   * @throws {ServiceError} `TooManyRequestsException` when all environments are busy.
   */
  run(version: FunctionVersion, invocation: PoolInvocation): Promise<PoolOutcome> {
    let group = this.#known.get(version)
    if (group === undefined || group.retired) {
      group = this.#groupOf(version)
      this.#known.set(version, group)
    }
    return this.#run(group, invocation)
  }

  #run(group: Group, invocation: PoolInvocation, isLent = false): Promise<PoolOutcome> {
    return new Promise((resolve, reject) => {
      this.#ticker.wake()
      const work: Work = { invocation, isLent, settle: resolve, reject }
      const brief = isBrief(group)
      if (this.#patienceMs(group, brief) > 0) this.#wait(group, work, brief)
      else this.#place(group, work, false)
    })
  }

  /**
   * Runs an invocation of another thread.
   *
   * @param mayWait It may wait for an environment; else it only takes an idle one.
   * @returns Undefined: there is none.
   */
  runLent(key: string, invocation: PoolInvocation, mayWait: boolean): Promise<PoolOutcome> | undefined {
    const group = this.#groups.get(key)
    if (group === undefined || group.size === 0) return undefined
    if (mayWait) return this.#run(group, invocation, true)
    if (!group.hasWarm) return undefined
    return new Promise((settle, reject) => {
      this.#ticker.wake()
      this.#place(group, { invocation, isLent: true, settle, reject }, false)
    })
  }

  /** Ends the environment that has been idle for longest, to make room for another one. @returns Whether there was one. */
  makeRoom(): boolean {
    let longest: Environment | undefined
    for (const { idle } of this.#groups.values()) {
      const candidate = idle.oldest
      if (candidate !== undefined && candidate.idleSinceMs < (longest?.idleSinceMs ?? Number.POSITIVE_INFINITY)) {
        longest = candidate
      }
    }
    if (longest === undefined) return false
    this.#end(longest)
    return true
  }

  /** Ends the environments of every revision that `isCurrent` denies: idle ones now, busy ones after their invocation. */
  retire(isCurrent: (version: FunctionVersion) => boolean): void {
    for (const [key, group] of this.#groups) {
      if (isCurrent(group.version)) continue
      this.#groups.delete(key)
      group.retired = true
      for (const environment of group.idle) this.#end(environment)
    }
  }

  /** Ends every environment at once and resolves when their processes and folders are gone. */
  async end(): Promise<void> {
    this.#isEnded = true
    this.#ticker.stop()
    this.#placeWaiting(Number.POSITIVE_INFINITY)
    for (const environment of this.#environments) this.#end(environment)
    await Promise.all(this.#ending)
  }

  #groupOf(version: FunctionVersion): Group {
    const key = groupKey(version)
    let group = this.#groups.get(key)
    if (group === undefined) {
      group = new Group(version, this.#counts, this.#idlePlace)
      this.#groups.set(key, group)
    }
    return group
  }

  #place(group: Group, work: Work, initCounts: boolean): void {
    const warm = initCounts ? undefined : group.takeWarm()
    if (warm !== undefined) warm.invoke(work)
    else if (initCounts || work.isLent || this.#isEnded) this.#placeInNew(group, work, initCounts)
    else this.#placeElsewhere(group, work)
  }

  /** One after the other, calls of a function meet the same environment, in whichever thread they come in. */
  #placeElsewhere(group: Group, work: Work): void {
    // What is not idle may be about to be: to ask costs nothing beside the start of a process.
    const thread = this.#counts.holder(group.idlePlace) ?? this.#counts.holder(group.place)
    const orElse = () => this.#placeInNew(group, work, false)
    if (thread === undefined) orElse()
    else this.#lend(thread, group, work, { mayWait: false, orElse })
  }

  #placeInNew(group: Group, work: Work, initCounts: boolean): void {
    if (this.#isEnded)
      work.reject(new ServiceError('ServiceException', 'The gateway is shutting down', { status: 500 }))
    else if (this.#takeRoom()) this.#start(group, work, initCounts)
    else void this.#placeInFullPool(group, work, initCounts)
  }

  /** All threads together have as many environments as there may be, and this one has none that could make room. */
  async #placeInFullPool(group: Group, work: Work, initCounts: boolean): Promise<void> {
    const { neighbours } = this.#options
    const idle = this.#counts.holder(this.#idlePlace)
    if (idle !== undefined && (await neighbours.makeRoom(idle)) && this.#takeRoom()) {
      this.#start(group, work, initCounts)
      return
    }
    const busy = work.isLent ? undefined : this.#counts.holder(group.place)
    const refuse = () => work.reject(poolIsFull())
    if (busy === undefined) refuse()
    else this.#lend(busy, group, work, { mayWait: true, orElse: refuse })
  }

  #lend(
    thread: number,
    { key }: Group,
    { invocation, settle, reject }: Work,
    { mayWait, orElse }: { readonly mayWait: boolean; readonly orElse: () => void },
  ): void {
    this.#options.neighbours
      .run(thread, key, invocation, mayWait)
      .then((outcome) => (outcome === undefined ? orElse() : settle(outcome)), reject)
  }

  #takeRoom(): boolean {
    const { maxEnvironments } = this.#options
    return (
      this.#counts.take(this.#allPlace, maxEnvironments) ||
      (this.makeRoom() && this.#counts.take(this.#allPlace, maxEnvironments))
    )
  }

  #patienceMs(group: Group, brief: boolean): number {
    const { enoughBusy, maxEnvironments } = this.#options
    const isFull = this.#counts.sum(this.#allPlace) >= maxEnvironments && this.#counts.sum(this.#idlePlace) === 0
    return patienceMs(group, brief, { enoughBusy, isFull })
  }

  #wait(group: Group, work: Work, brief: boolean): void {
    group.waiting.push({ work, isBrief: brief, sinceMs: this.#now() })
    this.#waitingGroups.add(group)
    this.#waitTimer ??= setTimeout(() => this.#placeWaiting(this.#now()), waitTickMs)
  }

  /** Work that has waited for long gets environments of its own after all. */
  #placeWaiting(nowMs: number): void {
    clearTimeout(this.#waitTimer)
    this.#waitTimer = undefined
    for (const group of this.#waitingGroups) {
      for (let first = group.waiting[0]; first; first = group.waiting[0]) {
        if (nowMs - first.sinceMs < this.#patienceMs(group, first.isBrief)) break
        group.waiting.shift()
        this.#place(group, first.work, false)
      }
      if (group.waiting.length === 0) this.#waitingGroups.delete(group)
    }
    if (this.#waitingGroups.size > 0) this.#waitTimer = setTimeout(() => this.#placeWaiting(this.#now()), waitTickMs)
  }

  #start(group: Group, work: Work, initCounts: boolean): void {
    const { version } = group
    const { code, logs, runtimes, host, scratchParent, setpriv, strays, maxInitMs = 10_000 } = this.#options
    const log = new EnvironmentLog(version.functionArn, newLogStream(version), logs)
    const owner = this.#ownerOf(group)
    const environment = new Environment({ version, log, owner, initCounts, maxInitMs, now: this.#now })
    this.#environments.add(environment)
    group.add(environment)
    this.#coldStarts++
    const launch: Parameters<Environment['start']>[1] = async (api, onExit) => {
      const folders: CodeFolders = await code.prepare(version)
      const runtime = await runtimes.find(version, folders)
      return launchSandbox({ version, code: folders, runtime, log, api, host, scratchParent, setpriv, strays, onExit })
    }
    this.#track(environment.start(work, launch))
  }

  #ownerOf(group: Group): EnvironmentOwner {
    return {
      started: (environment) => group.started(environment),
      idle: (environment) => {
        group.shortest.add(environment.lastDurationMs)
        const next = group.busy <= this.#options.enoughBusy || group.retired ? group.waiting.shift() : undefined
        if (next !== undefined) environment.invoke(next.work)
        else if (group.retired) this.#end(environment)
        else group.idle.add(environment)
      },
      ended: (environment) => {
        this.#environments.delete(environment)
        group.remove(environment)
        this.#counts.give(this.#allPlace)
        const next = group.waiting.shift()
        if (next !== undefined) this.#place(group, next.work, false)
      },
      restart: (work, initCounts) => this.#place(group, work, initCounts),
    }
  }

  #end(environment: Environment): void {
    this.#track(environment.end())
  }

  /** Remembers work until it is done, so that `end` can wait for it. */
  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#ending.delete(tracked))
    this.#ending.add(tracked)
  }

  #tick(): 'active' | 'resting' | 'empty' {
    const now = this.#now()
    for (const { shortest } of this.#groups.values()) shortest.tick()
    const checksMemory = now - this.#lastMemoryCheckMs >= 100
    if (checksMemory) this.#lastMemoryCheckMs = now
    let isActive = false
    for (const environment of this.#environments) {
      if (!environment.isActive) {
        if (now - environment.idleSinceMs >= this.#options.environmentIdleMs) this.#end(environment)
        continue
      }
      isActive = true
      if (checksMemory) environment.checkMemory()
      environment.tick(now)
    }
    if (isActive) return 'active'
    return this.#environments.size > 0 ? 'resting' : 'empty'
  }
}

function newLogStream({ version }: FunctionVersion): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/')
  return `${day}/[${version}]${randomBytes(16).toString('hex')}`
}

function poolIsFull(): ServiceError {
  return new ServiceError('TooManyRequestsException', 'Rate Exceeded.', {
    members: { Type: 'User', Reason: 'ConcurrentInvocationLimitExceeded' },
    status: 429,
  })
}
