import { MessageChannel, type Transferable } from 'node:worker_threads'
import type { Feed, Follower } from '../control/publisher.ts'
import type { FunctionInvoker } from '../lambda/invoker.ts'
import type { FunctionThreadSettings } from '../lambda/thread-settings.ts'
import type { FunctionChange } from '../snapshot/function.ts'
import { ServiceError } from '../wire/service-error.ts'
import type { BlobHandlers, DataThreadSettings, FunctionsHandlers } from './handlers.ts'
import type { Peer } from './port.ts'
import { spawnThread } from './spawn-thread.ts'
import { startThread } from './start-thread.ts'

/** The thread that runs the functions, as the others see it. */
export interface FunctionsHost {
  readonly invoker: FunctionInvoker
  /** What a new data thread starts with to reach its functions. */
  provide(): { readonly functions: DataThreadSettings['functions']; readonly transfer: readonly Transferable[] }
  /** A data thread runs. Resolves when the functions can be invoked through it. */
  joined(dataThread: Peer<FunctionsHandlers>): Promise<void>
  /** A data thread has ended. */
  left(dataThread: Peer<FunctionsHandlers>): void
  /** Refuses new invocations, lets running ones finish until the deadline, and ends every function process. */
  stop(deadlineMs: number): Promise<void>
}

export interface FunctionsHostOptions {
  readonly settings: FunctionThreadSettings
  readonly published: Feed<FunctionChange>
  readonly blobs: BlobHandlers
}

/**
 * Functions in a thread of their own: one pool for several data threads.
 *
 * @param fatal Told when the thread has ended by a fault: without it, no function runs any more.
 */
export async function startFunctionsThread(
  { settings, published, blobs }: FunctionsHostOptions,
  fatal: (error: Error) => void,
): Promise<FunctionsHost> {
  const module = new URL('../lambda/thread', import.meta.url)
  const thread = startThread<FunctionsHandlers>(spawnThread(module, 'functions'), settings, blobs)
  let stopping = false
  void thread.ended.then((error) => {
    if (!stopping) fatal(new Error('The functions thread has ended', { cause: error }))
  })
  await published.follow((changes) => thread.peer.call('publishFunctions', changes))

  return {
    invoker: { invoke: (invocation) => thread.peer.call('invoke', invocation) },
    provide() {
      const { port1, port2 } = new MessageChannel()
      void thread.peer.call('connect', { port: port1 }, { transfer: [port1] }).catch(fatal)
      return { functions: { port: port2 }, transfer: [port2] }
    },
    async joined() {},
    left() {},
    async stop(deadlineMs) {
      stopping = true
      await thread.peer.call('drainFunctions', { deadlineMs })
      await thread.terminate()
    },
  }
}

/**
 * Functions in the only data thread: a call then reaches its function without crossing threads, which on a small machine
 * saves a quarter of its cost.
 */
export function hostFunctionsInDataThread({ settings, published }: FunctionsHostOptions): FunctionsHost {
  let host: { readonly peer: Peer<FunctionsHandlers>; readonly follower: Follower<FunctionChange> } | undefined

  return {
    invoker: {
      async invoke(invocation) {
        if (!host) throw new ServiceError('ServiceException', 'No thread runs functions now', { status: 500 })
        return host.peer.call('invoke', invocation)
      },
    },
    provide: () => ({ functions: { settings }, transfer: [] }),
    async joined(peer) {
      const follower: Follower<FunctionChange> = (changes) => peer.call('publishFunctions', changes)
      host = { peer, follower }
      await published.follow(follower)
    },
    left(peer) {
      if (host?.peer !== peer) return
      published.unfollow(host.follower)
      host = undefined
    },
    async stop(deadlineMs) {
      await host?.peer.call('drainFunctions', { deadlineMs })
    },
  }
}
