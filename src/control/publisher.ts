import type { Reader, Revision, Store } from '../storage/store.ts'

/** Where the changes of one topic come from. */
export interface Source<Change> {
  /** What the revised key now stands for; a deleted key gives a change that says so. */
  load(reader: Reader, scope: string, key: string): Promise<Change>
  /** Everything there is, for a follower that has just started. */
  loadAll(reader: Reader): Promise<Change[]>
}

/** A thread that serves a topic. Resolves when it serves the changes. */
export type Follower<Change> = (changes: readonly Change[]) => Promise<void>

export interface Feed<Change> {
  /** Sends everything there is, then every later change in commit order. Resolves when the follower serves the former. */
  follow(follower: Follower<Change>): Promise<void>
  /** For a thread that has ended. */
  unfollow(follower: Follower<Change>): void
}

export interface Publisher {
  feed<Change>(topic: string, source: Source<Change>): Feed<Change>
  /** Resolves when every follower serves what was committed before this call. */
  caughtUp(): Promise<void>
}

/**
 * Carries revisions from the store to the threads: the only arrow between the planes. Changes are states, not
 * differences: a key that was revised many times since the last delivery is read and sent once.
 *
 * A follower that fails is reported and gets no second try: ending and restarting threads is the supervisor's part.
 */
export function createPublisher(store: Store, report: (error: unknown) => void): Publisher {
  const deliverers = new Map<string, (revisions: readonly Revision[]) => Promise<void>>()
  let pending = new Map<string, Revision>()
  let queue: Promise<void> = Promise.resolve()

  /** Deliveries and first loads take turns, so that no follower sees an older state after a newer one. */
  function enqueue(work: () => Promise<void>): Promise<void> {
    const run = queue.then(work)
    queue = run.catch(report)
    return run
  }

  async function deliver(): Promise<void> {
    const revisions = Map.groupBy(pending.values(), ({ topic }) => topic)
    pending = new Map()
    for (const [topic, ofTopic] of revisions) await deliverers.get(topic)?.(ofTopic)
  }

  store.onRevision((revision) => {
    if (pending.size === 0) enqueue(deliver).catch(() => {})
    pending.set(`${revision.topic} ${revision.scope} ${revision.key}`, revision)
  })

  return {
    feed<Change>(topic: string, source: Source<Change>): Feed<Change> {
      const followers = new Set<Follower<Change>>()
      deliverers.set(topic, async (revisions) => {
        const changes = await store.read((reader) =>
          Promise.all(revisions.map(({ scope, key }) => source.load(reader, scope, key))),
        )
        await Promise.all([...followers].map((follower) => follower(changes).catch(report)))
      })
      return {
        follow: (follower) =>
          enqueue(async () => {
            await follower(await store.read((reader) => source.loadAll(reader)))
            followers.add(follower)
          }),
        unfollow: (follower) => void followers.delete(follower),
      }
    },
    caughtUp: () => queue,
  }
}
