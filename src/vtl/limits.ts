/** What one rendering may use. */
export interface RenderLimits {
  /** UTF-16 units of the text, and of every string on the way to it. */
  readonly maxLength: number
  /** Rounds of one `#foreach`; the loop then ends, as Velocity's `directive.foreach.maxloops` ends it. */
  readonly maxRounds: number
  /** Items of one range, such as `[1..1000]`. */
  readonly maxRange: number
  /** Macro calls within one another. */
  readonly maxMacroDepth: number
  /** `#evaluate`s within one another. */
  readonly maxEvaluateDepth: number
  /**
   * Steps: a statement or an access counts some ten, a character or an item that is made or read counts one. All of them take
   * about half a second.
   */
  readonly maxSteps: number
}

/** API Gateway's documented limits (10 MB of payload, 1,000 rounds), Velocity's own (20 macros), and ours. */
export const defaultLimits: RenderLimits = {
  maxLength: 10_485_760,
  maxRounds: 1_000,
  maxRange: 100_000,
  maxMacroDepth: 20,
  maxEvaluateDepth: 20,
  maxSteps: 60_000_000,
}
