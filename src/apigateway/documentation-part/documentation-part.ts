import { parseJsonObject } from '../../openapi/json.ts'
import { collection, type Reader } from '../../storage/store.ts'
import { badRequest, notFound } from '../refusal.ts'
import type { Location } from './location.ts'

/** What is told to people about one part of an API. */
export interface DocumentationPartRecord {
  readonly id: string
  /** Of each location an API has one part at most. */
  readonly location: Location
  /** The text of a JSON object. */
  readonly properties: string
}

/** By `{restApiId}/{documentationPartId}`. */
export const documentationParts = collection<DocumentationPartRecord>('rest-documentation-part')

/**
 * Finds a part.
 * @throws {ServiceError} `NotFoundException`. Observed: an unknown API is refused in the same words.
 */
export async function requireDocumentationPart(
  reader: Reader,
  scope: string,
  restApiId: string,
  documentationPartId: string,
): Promise<DocumentationPartRecord> {
  const part = await reader.get(documentationParts, scope, `${restApiId}/${documentationPartId}`)
  if (!part) throw notFound('Invalid Documentation part identifier specified')
  return part
}

/** The parts of an API, by id. */
export async function documentationPartsOf(
  reader: Reader,
  scope: string,
  restApiId: string,
): Promise<DocumentationPartRecord[]> {
  const entries = await reader.list(documentationParts, scope, { prefix: `${restApiId}/` })
  return entries.map(({ document }) => document)
}

/** @throws {ServiceError} `BadRequestException` unless the text is that of a JSON object. */
export function checkProperties(text: string): void {
  if (!parseJsonObject(text)) throw badRequest('Invalid documentation part properties: they must be a JSON object')
}

/** Whether a part tells anything. */
export function isDocumented({ properties }: DocumentationPartRecord): boolean {
  return Object.keys(parseJsonObject(properties) ?? {}).length > 0
}
