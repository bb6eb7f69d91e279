import type { Location } from '../../../apigateway/documentation-part/location.ts'
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
    location: withoutWildcards(location),
    properties,
  }))
  return { 'x-amazon-apigateway-documentation': { ...documentationVersion, documentationParts: parts } }
}

/** Observed: what a location means anyway is not written. */
function withoutWildcards({ path, method, statusCode, ...rest }: Location): JsonObject {
  return {
    ...rest,
    ...(path !== undefined && path !== '/' && { path }),
    ...(method !== undefined && method !== '*' && { method }),
    ...(statusCode !== undefined && statusCode !== '*' && { statusCode }),
  }
}
