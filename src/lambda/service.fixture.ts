import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { openSqliteStore } from '../storage/sqlite/open.ts'
import type { Store } from '../storage/store.ts'
import type { Caller } from '../wire/operation.ts'
import { createEventQueue, type EventQueue } from './invocation/event-queue.ts'
import type { FunctionInvocation, FunctionInvoker, FunctionResult } from './invoker.ts'
import { lambdaOperations } from './service.ts'

export const role = 'arn:aws:iam::123456789012:role/runs'
export const caller: Caller = { account: '123456789012', region: 'us-east-1', requestId: 'r' }
export const elsewhere: Caller = { ...caller, region: 'eu-west-1' }
export const arn = (name: string, region = 'us-east-1') => `arn:aws:lambda:${region}:123456789012:function:${name}`

/** A test, or the whole file through `node:test` itself. */
export interface Scope {
  after(cleanup: () => Promise<void>): void
}

/** The service on a store of its own, with an invoker that records what it is asked. */
export interface TestService {
  readonly lambda: ReturnType<typeof lambdaOperations>
  readonly store: Store
  readonly eventQueue: EventQueue
  readonly invocations: FunctionInvocation[]
  /** Makes a function of a zip that holds `source`. */
  create(
    name: string,
    changes?: Partial<Parameters<ReturnType<typeof lambdaOperations>['CreateFunction']>[0]>,
  ): ReturnType<ReturnType<typeof lambdaOperations>['CreateFunction']>
}

/** A zip whose bytes depend on `source` only. */
export function zipOf(source: string, path = 'index.mjs'): Uint8Array {
  return zipSync({ [path]: strToU8(source) }, { mtime: '2026-01-01' })
}

export function hexDigest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export const succeeded: FunctionResult = { payload: '"done"', executedVersion: '$LATEST', requestId: 'i' }

export async function openTestStore(t: Scope): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-lambda-'))
  const store = await openSqliteStore(folder)
  t.after(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  return store
}

export async function startService(
  t: Scope,
  answer: FunctionInvoker['invoke'] = async () => succeeded,
): Promise<TestService> {
  const store = await openTestStore(t)
  const invocations: FunctionInvocation[] = []
  const invoker: FunctionInvoker = {
    invoke(invocation) {
      invocations.push(invocation)
      return answer(invocation)
    },
  }
  let lastId = 0
  const newUuid = () => `uuid-${++lastId}`
  const now = () => new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678))
  const delay = () => () => {}
  const report = (error: unknown) => {
    throw error
  }
  const eventQueue = createEventQueue({ store, invoker, now, newUuid, delay, report })
  const lambda = lambdaOperations({
    store,
    invoker,
    eventQueue,
    now,
    newUuid,
    codeLocation: (blobName) => `http://code/${blobName}`,
    machine: 'x86_64',
    concurrentExecutions: 1000,
  })
  return {
    lambda,
    store,
    eventQueue,
    invocations,
    create: (name, changes = {}) =>
      lambda.CreateFunction(
        {
          FunctionName: name,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: role,
          Code: { ZipFile: zipOf('one') },
          ...changes,
        },
        caller,
      ),
  }
}
