import { keywords } from '../../../apigateway/model/keywords.ts'
import { parseModelUrl } from '../../../apigateway/model/model-url.ts'
import { lookUp, nameBelow } from '../../document/pointer.ts'
import type { DocumentVersion } from '../../document/version.ts'
import { isObject, type JsonObject } from '../../json.ts'
import { modelReference } from '../model-reference.ts'
import { mapParts } from '../schema-parts.ts'

/** A schema in the form that models are kept in. */
export interface ConvertedSchema {
  /** JSON Schema draft 4. */
  readonly schema: JsonObject
  /** Names of models that it refers to. */
  readonly references: ReadonlySet<string>
  /** Keywords that were left out, as draft 4 does not have them. */
  readonly dropped: ReadonlySet<string>
  /** References that lead out of the document, to nothing, or back to themselves. */
  readonly broken: ReadonlySet<string>
}

/** What a schema is converted for. */
export interface SchemaSource {
  readonly root: JsonObject
  readonly version: DocumentVersion
  /** The model that the schema is, if it has a name: references into it are its own. */
  readonly modelName?: string
}

/** Where a version of the specification keeps its named schemas. */
export function schemasPrefix(version: DocumentVersion): string {
  return version === 'swagger' ? '#/definitions' : '#/components/schemas'
}

/** The model that a reference names: in the document's own way, or by a model's URL, whatever API is in it. */
export function modelName(reference: string, version: DocumentVersion): string | undefined {
  return nameBelow(reference, schemasPrefix(version)) ?? parseModelUrl(reference)?.modelName
}

/**
 * Turns a document's schema into JSON Schema draft 4. `nullable`, `const`, `$defs` and numeric exclusive bounds become what
 * draft 4 says instead.
 */
export function convertSchema(
  source: JsonObject,
  { root, version, modelName: ownName }: SchemaSource,
): ConvertedSchema {
  const references = new Set<string>()
  const dropped = new Set<string>()
  const broken = new Set<string>()
  const ownPrefix = ownName === undefined ? undefined : `${schemasPrefix(version)}/${ownName}/`

  /** @param within The references that are being written out, to tell a circle. */
  function convert(schema: JsonObject, within: readonly string[]): JsonObject {
    const reference = schema['$ref']
    if (typeof reference === 'string') return convertReference(schema, reference, within)
    const members = Object.entries(inDraft4(schema)).filter(([keyword]) => {
      if (!keywords.has(keyword)) dropped.add(keyword)
      return keywords.has(keyword)
    })
    return mapParts(Object.fromEntries(members), (part) => convert(part, within))
  }

  function convertReference(schema: JsonObject, reference: string, within: readonly string[]): JsonObject {
    for (const keyword of Object.keys(schema)) if (keyword !== '$ref') dropped.add(`${keyword} beside $ref`)
    const name = modelName(reference, version)
    if (name !== undefined) {
      references.add(name)
      return { $ref: modelReference(name) }
    }
    if (ownPrefix !== undefined && reference.startsWith(ownPrefix)) {
      return { $ref: `#/${reference.slice(ownPrefix.length).replace(/^\$defs\//, 'definitions/')}` }
    }
    const target = reference.startsWith('#/') && !within.includes(reference) ? lookUp(root, reference) : undefined
    if (isObject(target)) return convert(target, [...within, reference])
    broken.add(reference)
    return {}
  }

  return { schema: convert(source, []), references, dropped, broken }
}

/** Says in draft 4 what OpenAPI 3.0 and later drafts say in other keywords. */
function inDraft4({ nullable, const: constant, $defs, $schema: _, ...schema }: JsonObject): JsonObject {
  const { type, exclusiveMinimum, exclusiveMaximum } = schema
  return {
    ...schema,
    ...(nullable === true && typeof type === 'string' && { type: [type, 'null'] }),
    ...(constant !== undefined && { enum: [constant] }),
    ...($defs !== undefined && { definitions: $defs }),
    ...(typeof exclusiveMinimum === 'number' && { minimum: exclusiveMinimum, exclusiveMinimum: true }),
    ...(typeof exclusiveMaximum === 'number' && { maximum: exclusiveMaximum, exclusiveMaximum: true }),
  }
}
