import type { ClusterHost } from './cluster-host.ts'
import type { FunctionsHost } from './functions-host.ts'
import type { BlobHandlers, ControlHandlers, DataHandlers, DataThreadSettings, FunctionsHandlers } from './handlers.ts'
import { dataThread, type SpawnedThread, spawnThread } from './spawn-thread.ts'
import { startThread, type Thread } from './start-thread.ts'
import type { Subscription } from './subscription.ts'

export interface DataThreadsOptions {
  /** One for each thread that is to serve. */
  readonly spawned: readonly SpawnedThread[]
  readonly settings: Omit<DataThreadSettings, 'functions' | 'cluster' | 'thread'>
  readonly addresses: Parameters<DataHandlers['listen']>[0]
  /** What the threads serve, in the order in which a thread that starts has to know it. */
  readonly subscriptions: readonly Subscription[]
  readonly functions: FunctionsHost
  /** Absent: limits are this machine's own. */
  readonly cluster?: ClusterHost | undefined
  readonly handlers: ControlHandlers & BlobHandlers
  /** Told when a thread has ended by a fault, before it is replaced. */
  readonly report: (error: Error) => void
}

export interface DataThreads {
  /** Runs a method as it stands, on one of the threads. */
  readonly testMethod: DataHandlers['testMethod']
  /** Runs an authorizer as it stands, on one of the threads. */
  readonly testAuthorizer: DataHandlers['testAuthorizer']
  /** Accepts no more calls and finishes those in flight, at most until the deadline. */
  drain(deadlineMs: number): Promise<void>
  /** Ends the threads. */
  end(): Promise<void>
}

/** A thread that fails so soon after its start, in milliseconds, would fail again: it is not replaced at once. */
const restartPauseMs = 1_000

function nameOf(index: number): string {
  return `data-${index + 1}`
}

/**
 * Starts the data threads and resolves when all serve. A thread that ends by a fault is replaced; the others go on
 * meanwhile, and the kernel gives them the new connections.
 */
export async function startDataThreads(options: DataThreadsOptions): Promise<DataThreads> {
  const { spawned, settings, addresses, subscriptions, functions, cluster, handlers, report } = options
  const threads = new Set<Thread<DataHandlers & FunctionsHandlers>>()
  let stopping = false

  async function start(index: number, waiting = spawnThread(dataThread, nameOf(index))): Promise<void> {
    const { transfer: forFunctions, ...provided } = functions.provide()
    const { transfer: forCluster = [], ...ofCluster } = cluster?.provide() ?? {}
    const data: DataThreadSettings = { ...settings, ...provided, ...ofCluster, thread: index }
    const transfer = [...forFunctions, ...forCluster]
    const thread = startThread<DataHandlers & FunctionsHandlers>(waiting, data, handlers, transfer)
    threads.add(thread)
    const followings = subscriptions.map((subscribe) => subscribe(thread.peer))
    void thread.ended.then((error) => {
      threads.delete(thread)
      for (const following of followings) following.unfollow()
      functions.left(thread.peer)
      if (!stopping) replace(index, error)
    })
    await functions.joined(thread.peer)
    for (const following of followings) await following.follow()
    await thread.peer.call('listen', addresses)
  }

  function replace(index: number, error: Error | undefined): void {
    report(new Error(`${nameOf(index)} has ended and is replaced`, { cause: error }))
    setTimeout(() => {
      if (!stopping) start(index).catch(report)
    }, restartPauseMs)
  }

  function anyThread() {
    const [thread] = threads
    if (!thread) throw new Error('No data thread runs')
    return thread
  }

  await Promise.all(spawned.map((waiting, index) => start(index, waiting)))
  return {
    testMethod: async (test) => anyThread().peer.call('testMethod', test),
    testAuthorizer: async (test) => anyThread().peer.call('testAuthorizer', test),
    async drain(deadlineMs) {
      stopping = true
      await Promise.all([...threads].map(({ peer }) => peer.call('drain', { deadlineMs }).catch(report)))
    },
    async end() {
      await Promise.all([...threads].map((thread) => thread.terminate()))
    },
  }
}
