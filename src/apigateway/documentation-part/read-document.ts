import { versionOf } from '../../openapi/document/version.ts'
import { listAt, objectAt } from '../../openapi/json.ts'
import type { Caller } from '../../wire/operation.ts'
import { parseBody } from '../import-export/parse-body.ts'
import { badRequest } from '../refusal.ts'
import { type DocumentationPartDraft, parsePart } from './parse-part.ts'

/**
 * Reads the parts that an OpenAPI document, in JSON or YAML, has in its `x-amazon-apigateway-documentation`.
 * @throws {ServiceError} `BadRequestException` for text that is no such document, and for a part that cannot be.
 */
export async function readDocument(body: Uint8Array, caller: Caller): Promise<DocumentationPartDraft[]> {
  const root = await parseBody(body, caller)
  // Observed words.
  if (!root || !versionOf(root)) throw badRequest('Unable to build importer with provided input.')
  const parts = listAt(objectAt(root, 'x-amazon-apigateway-documentation'), 'documentationParts')
  return parts.map(parsePart)
}
