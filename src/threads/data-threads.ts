import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { SharedCounts } from '../lambda/pool/neighbours/shared-counts.ts'
import { ServiceError } from '../wire/service-error.ts'
import type { ClusterHost } from './cluster-host.ts'
import type { BlobHandlers, ControlHandlers, DataHandlers, DataThreadSettings } from './handlers.ts'
import { type SpawnedThread, spawnDataThread } from './spawn-thread.ts'
import { startThread, type Thread } from './start-thread.ts'
import type { Subscription } from './subscription.ts'

export interface DataThreadsOptions {
  /** The first thread. */
  readonly spawned: SpawnedThread
  readonly settings: Omit<DataThreadSettings, 'cluster' | 'thread'>
  readonly addresses: Parameters<DataHandlers['listen']>[0]
  /** What the threads serve, in the order in which a thread that starts has to know it. */
  readonly subscriptions: readonly Subscription[]
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
  /** Invokes a function through one of the threads: through each in its turn. */
  readonly invoke: DataHandlers['invoke']
  /** The names of the code folders that the threads use. */
  codeInUse(): Promise<readonly string[]>
  /** Accepts no more calls and finishes those in flight, at most until the deadline. */
  drain(deadlineMs: number): Promise<void>
  /** Refuses new invocations, lets running ones finish until the deadline, and ends every function process. */
  drainFunctions(deadlineMs: number): Promise<void>
  /** Ends the threads. */
  end(): Promise<void>
}

/** A thread that fails so soon after its start, in milliseconds, would fail again: it is not replaced at once. */
const restartPauseMs = 1_000

/**
 * Starts the data threads and resolves when the first one serves: the others join it. A thread that ends by a fault is
 * replaced; the others go on meanwhile, and the kernel gives them the new connections.
 */
export async function startDataThreads(options: DataThreadsOptions): Promise<DataThreads> {
  const { spawned, settings, addresses, subscriptions, cluster, handlers, report } = options
  const { threads: count, counts } = settings.functions
  const threads = new Map<number, Thread<DataHandlers>>()
  /** Those that know all that they serve. */
  const serving = new Set<Thread<DataHandlers>>()
  let stopping = false
  let turns = 0

  async function start(index: number, waiting = spawnDataThread(index)): Promise<void> {
    const { transfer = [], ...ofCluster } = cluster?.provide() ?? {}
    const data: DataThreadSettings = { ...settings, ...ofCluster, thread: index }
    const thread = startThread<DataHandlers>(waiting, data, handlers, transfer)
    const followings = subscriptions.map((subscribe) => subscribe(thread.peer))
    void thread.ended.then((error) => {
      threads.delete(index)
      serving.delete(thread)
      for (const following of followings) following.unfollow()
      if (!stopping) replace(index, error)
    })
    const others = [...threads.keys()]
    threads.set(index, thread)
    for (const other of others) await introduce(index, other)
    for (const following of followings) await following.follow()
    await thread.peer.call('listen', addresses)
    serving.add(thread)
  }

  /** Gives the function pools of two threads a port to each other. */
  async function introduce(one: number, other: number): Promise<void> {
    const { port1, port2 } = new MessageChannel()
    const meet = (index: number, thread: number, port: MessagePort) =>
      threads.get(index)?.peer.call('meetNeighbour', { thread, port }, { transfer: [port] })
    await meet(one, other, port1)
    // It may have ended meanwhile: it is introduced to all others when it is replaced.
    await meet(other, one, port2)?.catch(() => {})
  }

  function replace(index: number, error: Error | undefined): void {
    report(new Error(`data-${index + 1} has ended and is replaced`, { cause: error }))
    // Its functions have gone with it.
    new SharedCounts(counts, { threads: count, thread: index }).giveAllBack()
    setTimeout(() => {
      if (!stopping) join(index)
    }, restartPauseMs)
  }

  function join(index: number): void {
    start(index).catch((error) => {
      report(error)
      // What does not serve is ended, and replaced.
      void threads.get(index)?.terminate()
    })
  }

  /** The threads take turns. */
  function anyPeer() {
    const thread = [...serving][turns++ % Math.max(1, serving.size)]
    if (!thread) throw new ServiceError('ServiceException', 'No data thread serves now', { status: 500 })
    return thread.peer
  }

  await start(0, spawned)
  for (let index = 1; index < count; index++) join(index)
  return {
    testMethod: async (test) => anyPeer().call('testMethod', test),
    testAuthorizer: async (test) => anyPeer().call('testAuthorizer', test),
    invoke: async (invocation) => anyPeer().call('invoke', invocation),
    async codeInUse() {
      const names = await Promise.all([...threads.values()].map(({ peer }) => peer.call('codeInUse', undefined)))
      return names.flat()
    },
    async drain(deadlineMs) {
      stopping = true
      await Promise.all([...threads.values()].map(({ peer }) => peer.call('drain', { deadlineMs }).catch(report)))
    },
    async drainFunctions(deadlineMs) {
      const peers = [...threads.values()].map(({ peer }) => peer)
      await Promise.all(peers.map((peer) => peer.call('drainFunctions', { deadlineMs }).catch(report)))
    },
    async end() {
      await Promise.all([...threads.values()].map((thread) => thread.terminate()))
    },
  }
}
