import type { DocumentationPartType } from '@aws-sdk/client-api-gateway'
import type { Location } from '../../../apigateway/documentation-part/location.ts'
import { isVendorExtension } from '../../document/vendor-extension.ts'
import { isList, isObject, type Json, type JsonObject } from '../../json.ts'
import type { ApiDefinition } from '../definition.ts'
import { inheritDocumentation } from '../inherited-documentation.ts'
import type { Version, WriteOptions } from './options.ts'

/** Gives what an exported document says to people about one part of the API, in the specification's own fields. */
export type Describe = (location: Location) => JsonObject

const isText = (value: Json) => typeof value === 'string'
const isFlag = (value: Json) => typeof value === 'boolean'
const isAnything = () => true

/** What the specification takes for each of its fields. */
const checks: Readonly<Record<string, (value: Json) => boolean>> = {
  title: isText,
  summary: isText,
  description: isText,
  termsOfService: isText,
  contact: isObject,
  license: isObject,
  externalDocs: isObject,
  info: isObject,
  tags: isList,
  deprecated: isFlag,
  allowEmptyValue: isFlag,
  example: isAnything,
  examples: isObject,
  links: isObject,
}

const parameter: Readonly<Record<Version, readonly string[]>> = {
  swagger: ['description', 'allowEmptyValue'],
  oas30: ['description', 'deprecated', 'allowEmptyValue', 'example', 'examples'],
}
const same = (...fields: string[]) => ({ swagger: fields, oas30: fields })

/** The fields of each part. Observed: those of a path are left out but for extensions, as Swagger 2.0 has none. */
const fieldsOf: Readonly<Record<DocumentationPartType, Readonly<Record<Version, readonly string[]>>>> = {
  API: same('info', 'tags', 'externalDocs'),
  AUTHORIZER: same('description'),
  MODEL: same('title', 'description'),
  RESOURCE: same(),
  METHOD: same('tags', 'summary', 'description', 'externalDocs', 'deprecated'),
  PATH_PARAMETER: parameter,
  QUERY_PARAMETER: parameter,
  REQUEST_HEADER: parameter,
  REQUEST_BODY: same('description'),
  RESPONSE: { swagger: ['description', 'examples'], oas30: ['description', 'links'] },
  RESPONSE_HEADER: {
    swagger: ['description'],
    oas30: ['description', 'deprecated', 'allowEmptyValue', 'example', 'examples'],
  },
  RESPONSE_BODY: same(),
}

/**
 * Prepares the documentation of a document. Documented: only fields that the specification knows, and extensions, are written
 * where they belong; a part is written whole in `x-amazon-apigateway-documentation` only.
 */
export function describeParts(
  { documentationParts = [] }: ApiDefinition,
  { version, extensions }: Pick<WriteOptions, 'version' | 'extensions'>,
): Describe {
  if (!extensions.has('documentation')) return () => ({})
  const find = inheritDocumentation(documentationParts)
  return (location) => compliant(find(location) ?? {}, [...fieldsOf[location.type][version]])
}

const infoFields = ['description', 'termsOfService', 'contact', 'license']

/** What `info` says beyond the title and version of the API itself. */
export function describeInfo({ info }: JsonObject): JsonObject {
  return isObject(info) ? compliant(info, infoFields) : {}
}

function compliant(properties: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).filter(
      ([field, value]) => isVendorExtension(field) || (fields.includes(field) && checks[field]?.(value)),
    ),
  )
}
