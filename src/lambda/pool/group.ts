import type { FunctionVersion } from '../../snapshot/function.ts'
import type { Environment, Work } from './environment.ts'
import { IdleEnvironments } from './idle-environments.ts'
import type { CountPlace, SharedCounts } from './neighbours/shared-counts.ts'
import { RecentMinimum } from './recent-minimum.ts'

/** Work that the next idle environment takes. */
export interface Waiting {
  readonly work: Work
  /** Whether the function was brief lately when the work came. */
  readonly isBrief: boolean
  readonly sinceMs: number
}

/** The environments of one revision of one function version in this thread, and the work that waits for them. */
export class Group {
  readonly key: string
  readonly version: FunctionVersion
  readonly idle: IdleEnvironments
  /** Where all threads count the environments of the function version, and those of them that are idle. */
  readonly place: CountPlace
  readonly idlePlace: CountPlace
  readonly waiting: Waiting[] = []
  /** Duration of the shortest invocation lately, in milliseconds. */
  readonly shortest: RecentMinimum = new RecentMinimum()
  /** The revision is gone: its environments end when they become idle. */
  retired = false
  readonly #counts: SharedCounts
  readonly #all = new Set<Environment>()
  readonly #starting = new Set<Environment>()

  /** @param allIdle Where the idle environments of all functions are counted. */
  constructor(version: FunctionVersion, counts: SharedCounts, allIdle: CountPlace) {
    const name = `${version.functionArn}:${version.version}`
    this.key = groupKey(version)
    this.version = version
    this.place = counts.placeOf(`environments of ${name}`)
    this.idlePlace = counts.placeOf(`idle environments of ${name}`)
    this.idle = new IdleEnvironments(counts, [allIdle, this.idlePlace])
    this.#counts = counts
  }

  get size(): number {
    return this.#all.size
  }

  /** How many are not idle. */
  get busy(): number {
    return this.#all.size - this.idle.size
  }

  /** How many initialise. */
  get starting(): number {
    return this.#starting.size
  }

  /** It has one that can take an invocation, or is about to. */
  get hasWarm(): boolean {
    return this.idle.size > 0 || this.#settling() !== undefined
  }

  /** Takes the warmest one that is idle, or one that has just answered. */
  takeWarm(): Environment | undefined {
    return this.idle.take() ?? this.#settling()
  }

  /** One more starts. */
  add(environment: Environment): void {
    this.#all.add(environment)
    this.#starting.add(environment)
    this.#counts.add(this.place)
  }

  /** One has initialised. */
  started(environment: Environment): void {
    this.#starting.delete(environment)
  }

  /** One has ended. */
  remove(environment: Environment): void {
    this.#all.delete(environment)
    this.#starting.delete(environment)
    this.idle.remove(environment)
    this.#counts.give(this.place)
  }

  #settling(): Environment | undefined {
    for (const environment of this.#all) if (environment.isSettling) return environment
    return undefined
  }
}

/** What names the group of a version, in every thread. */
export function groupKey({ functionArn, version, revisionId }: FunctionVersion): string {
  return `${functionArn}:${version} ${revisionId}`
}
