import type { FunctionVersion } from '../../snapshot/function.ts'
import { afterPipes } from './after-pipes.ts'
import { exited, invalidEntrypoint, responseTooLarge, timedOut, unknownError } from './function-error.ts'
import type { PoolInvocation, PoolOutcome } from './invocation.ts'
import type { EnvironmentLog } from './log/environment-log.ts'
import { type Failure, PlatformLog } from './log/platform-log.ts'
import { InvalidEntrypointError } from './runtime.ts'
import { invocationResponse } from './runtime-api/invocation-response.ts'
import { maxResponseBytes, RuntimeApi, type RuntimeListener } from './runtime-api/runtime-api.ts'
import type { Sandbox } from './sandbox.ts'

/** Longest that an invocation waits for a runtime which has answered and not polled again yet, in milliseconds. */
const maxSettlingMs = 100

/** Tells the pool what becomes of an environment. */
export interface EnvironmentOwner {
  /** It has initialised, and takes up its first invocation. */
  started(environment: Environment): void
  /** It waits for an invocation. */
  idle(environment: Environment): void
  /** It takes no more invocations: its process is gone. */
  ended(environment: Environment): void
  /**
   * It could not take up its work, which has to run elsewhere.
   *
   * @param initCounts It was too slow to initialise: the next attempt counts in the function's timeout.
   */
  restart(work: Work, initCounts: boolean): void
}

/** An invocation and who waits for it. */
export interface Work {
  readonly invocation: PoolInvocation
  /** It comes from another thread. */
  readonly isLent: boolean
  settle(outcome: PoolOutcome): void
  /** It could not be run at all. */
  reject(error: unknown): void
}

export interface EnvironmentParts {
  readonly version: FunctionVersion
  readonly log: EnvironmentLog
  readonly owner: EnvironmentOwner
  /** Initialisation counts in the function's timeout, because an earlier attempt took too long. */
  readonly initCounts: boolean
  /** Longest initialisation that does not. */
  readonly maxInitMs: number
  /** Milliseconds of a steady clock. */
  readonly now: () => number
}

/** One execution environment: one process, one invocation at a time. */
export class Environment {
  /** When it last became idle, on the pool's clock. */
  idleSinceMs = 0
  /** Of its last invocation. */
  lastDurationMs = 0
  readonly version: FunctionVersion
  readonly #parts: EnvironmentParts
  readonly #log: EnvironmentLog
  readonly #platform: PlatformLog
  readonly #api: RuntimeApi
  readonly #timeoutMs: number
  #sandbox: Sandbox | undefined
  #state: 'starting' | 'idle' | 'busy' | 'ended' = 'starting'
  #work: Work | undefined
  /** When initialisation began, and later the present invocation. */
  #beganMs = 0
  #deadlineMs = Number.POSITIVE_INFINITY
  #isDispatched = false
  #isDraining = false
  #answeredMs = 0
  #maxMemoryKilobytes = 0

  constructor(parts: EnvironmentParts) {
    this.#parts = parts
    this.version = parts.version
    this.#log = parts.log
    this.#platform = new PlatformLog(parts.log, parts.version)
    this.#timeoutMs = parts.version.timeoutSeconds * 1000
    this.#api = new RuntimeApi(this.#listener)
  }

  /** It has just answered and is about to poll: cheaper to wait for than a new one. */
  get isSettling(): boolean {
    return this.#state === 'busy' && this.#work === undefined && this.#parts.now() - this.#answeredMs < maxSettlingMs
  }

  /** It has something that the pool's ticks have to watch. */
  get isActive(): boolean {
    return this.#state === 'starting' || this.#state === 'busy' || this.#sandbox?.isHeldBack === true
  }

