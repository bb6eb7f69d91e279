import type { JsonObject } from '../../json.ts'
import type { MethodDefinition } from '../definition.ts'
import { writeContent, writeMediaTypes, writeSingleSchema } from './bodies.ts'
import { writeIntegration } from './integration.ts'
import { has, type WriteOptions } from './options.ts'
import { type SchemeNames, writeSecurity } from './security.ts'

type MethodResponse = NonNullable<MethodDefinition['methodResponses']>[string]

const places: Readonly<Record<string, string>> = {
  path: 'path',
  header: 'header',
  multivalueheader: 'header',
  querystring: 'query',
  multivaluequerystring: 'query',
}

/** Writes one method as an operation, members in the observed order. */
export function writeOperation(method: MethodDefinition, names: SchemeNames, options: WriteOptions): JsonObject {
  const { operationName, requestValidator, methodIntegration } = method
  const security = writeSecurity(method, names)
  return {
    ...(operationName !== undefined && { operationId: operationName }),
    ...(options.version === 'swagger' ? writeSwaggerRequest(method) : writeRequest(method)),
    responses: writeResponses(method, options),
    ...(security.length > 0 && { security }),
    ...(options.extensions.has('postman') && method.authorizationType === 'AWS_IAM' && writePostman(options)),
    ...(has(options, 'validators') &&
      requestValidator !== undefined && { 'x-amazon-apigateway-request-validator': requestValidator }),
    ...(has(options, 'integrations') &&
      methodIntegration && { 'x-amazon-apigateway-integration': writeIntegration(methodIntegration) }),
  }
}

/** What Postman reads of a call that has to be signed; its own variables hold the keys. */
function writePostman({ region }: WriteOptions): JsonObject {
  const id = 'awsSigV4'
  const keys = { accessKey: '{{aws_access_key_id}}', secretKey: '{{aws_secret_access_key}}' }
  const helperAttributes = { id, ...keys, region, service: 'execute-api' }
  return { 'x-postman-meta': { currentHelper: id, helperAttributes } }
}

function writeSwaggerRequest(method: MethodDefinition): JsonObject {
  const schema = writeSingleSchema(method.requestModels, 'swagger')
  const [model = ''] = Object.values(method.requestModels ?? {})
  const parameters = [
    ...parametersOf(method).map(({ name, place, required }) => ({ name, in: place, required, type: 'string' })),
    ...(schema ? [{ in: 'body', name: model, required: true, schema }] : []),
  ]
  return { ...writeMediaTypes(method), ...(parameters.length > 0 && { parameters }) }
}

function writeRequest(method: MethodDefinition): JsonObject {
  const parameters = parametersOf(method).map(({ name, place, required }) => ({
    name,
    in: place,
    ...(required && { required }),
    schema: { type: 'string' },
  }))
  const content = writeContent(method.requestModels)
  return {
    ...(parameters.length > 0 && { parameters }),
    ...(Object.keys(content).length > 0 && { requestBody: { content, required: true } }),
  }
}

function parametersOf({ requestParameters = {} }: MethodDefinition) {
  return Object.entries(requestParameters).map(([expression, required]) => {
    const [, , location = '', ...name] = expression.split('.')
    return { name: name.join('.'), place: places[location] ?? location, required }
  })
}

function writeResponses({ methodResponses = {} }: MethodDefinition, options: WriteOptions): JsonObject {
  const entries = Object.values(methodResponses).map((response) => [
    response.statusCode,
    writeResponse(response, options),
  ])
  return Object.fromEntries(entries)
}

function writeResponse(response: MethodResponse, { version }: WriteOptions): JsonObject {
  const { statusCode, responseModels, responseParameters = {} } = response
  const isSwagger = version === 'swagger'
  const headers = Object.keys(responseParameters).map((expression) => [
    expression.replace('method.response.header.', ''),
    isSwagger ? { type: 'string' } : { schema: { type: 'string' } },
  ])
  const schema = isSwagger ? writeSingleSchema(responseModels, version) : undefined
  return {
    description: `${statusCode} response`,
    ...(schema && { schema }),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(!isSwagger && { content: writeContent(responseModels) }),
  }
}
