import type { DocumentationPartType } from '@aws-sdk/client-api-gateway'
import { badRequest } from '../refusal.ts'

/** Which part of an API a text documents. */
export interface Location {
  readonly type: DocumentationPartType
  readonly path?: string
  /** A verb, or `*` for all. */
  readonly method?: string
  /** Three digits, or `*` for all. */
  readonly statusCode?: string
  readonly name?: string
}

type Field = (typeof locationFields)[number]

/** The fields that a location can have. */
export const locationFields = ['path', 'method', 'statusCode', 'name'] as const

/** Documented: the fields that each type has. A body's name is said to be required, but examples leave it out. */
const fieldsOf: Readonly<Record<DocumentationPartType, readonly Field[]>> = {
  API: [],
  AUTHORIZER: ['name'],
  MODEL: ['name'],
  RESOURCE: ['path'],
  METHOD: ['path', 'method'],
  PATH_PARAMETER: ['path', 'method', 'name'],
  QUERY_PARAMETER: ['path', 'method', 'name'],
  REQUEST_HEADER: ['path', 'method', 'name'],
  REQUEST_BODY: ['path', 'method', 'name'],
  RESPONSE: ['path', 'method', 'statusCode'],
  RESPONSE_HEADER: ['path', 'method', 'statusCode', 'name'],
  RESPONSE_BODY: ['path', 'method', 'statusCode'],
}

/** What a location can be of. */
export const locationTypes = Object.keys(fieldsOf).filter(isDocumentationPartType)

export function isDocumentationPartType(type: string | undefined): type is DocumentationPartType {
  return type !== undefined && Object.hasOwn(fieldsOf, type)
}

/** Documented: what a field means that is left out. */
const defaults: Readonly<Partial<Record<Field, string>>> = { path: '/', method: '*', statusCode: '*' }

/**
 * Fills in the fields that a location leaves out.
 * @throws {ServiceError} `BadRequestException` for a field that the type does not have, and for one that it lacks.
 */
export function completedLocation(given: Location): Location {
  const { type } = given
  const entries = locationFields.flatMap((field) => {
    const value = given[field]?.trim() ? given[field] : undefined
    if (!fieldsOf[type].includes(field)) {
      if (value === undefined) return []
      throw badRequest(`Invalid documentation part location: ${field} is not a valid field for type '${type}'`)
    }
    const filled = value ?? defaults[field]
    if (filled !== undefined) return [[field, filled]]
    if (type === 'REQUEST_BODY') return []
    throw badRequest(`Invalid documentation part location: ${field} is required for type '${type}'`)
  })
  const location: Location = { type, ...Object.fromEntries(entries) }
  if (location.path?.startsWith('/') === false) {
    throw badRequest(`Invalid documentation part location: path '${location.path}' does not begin with a slash`)
  }
  return location
}

/** A key that is the same for equal completed locations only, and sorts the parts of an API by type and path. */
export function locationKey(location: Location): string {
  return [location.type, ...locationFields.map((field) => location[field] ?? '')].join('\n')
}

/** Documented: `type 'API'`. */
export function describeLocation(location: Location): string {
  const described = locationFields.flatMap((field) =>
    location[field] === undefined ? [] : `${field} '${location[field]}'`,
  )
  return [`type '${location.type}'`, ...described].join(', ')
}
