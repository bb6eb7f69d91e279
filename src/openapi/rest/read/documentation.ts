import { isDeepStrictEqual } from 'node:util'
import { type Location, locationKey } from '../../../apigateway/documentation-part/location.ts'
import { parsePart } from '../../../apigateway/documentation-part/parse-part.ts'
import { ServiceError } from '../../../wire/service-error.ts'
import type { Findings } from '../../findings.ts'
import { type JsonObject, listAt, objectAt, parseJsonObject } from '../../json.ts'
import type { DocumentationPartDefinition } from '../definition.ts'
import { type FindDocumentation, inheritDocumentation } from '../inherited-documentation.ts'

/** Gathers what a document says to people: descriptions, summaries, examples, contacts. */
export interface DocumentationCollector {
  /** Takes over the properties that the document has in place, if there are any. */
  add(location: Location, properties: JsonObject): void
  /** Takes over a part of the extension. */
  addPart(part: DocumentationPartDefinition): void
  /**
   * One part for each location. Those of the extension replace those that were gathered, and what they say about several
   * places is not repeated for each, as an export has it in all. Nothing when documentation is ignored.
   */
  all(): DocumentationPartDefinition[] | undefined
}

/** @param ignore Documented: `ignore=documentation` keeps all documentation out of an import. */
export function createDocumentationCollector(ignore: boolean): DocumentationCollector {
  const gathered = new Map<string, DocumentationPartDefinition>()
  const given = new Map<string, DocumentationPartDefinition>()
  return {
    add(location, properties) {
      if (Object.keys(properties).length > 0) gathered.set(locationKey(location), { location, properties })
    },
    addPart: (part) => given.set(locationKey(part.location), part),
    all() {
      if (ignore) return undefined
      const find = inheritDocumentation([...given.values()])
      const own = [...gathered].filter(([key, part]) => !given.has(key) && !saysNothingNew(part, find))
      return [...own.map(([, part]) => part), ...given.values()]
    },
  }
}

function saysNothingNew({ location, properties }: DocumentationPartDefinition, find: FindDocumentation): boolean {
  const inherited = find(location) ?? {}
  return Object.entries(properties).every(([field, value]) => isDeepStrictEqual(inherited[field], value))
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
      documentation.addPart({ location, properties: parseJsonObject(properties) ?? {} })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      findings.errors.push(`Unable to create documentation part ${index}: ${error.message}`)
    }
  }
}
