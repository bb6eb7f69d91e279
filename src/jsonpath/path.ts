import type { JsonValue } from '../json/value.ts'
import type { RegularExpression } from './filter/regular-expression.ts'
import type { PathFunction } from './functions.ts'

/** A parsed path. Whether it begins with `$` or `@` matters in filters alone: elsewhere both are the document. */
export interface Path {
  readonly root: '$' | '@'
  readonly segments: readonly Segment[]
}

export type Segment =
  /** `.name`, `['name']`, `['a','b']`. */
  | { readonly kind: 'names'; readonly names: readonly string[] }
  /** `[0]`, `[-1]`, `[0,2]`. */
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  /** `[1:3]`, `[-2:]`, `[:2]`: at least one of the two is there. */
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  /** `.*`, `[*]`. */
  | { readonly kind: 'wildcard' }
  /** `..`: the segment after it is applied to the value and to all that it holds. */
  | { readonly kind: 'scan' }
  /** `[?(…)]`. */
  | { readonly kind: 'filter'; readonly condition: Condition }
  /** `.length()`. */
  | { readonly kind: 'function'; readonly call: PathFunction; readonly parameters: readonly Parameter[] }

/** What a function is given: a path that is read from the document, or a JSON value. */
export type Parameter = { readonly path: Path } | { readonly value: JsonValue }

/** What a filter asks of a value. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'exists'; readonly path: Path; readonly wanted: boolean }
  | { readonly kind: 'relation'; readonly left: Operand; readonly operator: string; readonly right: Operand }

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'pattern'; readonly pattern: RegularExpression }
