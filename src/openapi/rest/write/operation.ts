import type { DocumentationPartType } from '@aws-sdk/client-api-gateway'
import { isVendorExtension } from '../../document/vendor-extension.ts'
import type { Json, JsonObject } from '../../json.ts'
import type { MethodDefinition } from '../definition.ts'
import { writeContent, writeMediaTypes, writeSingleSchema } from './bodies.ts'
import { writeIntegration } from './integration.ts'
import { has, type WriteContext } from './options.ts'
import { writeSecurity } from './security.ts'

type MethodResponse = NonNullable<MethodDefinition['methodResponses']>[string]

/** The method, for its documentation. */
interface Place {
  readonly path: string
  readonly method: string
}

const partTypes: Readonly<Record<string, DocumentationPartType>> = {
  path: 'PATH_PARAMETER',
  header: 'REQUEST_HEADER',
  query: 'QUERY_PARAMETER',
}
const places: Readonly<Record<string, string>> = {
  path: 'path',
  header: 'header',
  multivalueheader: 'header',
  querystring: 'query',
  multivaluequerystring: 'query',
}

/** Writes one method as an operation, members in the observed order. */
export function writeOperation(path: string, method: MethodDefinition, context: WriteContext): JsonObject {
  const location = { path, method: method.httpMethod }
  const [described, extensions] = partition(context.describe({ type: 'METHOD', ...location }))
  const { operationName, requestValidator, methodIntegration } = method
  const security = writeSecurity(method, context.names)
  return {
    ...described,
    ...(operationName !== undefined && { operationId: operationName }),
    ...(context.version === 'swagger'
      ? writeSwaggerRequest(method, location, context)
      : writeRequest(method, location, context)),
    responses: writeResponses(method, location, context),
    ...(security.length > 0 && { security }),
    ...(context.extensions.has('postman') && method.authorizationType === 'AWS_IAM' && writePostman(context)),
    ...(has(context, 'validators') &&
      requestValidator !== undefined && { 'x-amazon-apigateway-request-validator': requestValidator }),
    ...(has(context, 'integrations') &&
      methodIntegration && { 'x-amazon-apigateway-integration': writeIntegration(methodIntegration) }),
    ...extensions,
  }
}

/** Observed: fields are written first, and extensions last. */
function partition(described: JsonObject): [JsonObject, JsonObject] {
  const isExtension = ([field]: [string, Json]) => isVendorExtension(field)
  const entries = Object.entries(described)
  return [
    Object.fromEntries(entries.filter((entry) => !isExtension(entry))),
    Object.fromEntries(entries.filter(isExtension)),
  ]
}

/** What Postman reads of a call that has to be signed; its own variables hold the keys. */
function writePostman({ region }: WriteContext): JsonObject {
  const id = 'awsSigV4'
  const keys = { accessKey: '{{aws_access_key_id}}', secretKey: '{{aws_secret_access_key}}' }
  const helperAttributes = { id, ...keys, region, service: 'execute-api' }
  return { 'x-postman-meta': { currentHelper: id, helperAttributes } }
}

function writeSwaggerRequest(method: MethodDefinition, location: Place, context: WriteContext): JsonObject {
  const schema = writeSingleSchema(method.requestModels, 'swagger')
  const [model = ''] = Object.values(method.requestModels ?? {})
  const parameters = [
    ...parametersOf(method).map(({ name, place, required }) => ({
      name,
      in: place,
      ...describeParameter(place, name, location, context),
      required,
      type: 'string',
    })),
    ...(schema ? [{ in: 'body', name: model, ...describeBody(location, context), required: true, schema }] : []),
  ]
  return { ...writeMediaTypes(method), ...(parameters.length > 0 && { parameters }) }
}

function writeRequest(method: MethodDefinition, location: Place, context: WriteContext): JsonObject {
  const parameters = parametersOf(method).map(({ name, place, required }) => ({
    name,
    in: place,
    ...describeParameter(place, name, location, context),
    ...(required && { required }),
    schema: { type: 'string' },
  }))
  const content = writeContent(method.requestModels)
  return {
    ...(parameters.length > 0 && { parameters }),
    ...(Object.keys(content).length > 0 && {
      requestBody: { ...describeBody(location, context), content, required: true },
    }),
  }
}

function describeParameter(place: string, name: string, location: Place, { describe }: WriteContext): JsonObject {
  const type = partTypes[place]
  return type ? describe({ type, ...location, name }) : {}
}

function describeBody(location: Place, { describe }: WriteContext): JsonObject {
  return describe({ type: 'REQUEST_BODY', ...location })
}

function parametersOf({ requestParameters = {} }: MethodDefinition) {
  return Object.entries(requestParameters).map(([expression, required]) => {
    const [, , location = '', ...name] = expression.split('.')
    return { name: name.join('.'), place: places[location] ?? location, required }
  })
}

function writeResponses(
  { methodResponses = {} }: MethodDefinition,
  location: Place,
  context: WriteContext,
): JsonObject {
  const entries = Object.values(methodResponses).map((response) => [
    response.statusCode,
    writeResponse(response, location, context),
  ])
  return Object.fromEntries(entries)
}

function writeResponse(response: MethodResponse, place: Place, { version, describe }: WriteContext): JsonObject {
  const { statusCode, responseModels, responseParameters = {} } = response
  const isSwagger = version === 'swagger'
  const location = { ...place, statusCode }
  const headers = Object.keys(responseParameters).map((expression) => {
    const name = expression.replace('method.response.header.', '')
    const type = isSwagger ? { type: 'string' } : { schema: { type: 'string' } }
    return [name, { ...describe({ type: 'RESPONSE_HEADER', ...location, name }), ...type }]
  })
  const schema = isSwagger ? writeSingleSchema(responseModels, version) : undefined
  return {
    description: `${statusCode} response`,
    ...describe({ type: 'RESPONSE', ...location }),
    ...(schema && { schema }),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(!isSwagger && { content: writeContent(responseModels) }),
  }
}
