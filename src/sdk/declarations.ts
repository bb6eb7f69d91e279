import type { ClientApi, ClientBody, ClientOperation, ClientParameter } from './client-api.ts'
import { headerSource } from './client-source.ts'
import { declaredTypes } from './declared-types.ts'
import { comment, indent, memberName } from './source-text.ts'
import { union } from './type-of.ts'

/** TypeScript declarations of an API's client; the models' are in `./models.js`, and pass through. */
export function clientDeclarations(api: ClientApi): string {
  const { nameOfModel } = declaredTypes(api.models)
  const operations = api.operations.map((operation) => operationDeclaration(operation, nameOfModel))
  return `${headerSource(api)}
import type * as models from './models.js'

export type * from './models.js'

${constantDeclarations}
export interface ApigClient {
  ${indent(operations.join('\n\n'))}
}
`
}

const constantDeclarations = `export declare const apigClientFactory: {
  newClient(config?: ApigClientConfig): ApigClient
  readonly ApiError: new (response: ApiResponse<unknown>) => ApiError
}

export interface ApigClientConfig {
  /** The stage's URL. */
  invokeUrl?: string | undefined
  /** With both keys every call is signed (AWS_IAM). */
  accessKey?: string | undefined
  secretKey?: string | undefined
  sessionToken?: string | undefined
  region?: string | undefined
  apiKey?: string | undefined
  /** Default: application/json. */
  defaultContentType?: string | undefined
  /** Default: application/json. */
  defaultAcceptType?: string | undefined
  retry?: RetryOptions | undefined
  /** Default: the global fetch. */
  fetch?: ((url: string, init: any) => Promise<unknown>) | undefined
}

export interface RetryOptions {
  /** Including the first one. Default: 3. */
  maxAttempts?: number
  /** The longest wait before the second attempt; it doubles for every further one. Default: 100. */
  baseDelayMs?: number
  /** Default: 20000. */
  maxDelayMs?: number
}

/** What a call sends beyond its own parameters. */
export interface AdditionalParams {
  headers?: { [name: string]: ParameterValue }
  queryParams?: { [name: string]: ParameterValue | readonly ParameterValue[] }
}

export type ParameterValue = string | number | boolean | null | undefined

/** A body that is sent as it is. */
export type RawBody = string | ArrayBuffer | ArrayBufferView | { arrayBuffer(): Promise<ArrayBuffer> }

export interface ApiResponse<Data> {
  status: number
  statusText: string
  data: Data
  headers: { [name: string]: string }
}

/** An answer that is no success. */
export interface ApiError extends Error, ApiResponse<unknown> {
  response: ApiResponse<unknown>
}
`

function operationDeclaration(operation: ClientOperation, nameOfModel: (name: string) => string | undefined): string {
  const typeOfBody = ({ mediaType, modelName }: ClientBody, otherwise: string) => {
    const name = nameOfModel(modelName)
    if (!/\bjson\b/i.test(mediaType)) return otherwise
    return name === undefined ? 'unknown' : `models.${name}`
  }
  const hasBody = operation.verb !== 'GET' && operation.verb !== 'HEAD' && operation.requestBodies.length > 0
  const body = union(operation.requestBodies.map((request) => typeOfBody(request, 'RawBody')))
  const data = union(operation.responseBodies.map((response) => typeOfBody(response, 'string')))
  const hasParameters = operation.parameters.some(({ required }) => required)
  const params = paramsType(operation.parameters)
  const signature = [
    hasParameters
      ? `params: ${params}`
      : hasBody
        ? `params: ${params} | null | undefined`
        : `params?: ${params} | null`,
    hasBody ? `body: ${body}` : 'body?: unknown',
    'additionalParams?: AdditionalParams',
  ].join(', ')
  return `${comment(`${operation.verb} ${operation.path}`)}
${memberName(operation.name)}(${signature}): Promise<ApiResponse<${data}>>`
}

function paramsType(parameters: readonly ClientParameter[]): string {
  const names = [...new Set(parameters.map(({ name }) => name))]
  if (names.length === 0) return '{ [name: string]: never }'
  const members = names.map((name) => {
    const same = parameters.filter((parameter) => parameter.name === name)
    const required = same.some((parameter) => parameter.required)
    const value = 'string | number | boolean'
    const type = same.every(({ location }) => location === 'query') ? `${value} | readonly (${value})[]` : value
    return `${memberName(name)}${required ? '' : '?'}: ${type}${required ? '' : ' | null | undefined'}`
  })
  return `{ ${members.join('; ')} }`
}
