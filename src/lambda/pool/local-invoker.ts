import { randomUUID } from 'node:crypto'
import type { Policy } from '../../policy/policy.ts'
import type { FunctionVersion } from '../../snapshot/function.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { FunctionStream } from '../function-stream.ts'
import type { FunctionInvocation, FunctionInvoker, FunctionResult } from '../invoker.ts'
import { allows } from '../permission/allows.ts'
import { callerPolicy, requireCaller } from '../permission/require-caller.ts'
import type { EnvironmentPool } from './environment-pool.ts'
import type { PoolOutcome } from './invocation.ts'
import type { Loan } from './neighbours/neighbours.ts'
import type { CountPlace, SharedCounts } from './neighbours/shared-counts.ts'
import { type FunctionRegistry, splitArn, type Target } from './registry.ts'
import { newTraceId } from './trace-id.ts'

/** Largest payload in bytes (documented). */
const maxPayloadBytes = 6_291_456

/** Most decisions of the resource policy that are remembered. */
const maxDecisions = 10_000

type Service = NonNullable<FunctionInvocation['service']>

/** Whether a function's policy allows a service, for one source. */
interface Decision extends Pick<Service, 'principal' | 'sourceAccount'> {
  readonly allowed: boolean
}

/** Runs invocations. */
type Pool = Pick<EnvironmentPool, 'run' | 'runLent'>

/** Runs functions in this machine's environments. */
export class LocalInvoker implements FunctionInvoker {
  readonly #registry: FunctionRegistry
  readonly #pool: Pool
  readonly #random: () => number
  readonly #counts: SharedCounts
  /** Where all threads count the running invocations of a function, by unqualified ARN. */
  readonly #places = new Map<string, CountPlace>()
  readonly #decisions = new WeakMap<Target, Map<string, Decision>>()
  readonly #policies = new WeakMap<Target, Policy>()
  #isDraining = false
  #inFlight = 0
  #onIdle: (() => void) | undefined

  /** @param random 0 to below 1: chooses among the versions of an alias. */
  constructor(registry: FunctionRegistry, pool: Pool, counts: SharedCounts, random: () => number = Math.random) {
    this.#registry = registry
    this.#pool = pool
    this.#counts = counts
    this.#random = random
  }

  get inFlight(): number {
    return this.#inFlight
  }

