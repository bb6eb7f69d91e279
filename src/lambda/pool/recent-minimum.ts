/** The smallest of the values that were added since the tick before the last one; infinite without any. */
export class RecentMinimum {
  #present = Number.POSITIVE_INFINITY
  #past = Number.POSITIVE_INFINITY

  get value(): number {
    return Math.min(this.#present, this.#past)
  }

  add(value: number): void {
    if (value < this.#present) this.#present = value
  }

  tick(): void {
    this.#past = this.#present
    this.#present = Number.POSITIVE_INFINITY
  }
}
