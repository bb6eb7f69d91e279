import type { Check, Schema, Scope } from '../schema.ts'
import { listVerdict } from './list.ts'
import { numberVerdict } from './number.ts'
import { objectVerdict } from './object.ts'
import { textVerdict } from './text.ts'

/**
 * One check in place of several keywords' own, without telling what is wrong. Most values are valid, and what a validation
 * costs is mainly calls.
 */
export interface Verdict {
  readonly check: Check
  /** The keywords that it decides. */
  readonly decided: ReadonlySet<string>
}

/** The verdict for values of the type that a schema is about, if it is about one. */
export function verdictOf(schema: Schema, scope: Scope): Verdict | undefined {
  switch (schema['type']) {
    case 'array':
      return listVerdict(schema, scope)
    case 'integer':
    case 'number':
      return numberVerdict(schema)
    case 'string':
      return textVerdict(schema)
    default:
      return objectVerdict(schema, scope)
  }
}
