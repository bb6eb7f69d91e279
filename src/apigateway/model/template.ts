import { resolvePointer } from '../../json-schema/pointer.ts'
import { isSchema, type Schema } from '../../json-schema/schema.ts'
import { referenceOf } from './schema.ts'

/** Observed: what stands for a value of each type. */
const samples = new Map<unknown, string>([
  ['string', '"foo"'],
  ['integer', '42'],
  ['number', '3.1415'],
  ['boolean', 'true'],
  ['null', 'null'],
])

/** Where in the template and in the input a sample stands. */
interface Place {
  readonly root: Schema
  /** Leads to the value in the input: `$inputRoot.pets`. */
  readonly input: string
  readonly indent: string
  /** The schemas around this one, so that one which contains itself ends. */
  readonly around: readonly Schema[]
}

/**
 * Writes the sample mapping template of a model: constants in the model's structure, and a loop for every array.
 *
 * @param root A schema without references to other models.
 */
export function sampleTemplate(root: Schema): string {
  const place = { root, input: '$inputRoot', indent: '', around: [] }
  return `#set($inputRoot = $input.path('$'))\n${sample(root, place)}`
}

function sample(given: unknown, { around, ...place }: Place): string {
  const schema = resolved(given, place.root)
  if (around.includes(schema)) return '{ }'
  const within = { ...place, around: [...around, schema] }
  const type = typeOf(schema)
  if (type === 'object') return objectSample(schema, within)
  if (type === 'array') return arraySample(schema, within)
  const constant = samples.get(type)
  return constant ?? sample(alternative(schema), within)
}

function objectSample({ properties }: Schema, place: Place): string {
  const entries = Object.entries(isSchema(properties) ? properties : {})
  if (entries.length === 0) return '{ }'
  const indent = `${place.indent}  `
  const members = entries.map(
    ([name, schema]) =>
      `${indent}${JSON.stringify(name)} : ${sample(schema, { ...place, indent, input: `${place.input}.${name}` })}`,
  )
  return `{\n${members.join(',\n')}\n${place.indent}}`
}

/** Observed, down to the blanks. */
function arraySample({ items }: Schema, place: Place): string {
  const item: unknown = Array.isArray(items) ? items[0] : items
  return [
    '[',
    '##TODO: Update this foreach loop to reference array from input json',
    `#foreach($elem in ${place.input})`,
    `${place.indent} ${sample(item, { ...place, input: '$elem' })} `,
    '#if($foreach.hasNext),#end',
    '#end',
    `${place.indent}]`,
  ].join('\n')
}

function resolved(schema: unknown, root: Schema): Schema {
  let found = schema
  for (let hops = 0; isSchema(found) && hops < 100; hops++) {
    const reference = referenceOf(found)
    if (reference === undefined) return found
    found = resolvePointer(root, reference)
  }
  return {}
}

function typeOf(schema: Schema): unknown {
  const { type } = schema
  if (Array.isArray(type)) return type[0]
  if (type !== undefined) return type
  if (schema['properties'] !== undefined) return 'object'
  if (schema['items'] !== undefined) return 'array'
  return alternative(schema) === undefined ? 'object' : undefined
}

function alternative(schema: Schema): unknown {
  const options = [schema['allOf'], schema['oneOf'], schema['anyOf']].find(Array.isArray)
  return options?.[0]
}
