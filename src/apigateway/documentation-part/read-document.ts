import type { DocumentationPartType } from '@aws-sdk/client-api-gateway'
import { type AwsVariables, parseDocument } from '../../openapi/document/parse-document.ts'
import { versionOf } from '../../openapi/document/version.ts'
import { isObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../../openapi/json.ts'
import { partitionOf } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'
import { oneOf } from '../one-of.ts'
import { badRequest } from '../refusal.ts'
import { checkProperties, type DocumentationPartRecord } from './documentation-part.ts'
import { completedLocation, type Location } from './location.ts'

const types: readonly DocumentationPartType[] = [
  'API',
  'AUTHORIZER',
  'MODEL',
  'RESOURCE',
  'METHOD',
  'PATH_PARAMETER',
  'QUERY_PARAMETER',
  'REQUEST_HEADER',
  'REQUEST_BODY',
  'RESPONSE',
  'RESPONSE_HEADER',
  'RESPONSE_BODY',
]
const fields = ['path', 'method', 'statusCode', 'name'] as const

/** A part without an id. */
export type DocumentationPartDraft = Omit<DocumentationPartRecord, 'id'>

/**
 * Reads the parts that an OpenAPI document, in JSON or YAML, has in its `x-amazon-apigateway-documentation`.
 * @throws {ServiceError} `BadRequestException` for text that is no such document, and for a part that cannot be.
 */
export async function readDocument(body: Uint8Array, caller: Caller): Promise<DocumentationPartDraft[]> {
  const text = decode(body)
  const root = text === undefined ? undefined : await parseDocument(text, awsVariables(caller))
  // Observed words.
  if (!root || !versionOf(root)) throw badRequest('Unable to build importer with provided input.')
  return listAt(objectAt(root, 'x-amazon-apigateway-documentation'), 'documentationParts').map(readPart)
}

function awsVariables({ account, region }: Caller): AwsVariables {
  return { accountId: account, region, partition: partitionOf(region) }
}

function decode(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}

function readPart(part: Json): DocumentationPartDraft {
  const source = isObject(part) ? part : {}
  const { properties = null } = source
  const text = typeof properties === 'string' ? properties : JSON.stringify(properties)
  checkProperties(text)
  return { location: completedLocation(readLocation(objectAt(source, 'location'))), properties: text }
}

function readLocation(source: JsonObject): Location {
  const type = oneOf(types, textAt(source, 'type'))
  if (!type) throw badRequest(`Invalid documentation part location: type must be one of [${types.join(', ')}]`)
  const given = fields.flatMap((field) => {
    const text = textAt(source, field)
    return text === undefined ? [] : [[field, text]]
  })
  return { type, ...Object.fromEntries(given) }
}
