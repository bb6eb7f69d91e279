import { canonical, nameList, shown } from '../json-text.ts'
import { BoundedRun } from '../run.ts'
import { type Check, type Run, SchemaError } from '../schema.ts'

type Test = (value: unknown) => boolean

const tests: Readonly<Record<string, Test>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  null: (value) => value === null,
  number: (value) => typeof value === 'number',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  string: (value) => typeof value === 'string',
}

/** `type`: one name, or a list. */
export function type(given: unknown): Check {
  const names = (Array.isArray(given) ? given : [given]).map(String)
  const wanted = names.map((name) => {
    const test = Object.hasOwn(tests, name) ? tests[name] : undefined
    if (!test) throw new SchemaError(`There is no type ${shown(name)}`)
    return test
  })
  const [only] = wanted
  // A number may be an integer.
  const allowed = nameList(new Set(names.includes('number') ? [...names, 'integer'] : names))
  const refuse: Check = (value, run) =>
    run.fail(() => `instance type (${typeOf(value)}) does not match any allowed primitive type (allowed: ${allowed})`)
  if (names.length === 1 && names[0] === 'string')
    return (value, run) => typeof value === 'string' || refuse(value, run)
  if (names.length === 1 && only) return (value, run) => only(value) || refuse(value, run)
  return (value, run) => wanted.some((test) => test(value)) || refuse(value, run)
}

function typeOf(value: unknown): string {
  return Object.keys(tests).find((name) => tests[name]?.(value)) ?? 'unknown'
}

/** `enum` */
export function enumeration(given: unknown): Check {
  if (!Array.isArray(given)) throw new SchemaError('enum is no list')
  const has = membership(given)
  return (value, run) =>
    has(value, run) ||
    run.fail(() => `instance value (${shown(value)}) not found in enum (possible values: ${shown(given)})`)
}

function membership(options: readonly unknown[]): (value: unknown, run: Run) => boolean {
  if (options.every((option) => typeof option !== 'object' || option === null)) {
    const simple = new Set(options)
    return (value) => simple.has(value)
  }
  const texts = new Set(options.map((option) => canonical(option, new BoundedRun(false))))
  return (value, run) => texts.has(canonical(value, run))
}
