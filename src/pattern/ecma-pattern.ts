import { linearEngine } from './linear-engine.ts'

/** A regular expression of ECMA 262, as JSON Schema has them: found anywhere in a text. */
export interface EcmaPattern {
  test(text: string): boolean
  /** What a test costs for each character of the text: 1 with the engine's own expressions, more in linear time. */
  readonly costPerCharacter: number
}

const atom = String.raw`(?:\\[dDwWsS]|\\[^\w]|\[\^?(?:\\[dDwWsS]|\\[^\w]|[^\]\\])+\]|[^\\[\](){}^$*+?|.]|\.)`
const fixed = String.raw`(?:${atom}(?:\{\d{1,3}\})?)*`
const varying = String.raw`${atom}(?:[*+?]|\{\d{1,3},\d{0,3}\})`
/**
 * Anchored, and with at most one quantifier that can match more or less: nothing to go back to but its length, so any
 * engine takes linear time.
 */
const harmless = new RegExp(String.raw`^\^${fixed}(?:${varying})?${fixed}\$?$`)

/**
 * Compiles a regular expression. It takes time linear in the text, whatever the pattern is.
 * @returns Undefined for what is no regular expression, and for what cannot be matched in linear time: look-around and
 *   back-references.
 */
export function ecmaPattern(pattern: string): EcmaPattern | undefined {
  try {
    const expression = new RegExp(pattern)
    if (harmless.test(pattern)) return { test: (text) => expression.test(text), costPerCharacter: 1 }
    const engine = linearEngine()
    const linear = engine.compile(engine.translateRegExp(pattern))
    return { test: (text) => linear.test(text), costPerCharacter: 40 }
  } catch {
    return undefined
  }
}
