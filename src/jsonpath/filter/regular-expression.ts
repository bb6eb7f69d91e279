import { javaPattern } from '../../pattern/java-pattern.ts'
import { linearEngine } from '../../pattern/linear-engine.ts'

/** A compiled pattern of `=~`. */
export interface RegularExpression {
  /** Whether the whole text matches, as Java's `matches()`. */
  matches(text: string): boolean
  /** Instructions that each character may go through. */
  readonly size: number
}

/** The flags that may follow a pattern: Java's, but for `x` (comments) and `U` (Unicode classes). */
export const patternFlags = 'dimsu'

/**
 * Compiles the pattern between the slashes of `/…/i`.
 *
 * @param flags Unix lines (`d`) and Unicode case (`u`) are what the engine does anyway.
 * @returns `undefined` when it is none, or none that can be matched in linear time.
 */
export function compileRegularExpression(source: string, flags: string): RegularExpression | undefined {
  const inline = flags.replace(/[du]/g, '')
  const pattern = inline === '' ? source : `(?${inline})${source}`
  const matches = javaPattern(pattern)
  return matches && { matches, size: linearEngine().compile(pattern).programSize() }
}
