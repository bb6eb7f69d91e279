import { Double } from '../../json/value.ts'
import type { Value } from '../../vtl/value.ts'

/** Java's text of a text, number or boolean; undefined for anything else. */
export function scalarText(value: Value | undefined): string | undefined {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value)
    default:
      return value instanceof Double ? value.toString() : undefined
  }
}
