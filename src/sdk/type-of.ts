import { isList, isObject, type Json, type JsonObject, listAt, objectAt, textsAt } from '../openapi/json.ts'
import { comment, indent, literal, memberName } from './source-text.ts'

/** The name of the type that a reference leads to. */
type NameOf = (reference: string) => string | undefined

/** The TypeScript type of the values that a JSON schema allows; `unknown` where TypeScript has no words for it. */
export function typeOf(schema: Json | undefined, nameOf: NameOf): string {
  if (!isObject(schema)) return 'unknown'
  if (typeof schema['$ref'] === 'string') return nameOf(schema['$ref']) ?? 'unknown'
  const own = isList(schema['enum']) ? enumType(schema['enum']) : ownType(schema, nameOf)
  const all = listAt(schema, 'allOf').map((part) => typeOf(part, nameOf))
  const some = ['anyOf', 'oneOf'].flatMap((keyword) => {
    const parts = listAt(schema, keyword).map((part) => typeOf(part, nameOf))
    return parts.length > 0 ? [union(parts)] : []
  })
  return intersection([own, ...all, ...some])
}

/** `unknown` for no types, and for one that is unknown. */
export function union(types: readonly string[]): string {
  if (types.length === 0 || types.includes('unknown')) return 'unknown'
  const distinct = [...new Set(types)]
  return distinct.length === 1 ? (distinct[0] ?? '') : distinct.map(grouped).join(' | ')
}

function intersection(types: readonly string[]): string {
  const known = [...new Set(types)].filter((type) => type !== 'unknown')
  if (known.length === 0) return 'unknown'
  return known.length === 1 ? (known[0] ?? '') : known.map(grouped).join(' & ')
}

function grouped(type: string): string {
  return /^(?:\w+|"[^"\\]*")$/.test(type) ? type : `(${type})`
}

function enumType(values: readonly Json[]): string {
  if (values.length === 0) return 'never'
  return union(values.map((value) => (typeof value === 'object' && value !== null ? 'unknown' : scalar(value))))
}

function scalar(value: Json): string {
  return typeof value === 'string' ? literal(value) : String(value)
}

function ownType(schema: JsonObject, nameOf: NameOf): string {
  const names = isList(schema['type']) ? textsAt(schema, 'type') : [schema['type'] ?? impliedType(schema)]
  return union(names.map((name) => typeNamed(name, schema, nameOf)))
}

function impliedType(schema: JsonObject): string | undefined {
  if (isObject(schema['properties'])) return 'object'
  return schema['items'] === undefined ? undefined : 'array'
}

function typeNamed(name: Json | undefined, schema: JsonObject, nameOf: NameOf): string {
  switch (name) {
    case 'string':
    case 'boolean':
    case 'null':
      return name
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return arrayType(schema, nameOf)
    case 'object':
      return objectType(schema, nameOf)
    default:
      return 'unknown'
  }
}

function arrayType(schema: JsonObject, nameOf: NameOf): string {
  const { items } = schema
  if (!isList(items)) return `${grouped(typeOf(items, nameOf))}[]`
  const rest = schema['additionalItems'] === false ? [] : [`...${grouped(typeOf(schema['additionalItems'], nameOf))}[]`]
  return `[${[...items.map((item) => `${grouped(typeOf(item, nameOf))}?`), ...rest].join(', ')}]`
}

/**
 * Members that a schema does not name are left out where it names any, so that a misspelt one is an error, although JSON
 * Schema allows them unless told otherwise.
 */
function objectType(schema: JsonObject, nameOf: NameOf): string {
  const properties = Object.entries(objectAt(schema, 'properties'))
  const required = new Set(textsAt(schema, 'required'))
  const undeclared = [...required].filter((name) => !properties.some(([property]) => property === name))
  const members = [
    ...properties.map(([name, part]) => memberType(name, part, required.has(name), nameOf)),
    ...undeclared.map((name) => `${memberName(name)}: unknown`),
    ...otherMembers(schema, properties.length + undeclared.length > 0, nameOf),
  ]
  return members.length > 0 ? `{\n  ${indent(members.join('\n'))}\n}` : '{ [name: string]: never }'
}

function memberType(name: string, part: Json, required: boolean, nameOf: NameOf): string {
  const description = isObject(part) ? part['description'] : undefined
  const before = typeof description === 'string' ? `${comment(description)}\n` : ''
  return `${before}${memberName(name)}${required ? '' : '?'}: ${typeOf(part, nameOf)}`
}

function otherMembers(schema: JsonObject, hasMembers: boolean, nameOf: NameOf): string[] {
  const others = schema['additionalProperties']
  const open = others === true || isObject(others) || isObject(schema['patternProperties'])
  if (others === false && !isObject(schema['patternProperties'])) return []
  if (hasMembers) return open ? ['[name: string]: unknown'] : []
  return [`[name: string]: ${isObject(schema['patternProperties']) ? 'unknown' : typeOf(others, nameOf)}`]
}
