import type { Environment } from './environment.ts'
import type { CountPlace, SharedCounts } from './neighbours/shared-counts.ts'

/** The idle environments of one function version in this thread, counted where every thread can see it. */
export class IdleEnvironments {
  /** The last one is the warmest. */
  readonly #environments: Environment[] = []
  readonly #counts: SharedCounts
  readonly #places: readonly CountPlace[]

  /** @param places Where they are counted. */
  constructor(counts: SharedCounts, places: readonly CountPlace[]) {
    this.#counts = counts
    this.#places = places
  }

  get size(): number {
    return this.#environments.length
  }

  /** The one that has been idle for longest. */
  get oldest(): Environment | undefined {
    return this.#environments[0]
  }

  add(environment: Environment): void {
    this.#environments.push(environment)
    for (const place of this.#places) this.#counts.add(place)
  }

  /** Takes the warmest one. */
  take(): Environment | undefined {
    const environment = this.#environments.pop()
    if (environment !== undefined) this.#leave()
    return environment
  }

  remove(environment: Environment): void {
    const index = this.#environments.indexOf(environment)
    if (index < 0) return
    this.#environments.splice(index, 1)
    this.#leave()
  }

  #leave(): void {
    for (const place of this.#places) this.#counts.give(place)
  }

  [Symbol.iterator](): Iterator<Environment> {
    return [...this.#environments].values()
  }
}
