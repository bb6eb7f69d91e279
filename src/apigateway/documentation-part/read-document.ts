import type { DocumentationPartType } from '@aws-sdk/client-api-gateway'
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
type Draft = Omit<DocumentationPartRecord, 'id'>

/**
 * Reads the parts that an OpenAPI document in JSON has in its `x-amazon-apigateway-documentation`.
 * @throws {ServiceError} `BadRequestException` for text that is no such document, and for a part that cannot be.
 */
export function readDocument(body: Uint8Array): Draft[] {
  const root = parse(body)
  if (!isObject(root) || !('openapi' in root || 'swagger' in root)) {
    throw badRequest('Unable to build importer with provided input.')
  }
  const extension = root['x-amazon-apigateway-documentation']
  const parts = isObject(extension) ? (extension['documentationParts'] ?? []) : []
  if (!Array.isArray(parts)) throw badRequest('Unable to build importer with provided input.')
  return parts.map(readPart)
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

function readPart(part: unknown): Draft {
  const { location, properties } = isObject(part) ? part : {}
  const text = typeof properties === 'string' ? properties : JSON.stringify(properties ?? null)
  checkProperties(text)
  return { location: completedLocation(readLocation(location)), properties: text }
}

function readLocation(location: unknown): Location {
  const source = isObject(location) ? location : {}
  const type = oneOf(types, textOf(source['type']))
  if (!type) throw badRequest(`Invalid documentation part location: type must be one of [${types.join(', ')}]`)
  const given = fields.flatMap((field) => {
    const text = textOf(source[field])
    return text === undefined ? [] : [[field, text]]
  })
  return { type, ...Object.fromEntries(given) }
}

/** A status code may be a number. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
