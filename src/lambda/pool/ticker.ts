/** How often an active pool looks at its environments, in milliseconds. */
const activeMs = 50
const restingMs = 500
/** Ticks without activity after which the ticker rests. */
const ticksBeforeRest = 20

/**
 * One coarse clock for all deadlines, so that no invocation needs a timer of its own. Ticks fast while something is
 * active, slowly while there is something to watch, and else not at all.
 */
export class Ticker {
  readonly #onTick: () => 'active' | 'resting' | 'empty'
  #timer: NodeJS.Timeout | undefined
  #isResting = false
  #quietTicks = 0

  /** @param onTick Does the work of a tick and says what there is to watch. */
  constructor(onTick: () => 'active' | 'resting' | 'empty') {
    this.#onTick = onTick
  }

  /** Something became active. Costs next to nothing while the ticker is awake. */
  wake(): void {
    if (this.#timer !== undefined && !this.#isResting) return
    this.#isResting = false
    this.#quietTicks = 0
    this.#arm(activeMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #arm(delayMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#tick(), delayMs).unref()
  }

  #tick(): void {
    const activity = this.#onTick()
    if (activity === 'empty') {
      this.stop()
      return
    }
    this.#quietTicks = activity === 'active' ? 0 : this.#quietTicks + 1
    this.#isResting = this.#quietTicks >= ticksBeforeRest
    this.#arm(this.#isResting ? restingMs : activeMs)
  }
}
