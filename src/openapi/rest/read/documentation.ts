import type { DocumentationPartType } from '@aws-sdk/client-api-gateway'
import { completedLocation, type Location, locationKey } from '../../../apigateway/documentation-part/location.ts'
import { ServiceError } from '../../../wire/service-error.ts'
import type { Findings } from '../../findings.ts'
import { isObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../../json.ts'
import type { DocumentationPartDefinition } from '../definition.ts'

/** Gathers what a document says to people: descriptions, summaries, examples, contacts. */
export interface DocumentationCollector {
  /** Takes over the properties, if there are any. */
  add(location: Location, properties: JsonObject): void
  /** One part for each location; those of the extension replace those that were gathered. Nothing when it is ignored. */
  all(): DocumentationPartDefinition[] | undefined
}

/** @param ignore Documented: `ignore=documentation` keeps all documentation out of an import. */
export function createDocumentationCollector(ignore: boolean): DocumentationCollector {
  const parts = new Map<string, DocumentationPartDefinition>()
  return {
    add(location, properties) {
      if (ignore || Object.keys(properties).length === 0) return
      parts.set(locationKey(location), { location, properties })
    },
    all: () => (ignore ? undefined : [...parts.values()]),
  }
}

/** Reads the root's `x-amazon-apigateway-documentation`. */
export function readDocumentationParts(
  root: JsonObject,
  documentation: DocumentationCollector,
  findings: Findings,
): void {
  const extension = objectAt(root, 'x-amazon-apigateway-documentation')
  for (const [index, part] of listAt(extension, 'documentationParts').entries()) {
    const location = isObject(part) ? readLocation(objectAt(part, 'location')) : undefined
    const properties = isObject(part) ? readProperties(part['properties']) : undefined
    if (location && properties) documentation.add(location, properties)
    else findings.errors.push(`Unable to create documentation part ${index}: Invalid location or properties specified`)
  }
}

/** Filled in as everywhere; `undefined` for a location that cannot be. */
function readLocation(source: JsonObject): Location | undefined {
  const type = textAt(source, 'type')
  if (!isPartType(type)) return undefined
  const fields = (['path', 'method', 'statusCode', 'name'] as const).flatMap((field) => {
    const value = textAt(source, field)
    return value === undefined ? [] : [[field, value]]
  })
  try {
    return completedLocation({ type, ...Object.fromEntries(fields) })
  } catch (error) {
    if (error instanceof ServiceError) return undefined
    throw error
  }
}

const partTypes: Readonly<Record<DocumentationPartType, true>> = {
  API: true,
  AUTHORIZER: true,
  MODEL: true,
  RESOURCE: true,
  METHOD: true,
  PATH_PARAMETER: true,
  QUERY_PARAMETER: true,
  REQUEST_HEADER: true,
  REQUEST_BODY: true,
  RESPONSE: true,
  RESPONSE_HEADER: true,
  RESPONSE_BODY: true,
}

function isPartType(type: string | undefined): type is DocumentationPartType {
  return type !== undefined && Object.hasOwn(partTypes, type)
}

/** The properties are an object, or its JSON text. */
function readProperties(value: Json | undefined): JsonObject | undefined {
  if (isObject(value)) return value
  try {
    const parsed: Json = JSON.parse(typeof value === 'string' ? value : 'null')
    return isObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}