  invoke(invocation: FunctionInvocation, stream?: FunctionStream): Promise<FunctionResult> {
    try {
      return this.#begin(invocation, stream)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  #begin(invocation: FunctionInvocation, stream: FunctionStream | undefined): Promise<FunctionResult> {
    if (invocation.invocationType === 'Event') throw new Error('Events are taken over by the durable queue')
    if (this.#isDraining) throw new ServiceError('ServiceException', 'The gateway is shutting down', { status: 500 })
    const target = this.#find(invocation.functionArn)
    this.#authorize(target, invocation)
    checkSize(invocation)
    const version = target.choose(this.#random)
    const requestId = randomUUID()
    if (invocation.invocationType === 'DryRun') {
      return Promise.resolve({ payload: '', executedVersion: version.version, requestId })
    }
    return this.#run(target, version, invocation, { requestId, stream })
  }

  /**
   * Runs an invocation that another thread has accepted.
   *
   * @returns Undefined: it was not run.
   */
  async runLent({ key, invocation, mayWait }: Loan, stream?: FunctionStream): Promise<PoolOutcome | undefined> {
    if (this.#isDraining) return undefined
    this.#inFlight++
    try {
      return await this.#pool.runLent(key, stream ? { ...invocation, stream } : invocation, mayWait)
    } finally {
      this.#leave()
    }
  }

  /** Refuses new invocations and resolves when none runs any more. */
  async drain(): Promise<void> {
    this.#isDraining = true
    if (this.#inFlight === 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#onIdle = resolve
    await promise
  }

  #find(arn: string): Target {
    const target = this.#registry.find(arn)
    if (target !== undefined) return target
    const { functionArn, qualifier = '$LATEST' } = splitArn(arn)
    throw new ServiceError('ResourceNotFoundException', `Function not found: ${functionArn}:${qualifier}`, {
      members: { Type: 'User' },
    })
  }

  #authorize(target: Target, { service, caller }: FunctionInvocation): void {
    if (caller) requireCaller(caller, target.resource, this.#policyOf(target))
    if (service === undefined || this.#allows(target, service)) return
    const text = `User: ${service.principal} is not authorized to perform: lambda:InvokeFunction on resource: ${target.resource}`
    const why = 'because no resource-based policy allows the lambda:InvokeFunction action'
    throw new ServiceError('AccessDeniedException', `${text} ${why}`, { status: 403 })
  }

  #allows(target: Target, service: Service): boolean {
    let decisions = this.#decisions.get(target)
    if (decisions === undefined || decisions.size >= maxDecisions) {
      decisions = new Map()
      this.#decisions.set(target, decisions)
    }
    const { principal, sourceAccount, sourceArn } = service
    const known = decisions.get(sourceArn)
    if (known?.principal === principal && known.sourceAccount === sourceAccount) return known.allowed
    const { statements, resource } = target
    const allowed = allows(statements, { ...service, action: 'lambda:InvokeFunction', resource })
    decisions.set(sourceArn, { principal, sourceAccount, allowed })
    return allowed
  }

  #policyOf(target: Target): Policy {
    const policy = this.#policies.get(target) ?? callerPolicy(target.statements)
    this.#policies.set(target, policy)
    return policy
  }

  #run(
    target: Target,
    version: FunctionVersion,
    { functionArn, payload, clientContext, tailLog = false, traceId }: FunctionInvocation,
    { requestId, stream }: { readonly requestId: string; readonly stream: FunctionStream | undefined },
  ): Promise<FunctionResult> {
    const place = this.#occupy(target)
    const running = this.#pool.run(version, {
      requestId,
      invokedFunctionArn: functionArn,
      // A call without a payload reaches the function as an empty object (observed).
      payload: payload === '' ? '{}' : payload,
      clientContext,
      traceId: traceId ?? newTraceId(requestId),
      tailLog,
      ...(stream && { stream }),
    })
    return running.then(
      (outcome) => {
        this.#release(place)
        return resultOf(outcome, version.version, requestId)
      },
      (error: unknown) => {
        this.#release(place)
        throw error
      },
    )
  }

  /** Counts a running invocation against the function's reserved concurrency. */
  #occupy({ functionArn, published: { reservedConcurrency = Number.POSITIVE_INFINITY } }: Target): CountPlace {
    const place = this.#placeOf(functionArn)
    if (!this.#counts.take(place, reservedConcurrency)) {
      throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', {
        members: { Type: 'User', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
      })
    }
    this.#inFlight++
    return place
  }

  #placeOf(functionArn: string): CountPlace {
    let place = this.#places.get(functionArn)
    if (place === undefined) {
      place = this.#counts.placeOf(`invocations of ${functionArn}`)
      this.#places.set(functionArn, place)
    }
    return place
  }

  #release(place: CountPlace): void {
    this.#counts.give(place)
    this.#leave()
  }

  #leave(): void {
    this.#inFlight--
    if (this.#inFlight === 0) this.#onIdle?.()
  }
}

function resultOf({ payload, failed, tail }: PoolOutcome, executedVersion: string, requestId: string): FunctionResult {
  if (!failed && tail === undefined) return { payload, executedVersion, requestId }
  return {
    payload,
    executedVersion,
    requestId,
    ...(failed && { functionError: 'Unhandled' }),
    ...(tail !== undefined && { logResult: tail }),
  }
}

function checkSize({ payload }: FunctionInvocation): void {
  // A UTF-16 unit takes at most three bytes of UTF-8: short payloads need no count.
  if (payload.length * 3 <= maxPayloadBytes || Buffer.byteLength(payload) <= maxPayloadBytes) return
  const message = `Request must be smaller than ${maxPayloadBytes} bytes for the InvokeFunction operation`
  throw new ServiceError('RequestTooLargeException', message, { members: { Type: 'User' } })
}
