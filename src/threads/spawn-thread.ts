import { once } from 'node:events'
import { MessageChannel, type MessagePort, type Transferable, Worker } from 'node:worker_threads'

/** A thread that loads its module, and then waits for what it works with. Until then it keeps no process alive. */
export interface SpawnedThread {
  readonly worker: Worker
  /** Gives it what `threadData` waits for. */
  begin(data: object, transferList: readonly Transferable[]): void
}

/**
 * V8's young generation, three semi-spaces, in megabytes: twice the default. A call's objects then mostly die before they
 * are looked at (measured: a sixth less CPU per proxied call). It grows with the load, and an idle thread does not have it.
 */
const maxYoungGenerationSizeMb = 96

/** @param module The thread's module without its ending: sources run as `.ts`, the built package as `.js`. */
export function spawnThread(module: URL, name: string): SpawnedThread {
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
  const { port1: ours, port2: theirs } = new MessageChannel()
  const worker = new Worker(new URL(module.href + ending), {
    name,
    workerData: theirs,
    transferList: [theirs],
    resourceLimits: { maxYoungGenerationSizeMb },
  })
  worker.unref()
  ours.unref()
  return {
    worker,
    begin(data, transferList) {
      worker.ref()
      ours.postMessage(data, [...transferList])
    },
  }
}

/** Spawns a data thread. @param index Its number: 0, 1, … */
export function spawnDataThread(index: number): SpawnedThread {
  return spawnThread(new URL('../gateway/thread', import.meta.url), `data-${index + 1}`)
}

/** Waits within a thread for what it works with. @param given The thread's `workerData`. */
export async function threadData<Data>(given: MessagePort): Promise<Data> {
  const [data]: Data[] = await once(given, 'message')
  given.close()
  if (data === undefined) throw new Error('The thread was given nothing')
  return data
}
