import type { JsonObject } from '../openapi/json.ts'
import type { ApiDefinition, MethodDefinition, ModelDefinition } from '../openapi/rest/definition.ts'
import { operationName } from './operation-name.ts'
import { uniqueNames } from './source-text.ts'

/** A deployed API as its clients see it: all that an SDK is generated from. */
export interface ClientApi {
  readonly name: string
  readonly version: string
  readonly stageName: string
  readonly region: string
  /** The stage's URL, without a slash at its end. */
  readonly invokeUrl: string
  /** At least one, by path and verb. */
  readonly operations: readonly ClientOperation[]
  /** Those that describe JSON. */
  readonly models: readonly ClientModel[]
}

export interface ClientModel {
  readonly name: string
  readonly description?: string
  readonly schema: JsonObject
}

export interface ClientOperation {
  /** Unique among the API's operations; a JavaScript identifier. */
  readonly name: string
  readonly verb: string
  /** `/pets/{petId}`. */
  readonly path: string
  readonly parameters: readonly ClientParameter[]
  /** What may be sent; empty when the API does not say. */
  readonly requestBodies: readonly ClientBody[]
  /** What answers of success bring; empty when the API does not say. */
  readonly responseBodies: readonly ClientBody[]
}

export interface ClientBody {
  readonly mediaType: string
  readonly modelName: string
}

export interface ClientParameter {
  readonly name: string
  readonly location: 'path' | 'query' | 'header'
  readonly required: boolean
}

const locations: Readonly<Record<string, ClientParameter['location']>> = {
  path: 'path',
  querystring: 'query',
  multivaluequerystring: 'query',
  header: 'header',
  multivalueheader: 'header',
}

/** The operations of an API. Documented: `ANY` methods are no part of an SDK. */
export function operationsOf({ resources }: ApiDefinition): ClientOperation[] {
  const methods = resources
    .flatMap(({ path, methods }) => methods.map((method) => ({ path, method })))
    .filter(({ method }) => method.httpMethod !== 'ANY')
  const names = uniqueNames(
    methods.map(({ path, method }) => operationName(path, method.httpMethod, method.operationName)),
  )
  return methods.map(({ path, method }, index) => describeOperation(names[index] ?? '', path, method))
}

/** The models that describe JSON. */
export function modelsOf(models: readonly ModelDefinition[]): ClientModel[] {
  return models.flatMap(({ name, description, schema }) =>
    typeof schema === 'string' ? [] : [{ name, ...(description && { description }), schema }],
  )
}

function describeOperation(name: string, path: string, method: MethodDefinition): ClientOperation {
  const successes = Object.entries(method.methodResponses ?? {}).filter(([status]) => status.startsWith('2'))
  return {
    name,
    verb: method.httpMethod,
    path,
    parameters: [...pathVariables(path), ...declaredParameters(method)],
    requestBodies: bodiesOf(method.requestModels),
    responseBodies: successes.flatMap(([, { responseModels }]) => bodiesOf(responseModels)),
  }
}

/** A path's variables need no declaration, and a call cannot go without them. */
function pathVariables(path: string): ClientParameter[] {
  return [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name = '']) => ({ name, location: 'path', required: true }))
}

function declaredParameters({ requestParameters = {} }: MethodDefinition): ClientParameter[] {
  return Object.entries(requestParameters).flatMap(([expression, required]) => {
    const [, place = '', name] = /^method\.request\.([a-z]+)\.(.+)$/.exec(expression) ?? []
    const location = locations[place]
    return name === undefined || location === undefined || location === 'path' ? [] : [{ name, location, required }]
  })
}

function bodiesOf(models: Readonly<Record<string, string>> = {}): ClientBody[] {
  return Object.entries(models).map(([mediaType, modelName]) => ({ mediaType, modelName }))
}
