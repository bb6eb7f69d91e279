import type { DocumentationPartType } from '@aws-sdk/client-api-gateway'
import type { Findings } from '../../findings.ts'
import { isObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../../json.ts'
import type { DocumentationLocation, DocumentationPartDefinition } from '../definition.ts'

/** Gathers what a document says to people: descriptions, summaries, examples, contacts. */
export interface DocumentationCollector {
  /** Takes over the properties, if there are any. */
  add(location: DocumentationLocation, properties: JsonObject): void
  /** One part for each location; those of the extension replace those that were gathered. */
  all(): DocumentationPartDefinition[]
}

/** @param ignore Documented: `ignore=documentation` keeps all documentation out of an import. */
export function createDocumentationCollector(ignore: boolean): DocumentationCollector {
  const parts = new Map<string, DocumentationPartDefinition>()
  return {
    add(location, properties) {
      if (ignore || Object.keys(properties).length === 0) return
      parts.set(locationKey(location), { location, properties })
    },
    all: () => [...parts.values()],
  }
}

/** Tells locations apart. */
export function locationKey({
  type,
  path = '',
  method = '',
  statusCode = '',
  name = '',
}: DocumentationLocation): string {
  return JSON.stringify([type, path, method, statusCode, name])
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

/** Which fields a location's type has; `partTypes` knows them all, so it tells a type that there is not. */
const partTypes: Readonly<Record<DocumentationPartType, readonly string[]>> = {
  API: [],
  AUTHORIZER: ['name'],
  MODEL: ['name'],
  RESOURCE: ['path'],
  METHOD: ['path', 'method'],
  PATH_PARAMETER: ['path', 'method', 'name'],
  QUERY_PARAMETER: ['path', 'method', 'name'],
  REQUEST_HEADER: ['path', 'method', 'name'],
  REQUEST_BODY: ['path', 'method'],
  RESPONSE: ['path', 'method', 'statusCode'],
  RESPONSE_HEADER: ['path', 'method', 'statusCode', 'name'],
  RESPONSE_BODY: ['path', 'method', 'statusCode'],
}

function readLocation(source: JsonObject): DocumentationLocation | undefined {
  const type = textAt(source, 'type')
  if (!isPartType(type)) return undefined
  const fields = partTypes[type].flatMap((field) => {
    const value = textAt(source, field)
    return value === undefined ? [] : [[field, value]]
  })
  return { type, ...Object.fromEntries(fields) }
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
