import { once } from 'node:events'
import type { Transferable } from 'node:worker_threads'
import { type Handlers, openPort, type Peer } from './port.ts'
import type { SpawnedThread } from './spawn-thread.ts'

export interface Thread<H extends Handlers> {
  readonly peer: Peer<H>
  /** Resolves when the thread has ended: with its error if one ended it. Never rejects. */
  readonly ended: Promise<Error | undefined>
  /** Ends the thread at once. */
  terminate(): Promise<void>
}

/**
 * Starts a thread whose module opens a port to its parent (`parentPort`).
 *
 * @param data What the thread gets from `threadData`.
 * @param handlers What the thread may call here.
 */
export function startThread<H extends Handlers>(
  spawned: SpawnedThread,
  data: object,
  handlers: Handlers,
  transferList: readonly Transferable[] = [],
): Thread<H> {
  const { worker } = spawned
  spawned.begin(data, transferList)
  return {
    peer: openPort<H>(worker, handlers),
    ended: once(worker, 'exit').then(
      () => undefined,
      (error: Error) => error,
    ),
    async terminate() {
      await worker.terminate()
    },
  }
}
