import type { JsonObject } from '../../json.ts'
import type { MethodDefinition } from '../definition.ts'
import { NotExportable } from './not-exportable.ts'
import type { Version } from './options.ts'
import { schemaReference } from './schema.ts'

/** Models by media type. */
type Models = Readonly<Record<string, string>>

/** Writes OpenAPI 3's `content`. */
export function writeContent(models: Models = {}): JsonObject {
  const entries = Object.entries(models).map(([type, name]) => [type, { schema: schemaReference(name, 'oas30') }])
  return Object.fromEntries(entries)
}

/**
 * Writes Swagger 2.0's `consumes` and `produces`: the media types of models; observed: without models those of templates.
 * @throws {NotExportable} Swagger 2.0 gives one schema to all the media types of a body.
 */
export function writeMediaTypes(method: MethodDefinition): JsonObject {
  const { requestModels = {}, methodResponses = {}, methodIntegration } = method
  const responses = Object.values(methodIntegration?.integrationResponses ?? {})
  const consumes = typesOf([requestModels]) ?? Object.keys(methodIntegration?.requestTemplates ?? {})
  const produces =
    typesOf(Object.values(methodResponses).map(({ responseModels = {} }) => responseModels)) ??
    responses.flatMap(({ responseTemplates = {} }) => Object.keys(responseTemplates))
  return {
    ...(consumes.length > 0 && { consumes }),
    ...(produces.length > 0 && { produces: [...new Set(produces)] }),
  }
}

/** The one schema of a body; `undefined` for a body without. */
export function writeSingleSchema(models: Models = {}, version: Version): JsonObject | undefined {
  const [name] = Object.values(models)
  return name === undefined ? undefined : schemaReference(name, version)
}

/** The media types that all maps share; `undefined` when there are no models at all. */
function typesOf(maps: readonly Models[]): string[] | undefined {
  const filled = maps.filter((models) => Object.keys(models).length > 0)
  const [first] = filled
  if (!first) return undefined
  const types = Object.keys(first)
  for (const models of filled) {
    const sameTypes = Object.keys(models).length === types.length && types.every((type) => type in models)
    if (!sameTypes || new Set(Object.values(models)).size > 1)
      throw new NotExportable('its models differ by media type or by response, which Swagger 2.0 has no words for')
  }
  return types
}
