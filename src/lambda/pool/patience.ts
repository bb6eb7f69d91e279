import type { Group } from './group.ts'

/**
 * Functions that answer faster than this, in milliseconds, mostly compute: keeping more of their environments busy than there
 * are processors makes them only take turns on cold caches (measured on 2 processors: with 4, a tenth
 * more CPU per call than with 2). Their calls first wait for one of the busy environments.
 */
const briefMs = 1
/** Longest such wait, in milliseconds: a new environment would take longer to start. */
const maxBriefWaitMs = 50
/**
 * The same while as many environments start as is worth while (the calls of a burst would only wait for each other's
 * starts), and while there is no room for another one: who calls a brief function too often is refused, a burst is not.
 */
const maxWaitMs = 1_000

/** Whether a function has been brief lately. */
export function isBrief({ shortest }: Group): boolean {
  return shortest.value < briefMs
}

/** What a pool has to spend. */
export interface Means {
  /** Busy environments of one function that its share of the processors has work for: at least 1. */
  readonly enoughBusy: number
  /** There is neither room for an environment nor one that could make room. */
  readonly isFull: boolean
}

/**
 * How long work may wait for one of the group's environments, before it gets another one, in milliseconds.
 *
 * @param brief Whether the function was brief when the work came.
 */
export function patienceMs(
  { idle, busy, starting }: Pick<Group, 'busy' | 'starting'> & { readonly idle: { readonly size: number } },
  brief: boolean,
  { enoughBusy, isFull }: Means,
): number {
  const hasIdle = idle.size > 0
  if (!hasIdle && isFull) return brief ? maxWaitMs : 0
  if (busy < enoughBusy) return 0
  if (!hasIdle && starting >= enoughBusy) return maxWaitMs
  return brief ? maxBriefWaitMs : 0
}
