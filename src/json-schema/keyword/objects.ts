import { nameList, shown } from '../json-text.ts'
import { type Check, isSchema, type Run, type Schema, SchemaError, type Scope, visitUnits } from '../schema.ts'
import { listOf } from './arrays.ts'
import { compilePattern } from './texts.ts'

type Members = Readonly<Record<string, unknown>>

/** `minProperties` */
export function minProperties(given: unknown): Check {
  const least = Number(given)
  return ifObject((members, run) => {
    const count = namesOf(members, run).length
    return (
      count >= least ||
      run.fail(() => `object has too few properties (found ${count} but schema requires at least ${least})`)
    )
  })
}

/** `maxProperties` */
export function maxProperties(given: unknown): Check {
  const most = Number(given)
  return ifObject((members, run) => {
    const count = namesOf(members, run).length
    return (
      count <= most ||
      run.fail(() => `object has too many properties (found ${count} but schema requires at most ${most})`)
    )
  })
}

/** `required` */
export function required(given: unknown): Check {
  const names = listOf(given, 'required').map(String)
  return ifObject((members, run) => {
    for (const name of names) {
      if (!has(members, name))
        return run.fail(() => `object has missing required properties (${missing(members, names)})`)
    }
    return true
  })
}

/** `dependencies`: names or a schema that a property brings with it. */
export function dependencies(given: unknown, _schema: Schema, scope: Scope): Check {
  const checks = Object.entries(schemaMap(given, 'dependencies')).map(([name, wanted]): Check => {
    const check = Array.isArray(wanted) ? propertyDependency(name, wanted.map(String)) : scope.schema(wanted)
    return ifObject((members, run) => !has(members, name) || check(members, run))
  })
  return allPass(checks)
}

/** All of several checks; those after a failure count only where every failure is told. */
function allPass(checks: readonly Check[]): Check {
  return (value, run) => {
    let valid = true
    for (const check of checks) {
      if (check(value, run)) continue
      valid = false
      if (!run.exhaustive) break
    }
    return valid
  }
}

function propertyDependency(name: string, wanted: readonly string[]): Check {
  return ifObject(
    (members, run) =>
      wanted.every((other) => has(members, other)) ||
      run.fail(
        () =>
          `property "${name}" of object has missing property dependencies ` +
          `(schema requires ${nameList(wanted)}; missing: ${missing(members, wanted)})`,
      ),
  )
}

/** `additionalProperties: false`: no properties but those that the schema names. */
export function additionalProperties(given: unknown, schema: Schema): Check | undefined {
  if (given !== false) return undefined
  const isNamed = namesIn(schema)
  return ifObject((members, run) => {
    const names = namesOf(members, run)
    for (const name of names) {
      if (!isNamed(name, run)) {
        return run.fail(() => {
          const others = names.filter((each) => !isNamed(each, run))
          return `object instance has properties which are not allowed by the schema: ${nameList(others)}`
        })
      }
    }
    return true
  })
}

/** Whether `properties` or `patternProperties` of a schema name a property. */
function namesIn({ properties, patternProperties }: Schema): (name: string, run: Run) => boolean {
  const known = new Set(Object.keys(schemaMap(properties, 'properties')))
  const patterns = Object.keys(schemaMap(patternProperties, 'patternProperties')).map(compilePattern)
  if (patterns.length === 0) return (name) => known.has(name)
  return (name, run) => known.has(name) || patterns.some((matches) => matches(name, run))
}

/** `properties`, `patternProperties` and `additionalProperties`: the schemas of an object's properties. */
export function propertySchemas(schema: Schema, scope: Scope): Check | undefined {
  const { properties, patternProperties, additionalProperties: rest } = schema
  const checks = [
    namedSchemas(schemaMap(properties, 'properties'), scope),
    patternSchemas(schemaMap(patternProperties, 'patternProperties'), scope),
    rest === undefined || typeof rest === 'boolean' ? undefined : otherSchemas(schema, scope.schema(rest)),
  ].filter((check) => check !== undefined)
  return checks.length <= 1 ? checks[0] : allPass(checks)
}

function namedSchemas(schemas: Schema, scope: Scope): Check | undefined {
  const names = Object.keys(schemas)
  if (names.length === 0) return undefined
  const checks = names.map((name) => scope.schema(schemas[name]))
  return ifObject((members, run) => {
    let valid = true
    run.spend(names.length)
    for (let i = 0; i < names.length; i++) {
      const value = memberOf(members, names[i] ?? '')
      if (value === undefined || checks[i]?.(value, run)) continue
      valid = false
      if (!run.exhaustive) break
    }
    return valid
  })
}

function patternSchemas(schemas: Schema, scope: Scope): Check | undefined {
  const patterns = Object.entries(schemas).map(([pattern, schema]) => ({
    matches: compilePattern(pattern),
    check: scope.schema(schema),
  }))
  if (patterns.length === 0) return undefined
  return eachProperty((name, value, run) => {
    let valid = true
    for (const { matches, check } of patterns) if (matches(name, run) && !check(value, run)) valid = false
    return valid
  })
}

function otherSchemas(schema: Schema, check: Check): Check {
  const isNamed = namesIn(schema)
  return eachProperty((name, value, run) => isNamed(name, run) || check(value, run))
}

function eachProperty(check: (name: string, value: unknown, run: Run) => boolean): Check {
  return ifObject((members, run) => {
    let valid = true
    for (const name of namesOf(members, run)) {
      if (check(name, members[name], run)) continue
      valid = false
      if (!run.exhaustive) break
    }
    return valid
  })
}

function ifObject(check: (members: Members, run: Run) => boolean): Check {
  return (value, run) => !isSchema(value) || check(value, run)
}

function namesOf(members: Members, run: Run): string[] {
  const names = Object.keys(members)
  run.spend(names.length * visitUnits)
  return names
}

/** JSON has no `undefined`: only names that every object inherits have to be told from own ones. */
function memberOf(members: Members, name: string): unknown {
  const value = members[name]
  return value === undefined || !(name in Object.prototype) || Object.hasOwn(members, name) ? value : undefined
}

function has(members: Members, name: string): boolean {
  return memberOf(members, name) !== undefined
}

function missing(members: Members, names: readonly string[]): string {
  return nameList(names.filter((name) => !has(members, name)))
}

/** The value of a keyword that must be an object; empty when absent. @throws {SchemaError} */
export function schemaMap(given: unknown, keyword: string): Schema {
  if (given === undefined) return {}
  if (!isSchema(given)) throw new SchemaError(`${keyword} is no object: ${shown(given)}`)
  return given
}
