import { type Check, type Run, visitUnits } from './schema.ts'

/** A value whose validation takes more work, or nests deeper, than is granted. */
export class TooComplexError extends Error {
  override readonly name = 'TooComplexError'
}

/** Of about 2 ns: a fifth of a second. */
const maxUnits = 40_000_000
/** Of schemas within schemas: as deep as common parsers let documents be. */
const maxDepth = 1_000
const maxMessages = 50

/** One validation: bounded in work and depth, whatever the schema and the value are. */
export class BoundedRun implements Run {
  readonly exhaustive: boolean
  readonly messages: string[] = []
  private units = maxUnits
  private depth = 0
  private quiet = 0

  /** @param exhaustive Collects messages; else the first failure ends the run. */
  constructor(exhaustive: boolean) {
    this.exhaustive = exhaustive
  }

  spend(units: number): void {
    this.units -= units
    if (this.units < 0) throw new TooComplexError('Validation takes too long')
  }

  enter(): void {
    this.units -= visitUnits
    if (this.units < 0) throw new TooComplexError('Validation takes too long')
    if (++this.depth > maxDepth) throw new TooComplexError('The value nests too deeply')
  }

  leave(): false {
    this.depth--
    return false
  }

  fail(message: () => string): false {
    if (this.exhaustive && this.quiet === 0 && this.messages.length < maxMessages) this.messages.push(message())
    return false
  }

  quietly(check: Check, value: unknown): boolean {
    this.quiet++
    const satisfied = check(value, this)
    this.quiet--
    return satisfied
  }
}
