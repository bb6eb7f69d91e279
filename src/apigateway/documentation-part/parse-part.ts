import { isObject, type Json, type JsonObject, objectAt, textAt } from '../../openapi/json.ts'
import { badRequest } from '../refusal.ts'
import { checkProperties, type DocumentationPartRecord } from './documentation-part.ts'
import { completedLocation, isDocumentationPartType, type Location, locationFields, locationTypes } from './location.ts'

/** A part without an id. */
export type DocumentationPartDraft = Omit<DocumentationPartRecord, 'id'>

/**
 * Parses an entry of a document's `documentationParts`; its properties are an object, or the JSON text of one.
 * @throws {ServiceError} `BadRequestException` for a part that cannot be.
 */
export function parsePart(part: Json): DocumentationPartDraft {
  const source = isObject(part) ? part : {}
  const { properties = null } = source
  const text = typeof properties === 'string' ? properties : JSON.stringify(properties)
  checkProperties(text)
  return { location: completedLocation(parseLocation(objectAt(source, 'location'))), properties: text }
}

function parseLocation(source: JsonObject): Location {
  const type = textAt(source, 'type')
  if (!isDocumentationPartType(type)) {
    throw badRequest(`Invalid documentation part location: type must be one of [${locationTypes.join(', ')}]`)
  }
  const given = locationFields.flatMap((field) => {
    const text = textAt(source, field)
    return text === undefined ? [] : [[field, text]]
  })
  return { type, ...Object.fromEntries(given) }
}
