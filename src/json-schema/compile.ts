import { additionalItems, itemSchemas, maxItems, minItems, uniqueItems } from './keyword/arrays.ts'
import { allOf, anyOf, not, oneOf } from './keyword/combinations.ts'
import { maximum, minimum, multipleOf } from './keyword/numbers.ts'
import {
  additionalProperties,
  dependencies,
  maxProperties,
  minProperties,
  propertySchemas,
  required,
} from './keyword/objects.ts'
import { format, maxLength, minLength, pattern } from './keyword/texts.ts'
import { enumeration, type } from './keyword/types.ts'
import { resolvePointer } from './pointer.ts'
import { type Check, isSchema, type Schema, SchemaError, type Scope } from './schema.ts'
import { verdictOf } from './verdict/verdict.ts'

type Compile = (given: unknown, schema: Schema, scope: Scope) => Check | undefined

/** Keywords about a value itself, in the order in which their failures are told. */
const assertions: Readonly<Record<string, Compile>> = {
  additionalItems,
  additionalProperties,
  allOf,
  anyOf,
  dependencies,
  enum: enumeration,
  format,
  maxItems,
  maxLength,
  maxProperties,
  maximum,
  minItems,
  minLength,
  minProperties,
  minimum,
  multipleOf,
  not,
  oneOf,
  pattern,
  required,
  type,
  uniqueItems,
}

const maxSchemaDepth = 500

/** Gives the schema that a reference to another document names, or undefined. */
export type FindSchema = (reference: string) => unknown

/** What a compiled schema is for: to tell at once that a value is not valid, or to find all that is wrong with it. */
export type Purpose = 'verdict' | 'findings'

/**
 * Compiles a schema to closures.
 * @throws {SchemaError}
 */
export function compileSchema(root: unknown, find: FindSchema, purpose: Purpose): Check {
  return new Compiler(find, purpose).schema(root, root, 0)
}

class Compiler {
  private readonly find: FindSchema
  private readonly purpose: Purpose
  /** By schema: one that refers to itself finds itself here. */
  private readonly compiled = new Map<Schema, { check: Check | undefined }>()

  constructor(find: FindSchema, purpose: Purpose) {
    this.find = find
    this.purpose = purpose
  }

  /** @param root The document that a schema's references are within. */
  schema(given: unknown, root: unknown, depth: number): Check {
    if (!isSchema(given)) throw new SchemaError('A schema is no object')
    if (depth > maxSchemaDepth) throw new SchemaError('The schema nests too deeply')
    const known = this.compiled.get(given)
    if (known) return known.check ?? ((value, run) => known.check?.(value, run) ?? true)
    const entry: { check: Check | undefined } = { check: undefined }
    this.compiled.set(given, entry)
    const reference = given['$ref']
    entry.check =
      typeof reference === 'string'
        ? this.reference(reference, root, depth)
        : this.keywords(given, { schema: (inner) => this.schema(inner, root, depth + 1) })
    return entry.check
  }

  private reference(reference: string, root: unknown, depth: number): Check {
    const local = reference.startsWith('#')
    const document = local ? root : this.find(reference)
    const target = local ? resolvePointer(document, reference) : document
    if (target === undefined) throw new SchemaError(`The reference ${reference} leads nowhere`)
    return within(this.schema(target, document, depth + 1))
  }

  private keywords(schema: Schema, scope: Scope): Check {
    return this.purpose === 'verdict' ? verdict(schema, scope) : findings(schema, scope)
  }
}

/** Stops at the first failure. */
function verdict(schema: Schema, scope: Scope): Check {
  const { check, decided } = verdictOf(schema, scope) ?? { check: undefined, decided: new Set<string>() }
  const own = assertionsOf(schema, scope, (keyword) => !decided.has(keyword))
  const items = decided.has('items') ? undefined : itemSchemas(schema, scope)
  const checks = [...(check ? [check] : []), ...own, ...(items ? [items] : [])]
  return items ? within(all(checks)) : all(checks)
}

/** Tells all that is wrong with a value itself; what is wrong within comes after, and only if that is nothing. */
function findings(schema: Schema, scope: Scope): Check {
  const own = each(assertionsOf(schema, scope, () => true))
  const inner = each(
    [itemSchemas(schema, scope), propertySchemas(schema, scope)].filter((check) => check !== undefined),
  )
  return within((value, run) => own(value, run) && inner(value, run))
}

/** Goes one level down for a check. */
function within(check: Check): Check {
  return (value, run) => {
    run.enter()
    const valid = check(value, run)
    run.leave()
    return valid
  }
}

function assertionsOf(schema: Schema, scope: Scope, wanted: (keyword: string) => boolean): Check[] {
  return Object.entries(assertions).flatMap(([keyword, compile]) => {
    const check =
      Object.hasOwn(schema, keyword) && wanted(keyword) ? compile(schema[keyword], schema, scope) : undefined
    return check ? [check] : []
  })
}

/** Stops at the first failure. */
function all(checks: readonly Check[]): Check {
  const [first = accept, second, third] = checks
  if (!second) return first
  if (!third) return (value, run) => first(value, run) && second(value, run)
  const rest = all(checks.slice(2))
  return (value, run) => first(value, run) && second(value, run) && rest(value, run)
}

/** Goes on after a failure. */
function each(checks: readonly Check[]): Check {
  return (value, run) => {
    let valid = true
    for (const check of checks) if (!check(value, run)) valid = false
    return valid
  }
}

const accept: Check = () => true