  /** Starts the process and runs its first invocation. */
  async start(
    work: Work,
    launch: (api: RuntimeApi, onExit: (reason: string) => void) => Promise<Sandbox>,
  ): Promise<void> {
    this.#work = work
    this.#beganMs = this.#parts.now()
    if (work.invocation.tailLog) this.#log.beginTail()
    try {
      this.#platform.initBegan()
      this.#sandbox = await launch(this.#api, this.#exited)
      this.#beganMs = this.#parts.now()
      this.#deadlineMs = this.#beganMs + (this.#parts.initCounts ? this.#timeoutMs : this.#parts.maxInitMs)
      if (this.#state === 'ended') await this.#sandbox.end()
    } catch (error) {
      this.#failStart(error)
    }
  }

  /** Runs an invocation; the environment has to be idle, or settling. */
  invoke(work: Work): void {
    this.#state = 'busy'
    this.#work = work
    this.#advance()
    // A runtime that has hung up without polling again gets no more time than an invocation.
    if (!this.#isDispatched) this.#deadlineMs = Math.min(this.#deadlineMs, this.#parts.now() + this.#timeoutMs)
  }

  /** Enforces deadlines; called every few milliseconds while the environment is active. */
  tick(nowMs: number): void {
    this.#sandbox?.tick()
    if (this.#state !== 'starting' && this.#state !== 'busy') return
    if (nowMs >= this.#deadlineMs) this.#timeOut()
    else if (this.#isQueued && nowMs - this.#answeredMs >= maxSettlingMs) this.#giveBack()
  }

  /** Enforces the memory limit; called every 100 ms while the environment is active. */
  checkMemory(): void {
    const memory = this.#sandbox?.memory()
    if (memory === undefined) return
    this.#maxMemoryKilobytes = memory.highestKilobytes
    // Its exit is then reported as any other: `signal: killed`, as on Lambda.
    if (memory.presentKilobytes > this.version.memoryMegabytes * 1024) this.#sandbox?.kill()
  }

  /** Ends the process at once. An invocation that still runs in it fails. */
  async end(): Promise<void> {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    this.#parts.owner.ended(this)
    this.#log.endLines()
    const work = this.#work
    this.#work = undefined
    work?.settle({
      payload: exited(work.invocation.requestId, 'Runtime exited with error: signal: killed'),
      failed: true,
      tail: undefined,
    })
    await this.#sandbox?.end()
  }

  readonly #listener: RuntimeListener = {
    polled: () => this.#polled(),
    streams: (resume) => {
      const stream = this.#work?.invocation.stream
      stream?.begin(resume)
      return stream && ((bytes) => stream.write(bytes))
    },
    responded: (payload) => this.#finish(payload),
    failed: (payload, errorType) => {
      const type = errorType ?? 'Runtime.Unknown'
      this.#finish(payload || unknownError(this.#requestId(), type), { status: 'error', errorType: type })
    },
    respondedTooMuch: () => {
      const errorType = 'Function.ResponseSizeTooLarge'
      this.#finish(responseTooLarge(maxResponseBytes), { status: 'error', errorType })
    },
    initFailed: (payload, errorType = 'Runtime.Unknown') => {
      this.#platform.initFailed(this.#parts.now() - this.#beganMs, 'error', errorType)
      this.#finish(payload || unknownError(this.#requestId(), errorType), { status: 'error', errorType })
      void this.end()
    },
  }

  #polled(): void {
    if (this.#state === 'starting') {
      this.#platform.initEnded(this.#parts.now() - this.#beganMs)
      this.#state = 'busy'
      this.#parts.owner.started(this)
    }
    if (this.#state !== 'busy') return
    if (this.#work !== undefined) {
      this.#advance()
      return
    }
    this.#state = 'idle'
    this.#deadlineMs = Number.POSITIVE_INFINITY
    this.idleSinceMs = this.#parts.now()
    this.#parts.owner.idle(this)
  }

  /** It has work that its runtime has not been given yet, after an earlier invocation. */
  get #isQueued(): boolean {
    return this.#state === 'busy' && this.#work !== undefined && !this.#isDispatched
  }

  #advance(): void {
    if (this.#work !== undefined && !this.#isDispatched && !this.#isDraining && this.#api.isPolled)
      this.#dispatch(this.#work)
  }

  #giveBack(): void {
    const work = this.#work
    this.#work = undefined
    if (work !== undefined) this.#parts.owner.restart(work, false)
  }

  #dispatch(work: Work): void {
    const { invocation } = work
    const now = this.#parts.now()
    const counted = this.#platform.isColdStart && this.#parts.initCounts
    if (!counted) this.#deadlineMs = now + this.#timeoutMs
    this.#beganMs = now
    this.#isDispatched = true
    if (invocation.tailLog) this.#log.beginTail()
    this.#platform.began(invocation.requestId)
    this.#api.deliver(
      invocation.requestId,
      invocationResponse(invocation, Math.round(Date.now() + this.#deadlineMs - now)),
    )
  }

  #finish(payload: string, failure?: Failure): void {
    const work = this.#work
    if (work === undefined) return
    this.#work = undefined
    const { invocation } = work
    if (!this.#isDispatched) this.#platform.began(invocation.requestId)
    this.#isDispatched = false
    this.#answeredMs = this.#parts.now()
    const durationMs = failure?.status === 'timeout' ? this.#timeoutMs : this.#answeredMs - this.#beganMs
    this.lastDurationMs = durationMs
    const failed = failure !== undefined
    if (!invocation.tailLog) work.settle({ payload, failed, tail: undefined })

    // A process that never writes is not waited for: its log can be closed, and the next invocation begin, at once.
    const writes = invocation.tailLog || this.#platform.isColdStart || this.#sandbox?.wroteOutput === true
    if (!writes) {
      this.#report(invocation, durationMs, failure)
      return
    }
    this.#isDraining = true
    afterPipes(() => {
      this.#isDraining = false
      this.#report(invocation, durationMs, failure)
      if (invocation.tailLog) work.settle({ payload, failed, tail: this.#log.takeTail() })
      this.#advance()
    })
  }

  #report({ requestId }: PoolInvocation, durationMs: number, failure: Failure | undefined): void {
    // Short invocations fall between the pool's looks at the memory: a cold start is looked at once for all of them.
    if (this.#platform.isColdStart) this.#maxMemoryKilobytes = this.#sandbox?.memory()?.highestKilobytes ?? 0
    this.#platform.ended(requestId, durationMs, this.#maxMemoryKilobytes, failure)
  }

  #timeOut(): void {
    const work = this.#work
    const retriesInit = this.#state === 'starting' && !this.#parts.initCounts
    if (retriesInit) this.#platform.initFailed(this.#parts.maxInitMs, 'timeout')
    if (work !== undefined && !retriesInit && !this.#isQueued) {
      const { requestId } = work.invocation
      this.#platform.timedOut(requestId)
      this.#finish(timedOut(requestId, this.version.timeoutSeconds), { status: 'timeout' })
    }
    this.#endAndGiveBack(retriesInit)
  }

  /** Ends the process; work that it has not taken up runs elsewhere. */
  #endAndGiveBack(initCounts: boolean): void {
    const work = this.#work
    this.#work = undefined
    void this.end()
    if (work !== undefined) this.#parts.owner.restart(work, initCounts)
  }

  readonly #exited = (reason: string): void => {
    const requestId = this.#requestId()
    if (this.#work !== undefined && !this.#isQueued) {
      const errorType = 'Runtime.ExitError'
      if (this.#state === 'starting') {
        this.#platform.initFailed(this.#parts.now() - this.#beganMs, 'error', errorType)
      }
      this.#platform.exited(requestId, reason)
      this.#finish(exited(requestId, reason), { status: 'error', errorType })
    }
    this.#endAndGiveBack(false)
  }

  #failStart(error: unknown): void {
    const work = this.#work
    if (error instanceof InvalidEntrypointError) {
      const errorType = 'Runtime.InvalidEntrypoint'
      this.#finish(invalidEntrypoint(this.#requestId(), error.message), { status: 'error', errorType })
    } else {
      this.#work = undefined
      work?.reject(error)
    }
    void this.end()
  }

  #requestId(): string {
    return this.#work?.invocation.requestId ?? ''
  }
}
