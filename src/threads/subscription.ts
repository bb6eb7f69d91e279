import type { Feed } from '../control/publisher.ts'
import type { DataHandlers } from './handlers.ts'
import type { Peer } from './port.ts'

/** Has one data thread follow a feed. */
export type Subscription = (peer: Peer<DataHandlers>) => Following

export interface Following {
  /** Resolves when the thread serves everything there is; later changes follow. */
  follow(): Promise<void>
  /** For a thread that has ended. */
  unfollow(): void
}

/**
 * Longest wait for a thread to serve a change, and for a new one to serve everything, in milliseconds: a stuck thread must
 * not hold the control plane.
 */
const changeTimeoutMs = 5_000
const everythingTimeoutMs = 60_000

/** @param take Has a thread serve changes. */
export function subscription<Change>(
  feed: Feed<Change>,
  take: (peer: Peer<DataHandlers>, changes: readonly Change[]) => Promise<void>,
): Subscription {
  return (peer) => {
    let timeoutMs = everythingTimeoutMs
    const follower = (changes: readonly Change[]) => inTime(take(peer, changes), timeoutMs)
    return {
      async follow() {
        await feed.follow(follower)
        timeoutMs = changeTimeoutMs
      },
      unfollow: () => feed.unfollow(follower),
    }
  }
}

/** @throws after `timeoutMs`. */
async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const text = `A data thread does not serve a change after ${timeoutMs} ms`
  const timer = setTimeout(() => late.reject(new Error(text)), timeoutMs)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
