import { canonical } from '../json-text.ts'
import { type Check, type Run, type Schema, SchemaError, type Scope } from '../schema.ts'

type Items = readonly unknown[]

/** `minItems` */
export function minItems(given: unknown): Check {
  const least = Number(given)
  return ifArray(
    ({ length }, run) =>
      length >= least ||
      run.fail(() => `array is too short: must have at least ${least} elements but instance has ${length} elements`),
  )
}

/** `maxItems` */
export function maxItems(given: unknown): Check {
  const most = Number(given)
  return ifArray(
    ({ length }, run) =>
      length <= most ||
      run.fail(() => `array is too long: must have at most ${most} elements but instance has ${length} elements`),
  )
}

/** `uniqueItems`, in time linear in the size of the array. */
export function uniqueItems(given: unknown): Check | undefined {
  if (given !== true) return undefined
  return ifArray((items, run) => {
    if (items.length < 2) return true
    const seen = new Set<string>()
    for (const item of items) {
      const text = canonical(item, run)
      if (seen.has(text)) return run.fail(() => 'array must not contain duplicate elements')
      seen.add(text)
    }
    return true
  })
}

/** `additionalItems: false` beside a list of `items`: the items may not be more than that. */
export function additionalItems(given: unknown, { items }: Schema): Check | undefined {
  if (given !== false || !Array.isArray(items)) return undefined
  const most = items.length
  return ifArray(
    ({ length }, run) =>
      length <= most ||
      run.fail(() => `schema only allows ${most} elements in array but instance has ${length} elements`),
  )
}

/** `items` and `additionalItems`: the schemas of an array's items. */
export function itemSchemas({ items, additionalItems: rest }: Schema, scope: Scope): Check | undefined {
  if (items === undefined) return undefined
  if (!Array.isArray(items)) return everyItem(scope.schema(items))
  const positions = items.map((item) => scope.schema(item))
  const others = rest === undefined || typeof rest === 'boolean' ? undefined : scope.schema(rest)
  return ifArray((values, run) => {
    let valid = true
    for (let i = 0; i < values.length; i++) {
      const check = positions[i] ?? others
      if (!check) break
      run.spend(2)
      if (check(values[i], run)) continue
      valid = false
      if (!run.exhaustive) break
    }
    return valid
  })
}

function everyItem(check: Check): Check {
  return ifArray((values, run) => {
    let valid = true
    run.spend(2 * values.length)
    for (let i = 0; i < values.length; i++) {
      if (check(values[i], run)) continue
      valid = false
      if (!run.exhaustive) break
    }
    return valid
  })
}

function ifArray(check: (items: Items, run: Run) => boolean): Check {
  return (value, run) => !Array.isArray(value) || check(value, run)
}

/** The members of a keyword that must be a list. @throws {SchemaError} */
export function listOf(given: unknown, keyword: string): Items {
  if (!Array.isArray(given)) throw new SchemaError(`${keyword} is no list`)
  return given
}
