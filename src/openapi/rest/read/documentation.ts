import { type Location, locationKey } from '../../../apigateway/documentation-part/location.ts'
import { parsePart } from '../../../apigateway/documentation-part/parse-part.ts'
import { ServiceError } from '../../../wire/service-error.ts'
import type { Findings } from '../../findings.ts'
import { type JsonObject, listAt, objectAt, parseJsonObject } from '../../json.ts'
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
    try {
      const { location, properties } = parsePart(part)
      documentation.add(location, parseJsonObject(properties) ?? {})
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      findings.errors.push(`Unable to create documentation part ${index}: ${error.message}`)
    }
  }
}
