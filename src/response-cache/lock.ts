const spins = 200
const pauses = 5
const pauseMs = 1

/**
 * Does something that only one thread may do at a time, if it can within a few milliseconds: whoever holds the lock does so for
 * microseconds, unless the system has suspended it.
 *
 * @param lock Its first word is 0 while nobody holds it.
 * @param holder Not 0.
 */
export function withLock(lock: Int32Array, holder: number, run: () => void): void {
  if (!taken(lock, holder)) return
  try {
    run()
  } finally {
    Atomics.store(lock, 0, 0)
    Atomics.notify(lock, 0)
  }
}

function taken(lock: Int32Array, holder: number): boolean {
  for (let pause = 0; pause <= pauses; pause++) {
    for (let spin = 0; spin < spins; spin++) if (Atomics.compareExchange(lock, 0, 0, holder) === 0) return true
    Atomics.wait(lock, 0, Atomics.load(lock, 0), pauseMs)
  }
  return false
}
