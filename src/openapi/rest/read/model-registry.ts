import { createHash } from 'node:crypto'
import type { DocumentVersion } from '../../document/version.ts'
import type { Findings } from '../../findings.ts'
import { isObject, type Json, type JsonObject, objectAt, textAt } from '../../json.ts'
import type { ModelDefinition } from '../definition.ts'
import { type ConvertedSchema, convertSchema, modelName } from './schema.ts'

/** The models of a document: its named schemas, and those that operations write out in place. */
export interface ModelRegistry {
  /** Every model so far. */
  all(): ModelDefinition[]
  /**
   * The name of the model for a body's schema, which becomes a model if it is none.
   *
   * @param what Names the body in findings: `request body of 'POST /pets'`.
   * @returns `undefined`, with a warning, when it refers to a model that is not there.
   */
  nameOf(schema: JsonObject, what: string): string | undefined
}

/**
 * Reads the named schemas, and makes the registry that collects the others. Observed: a schema without a name gets a generated
 * one, `MODEL` and six hexadecimal digits; here they are drawn from its content, so that an import of the same document
 * changes nothing.
 */
export function createModelRegistry(root: JsonObject, version: DocumentVersion, findings: Findings): ModelRegistry {
  const named = objectAt(version === 'swagger' ? root : objectAt(root, 'components'), schemasMember(version))
  const models = new Map<string, ModelDefinition>()
  const contents = new Map<string, string>()
  const add = (name: string, converted: ConvertedSchema) => {
    report(findings, name, converted, named)
    const description = textAt(converted.schema, 'description')
    models.set(name, {
      name,
      contentType: 'application/json',
      ...(description !== undefined && { description }),
      schema: converted.schema,
    })
  }
  for (const [name, schema] of Object.entries(named)) {
    if (isModelName(name)) add(name, convertSchema(asSchema(schema), { root, version, modelName: name }))
    else findings.errors.push(`Unable to create model for '${name}': Model name must be alphanumeric: ${name}`)
  }
  return {
    all: () => [...models.values()],
    nameOf(schema, what) {
      const reference = schema['$ref']
      const name = typeof reference === 'string' ? modelName(reference, version) : undefined
      if (name !== undefined) {
        if (name in named) return name
        findings.warnings.push(`Reference to model '${name}' not found. Ignoring. (${what})`)
        return undefined
      }
      const converted = convertSchema(schema, { root, version })
      const content = JSON.stringify(converted.schema)
      const known = contents.get(content)
      if (known !== undefined) return known
      const generated = generatedName(content, models)
      contents.set(content, generated)
      add(generated, converted)
      return generated
    },
  }
}

function schemasMember(version: DocumentVersion): string {
  return version === 'swagger' ? 'definitions' : 'schemas'
}

function isModelName(name: string): boolean {
  return /^[a-zA-Z0-9]+$/.test(name)
}

/** A boolean is a schema to later drafts: `true` allows everything, `false` nothing. */
function asSchema(value: Json): JsonObject {
  if (isObject(value)) return value
  return value === false ? { not: {} } : {}
}

function generatedName(content: string, taken: ReadonlyMap<string, unknown>): string {
  const digest = createHash('sha256').update(content).digest('hex')
  for (let length = 6; ; length++) {
    const name = `MODEL${digest.slice(0, length)}`
    if (!taken.has(name)) return name
  }
}

function report(findings: Findings, name: string, converted: ConvertedSchema, named: JsonObject): void {
  const { dropped, broken, references } = converted
  if (dropped.size > 0) {
    findings.warnings.push(`Unsupported keyword(s): ${JSON.stringify([...dropped])} in model '${name}'. Ignoring.`)
  }
  const missing = [...references].filter((reference) => !(reference in named)).map((missed) => `model '${missed}'`)
  for (const reference of [...broken, ...missing]) {
    findings.errors.push(
      `Unable to create model for '${name}': Invalid model specified: Validation Result: warnings : [], errors : [Invalid model reference specified: ${reference}]`,
    )
  }
}
