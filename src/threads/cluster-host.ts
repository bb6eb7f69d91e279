import { MessageChannel, type MessagePort, type Transferable } from 'node:worker_threads'
import type { ClusterStatus } from '../cluster/lease-agent.ts'
import type { ClusterThreadSettings } from '../cluster/thread-settings.ts'
import type { ClusterHandlers } from './handlers.ts'
import { spawnThread } from './spawn-thread.ts'
import { startThread } from './start-thread.ts'

/** The thread that speaks with the other nodes, as the rest of this one sees it. */
export interface ClusterHost {
  /** What a new data thread starts with to have its limits leased. */
  provide(): { readonly cluster: { readonly port: MessagePort }; readonly transfer: readonly Transferable[] }
  /** Counts on from what the cluster has counted under these names. */
  follow(names: readonly string[]): Promise<void>
  /** Resolves when the counts of this node have been reported, and those of the others merged. */
  sync(): Promise<void>
  /** Forgets what all nodes keep of a cache. @returns Whether all of them have said so. */
  flushResponses(name: string): Promise<boolean>
  status(): Promise<ClusterStatus>
  /** Reports what was used last, and ends the thread. */
  stop(): Promise<void>
}

/** @param fatal Told when the thread has ended by a fault: without it, limits would admit nobody any more. */
export function startClusterThread(settings: ClusterThreadSettings, fatal: (error: Error) => void): ClusterHost {
  const module = new URL('../cluster/thread', import.meta.url)
  const thread = startThread<ClusterHandlers>(spawnThread(module, 'cluster'), settings, {})
  let stopping = false
  void thread.ended.then((error) => {
    if (!stopping) fatal(new Error('The cluster thread has ended', { cause: error }))
  })
  return {
    provide() {
      const { port1, port2 } = new MessageChannel()
      void thread.peer.call('connect', { port: port1 }, { transfer: [port1] }).catch(fatal)
      return { cluster: { port: port2 }, transfer: [port2] }
    },
    follow: (names) => thread.peer.call('follow', names),
    sync: () => thread.peer.call('sync', undefined),
    flushResponses: (name) => thread.peer.call('flushResponses', name),
    status: () => thread.peer.call('status', undefined),
    async stop() {
      stopping = true
      await thread.peer.call('stop', undefined)
      await thread.terminate()
    },
  }
}
