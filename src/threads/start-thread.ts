import { once } from 'node:events'
import { type Transferable, Worker } from 'node:worker_threads'
import { type Handlers, openPort, type Peer } from './port.ts'

export interface Thread<H extends Handlers> {
  readonly peer: Peer<H>
  /** Resolves when the thread has ended: with its error if one ended it. Never rejects. */
  readonly ended: Promise<Error | undefined>
  /** Ends the thread at once. */
  terminate(): Promise<void>
}

/**
 * V8's young generation, three semi-spaces, in megabytes: twice the default. A call's objects then mostly die before they
 * are looked at (measured: a sixth less CPU per proxied call). It grows with the load, and an idle thread does not have it.
 */
const maxYoungGenerationSizeMb = 96

/**
 * Starts a thread whose module opens a port to its parent (`parentPort`).
 *
 * @param module The thread's module without its ending: sources run as `.ts`, the built package as `.js`.
 * @param data The thread's `workerData`.
 * @param handlers What the thread may call here.
 */
export function startThread<H extends Handlers>(
  module: URL,
  name: string,
  data: object,
  handlers: Handlers,
  transferList: readonly Transferable[] = [],
): Thread<H> {
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
  const worker = new Worker(new URL(module.href + ending), {
    name,
    workerData: data,
    transferList: [...transferList],
    resourceLimits: { maxYoungGenerationSizeMb },
  })
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
