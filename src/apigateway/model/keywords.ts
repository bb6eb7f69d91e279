/** Gets each schema within a keyword's value, and gives what takes its place. */
export type Visit = (schema: unknown) => unknown

/** A keyword of JSON Schema. */
export interface Keyword {
  /** Whether its value has the form that draft 4 demands; the schemas within it aside. */
  accepts(value: unknown): boolean
  /** Rewrites the schemas within its value. Only keywords that hold some have it. */
  map?(value: unknown, visit: Visit): unknown
}

const simpleTypes: readonly unknown[] = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']

const anything = () => true
const isText = (value: unknown) => typeof value === 'string'
const isNumber = (value: unknown) => typeof value === 'number'
const isFlag = (value: unknown) => typeof value === 'boolean'
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0
const isSimpleType = (value: unknown) => simpleTypes.includes(value)
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list with at least one entry, all different, each of which `accepts`. */
const distinct = (accepts: (entry: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(accepts) &&
  new Set(value.map((entry) => JSON.stringify(entry))).size === value.length

/** A regular expression of ECMA 262; outside of Unicode mode, as patterns such as `[\\w\\-.]` are common. */
function isPattern(value: unknown): boolean {
  try {
    return typeof value === 'string' && new RegExp(value) instanceof RegExp
  } catch {
    return false
  }
}

const schema: Keyword = { accepts: isObject, map: (value, visit) => visit(value) }
const schemas: Keyword = {
  accepts: (value) => Array.isArray(value) && value.length > 0,
  map: (value, visit) => (Array.isArray(value) ? value.map((item: unknown) => visit(item)) : value),
}
const namedSchemas: Keyword = {
  accepts: isObject,
  map: (value, visit) =>
    Object.fromEntries(Object.entries(Object(value)).map(([name, item]: [string, unknown]) => [name, visit(item)])),
}
const schemaOrFlag: Keyword = {
  accepts: (value) => isFlag(value) || isObject(value),
  map: (value, visit) => (isFlag(value) ? value : visit(value)),
}
const schemaOrSchemas: Keyword = {
  accepts: (value) => schema.accepts(value) || schemas.accepts(value),
  map: (value, visit) => (Array.isArray(value) ? schemas : schema).map?.(value, visit),
}
const schemaOrNames: Keyword = {
  accepts: isObject,
  map: (value, visit) => namedSchemas.map?.(value, (item) => (distinct(isText)(item) ? item : visit(item))),
}

/** Every keyword of draft 4. Documented: models are of that draft; observed: any other keyword is refused. */
export const keywords: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['$schema', { accepts: isText }],
  ['id', { accepts: isText }],
  ['title', { accepts: isText }],
  ['description', { accepts: isText }],
  ['default', { accepts: anything }],
  ['format', { accepts: isText }],
  ['multipleOf', { accepts: (value) => isNumber(value) && Number(value) > 0 }],
  ['maximum', { accepts: isNumber }],
  ['exclusiveMaximum', { accepts: isFlag }],
  ['minimum', { accepts: isNumber }],
  ['exclusiveMinimum', { accepts: isFlag }],
  ['maxLength', { accepts: isCount }],
  ['minLength', { accepts: isCount }],
  ['pattern', { accepts: isPattern }],
  ['additionalItems', schemaOrFlag],
  ['items', schemaOrSchemas],
  ['maxItems', { accepts: isCount }],
  ['minItems', { accepts: isCount }],
  ['uniqueItems', { accepts: isFlag }],
  ['maxProperties', { accepts: isCount }],
  ['minProperties', { accepts: isCount }],
  ['required', { accepts: distinct(isText) }],
  ['additionalProperties', schemaOrFlag],
  ['definitions', namedSchemas],
  ['properties', namedSchemas],
  ['patternProperties', namedSchemas],
  ['dependencies', schemaOrNames],
  ['enum', { accepts: distinct(anything) }],
  ['type', { accepts: (value) => isSimpleType(value) || distinct(isSimpleType)(value) }],
  ['allOf', schemas],
  ['anyOf', schemas],
  ['oneOf', schemas],
  ['not', schema],
])
