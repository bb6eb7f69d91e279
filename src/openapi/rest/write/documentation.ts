import type { JsonObject } from '../../json.ts'
import type { ApiDefinition } from '../definition.ts'
import type { WriteOptions } from './options.ts'

/** Writes `x-amazon-apigateway-documentation`. */
export function writeDocumentation(
  { documentationParts = [] }: ApiDefinition,
  { extensions, documentationVersion }: WriteOptions,
): JsonObject {
  if (!extensions.has('documentation') || documentationParts.length === 0) return {}
  const parts = documentationParts.map(({ location, properties }) => ({
    location: Object.fromEntries(Object.entries(location)),
    properties,
  }))
  return { 'x-amazon-apigateway-documentation': { ...documentationVersion, documentationParts: parts } }
}
