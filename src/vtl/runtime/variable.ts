import type { Value } from '../value.ts'
import type { Evaluate } from './macro-frame.ts'
import type { Rendering } from './rendering.ts'

/** How a variable is reached. */
export interface Variable {
  /** Its place; undefined for the name of a macro's parameter. */
  readonly slot: number | undefined
  readonly read: Evaluate
  readonly write: (rendering: Rendering, value: Value) => void
  readonly remove: (rendering: Rendering) => void
}
