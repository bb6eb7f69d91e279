import { type SpawnedThread, spawnDataThread } from '../threads/spawn-thread.ts'

// What takes longest at a start is the loading of the data plane: it begins before the program reads its options.
let early = process.argv[2] === 'start' ? spawnDataThread(0) : undefined

/** The first data thread, once. */
export function firstThread(): SpawnedThread {
  const thread = early ?? spawnDataThread(0)
  early = undefined
  return thread
}
