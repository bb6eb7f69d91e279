import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { seeded } from '../../../test/seeded.ts'
import { formatDocument } from '../document/format-document.ts'
import { parseDocument } from '../document/parse-document.ts'
import type { JsonObject } from '../json.ts'
import type { ApiDefinition, IntegrationDefinition, MethodDefinition, ModelDefinition } from './definition.ts'
import { modelReference } from './model-reference.ts'
import { readOpenApi } from './read/read-open-api.ts'
import type { WriteOptions } from './write/options.ts'
import { writeOpenApi } from './write/write-open-api.ts'

/** A generator of choices: the same for the same seed. */
function choices(seed: number) {
  const next = seeded(seed)
  const below = (count: number) => Math.floor(next() * count)
  const chance = (share = 0.5) => next() < share
  const pick = <T>(options: readonly [T, ...T[]]): T => options[below(options.length)] ?? options[0]
  const maybe = <T extends object>(value: T): T | Record<never, never> => (chance() ? value : {})
  return { below, chance, pick, maybe }
}

type Choices = ReturnType<typeof choices>

const modelNames = ['Pet', 'Pets', 'Owner', 'Error2'] as const
const awkward = [
  'plain',
  'with "quotes"',
  'yes',
  '0o17',
  'a: b # c',
  'line\nbreak\ttab',
  '${stageVariables.x}',
  '☃',
] as const

function schema({ below, chance, pick, maybe }: Choices, depth = 0): JsonObject {
  if (depth > 0 && chance(0.25)) return { $ref: modelReference(pick(modelNames)) }
  const kind = below(depth > 3 ? 3 : 6)
  if (kind === 0) return { type: 'string', ...maybe({ enum: ['a', 'yes', 'null'] }), ...maybe({ maxLength: 3 }) }
  if (kind === 1) return { type: 'number', minimum: below(9), ...maybe({ exclusiveMinimum: true }) }
  if (kind === 2) return { type: [pick(['string', 'integer']), 'null'], ...maybe({ title: pick(awkward) }) }
  const part = () => schema({ below, chance, pick, maybe }, depth + 1)
  if (kind === 3) return { type: 'array', items: part(), ...maybe({ minItems: 1 }) }
  if (kind === 4) return { allOf: [part(), part()] }
  return {
    type: 'object',
    properties: { id: part(), [pick(['$ref', 'type', 'x-y', 'a.b/c~d'])]: part() },
    ...maybe({ required: ['id'] }),
    ...maybe({ additionalProperties: chance() ? false : part() }),
  }
}

function integration({ chance, pick, maybe }: Choices, parameters: readonly string[]): IntegrationDefinition {
  const type = pick(['MOCK', 'HTTP', 'HTTP_PROXY', 'AWS', 'AWS_PROXY'] as const)
  const isHttp = type === 'HTTP' || type === 'HTTP_PROXY'
  const isLinked = isHttp && chance(0.2)
  const response = (statusCode: string, selectionPattern?: string) => ({
    statusCode,
    ...(selectionPattern !== undefined && { selectionPattern }),
    ...maybe({ responseTemplates: { 'application/json': pick(awkward) } }),
    ...maybe({ contentHandling: 'CONVERT_TO_TEXT' as const }),
  })
  const mappings = parameters.map((name, index) => [`integration.request.header.h${index}`, name])
  return {
    type,
    ...(type !== 'MOCK' && { httpMethod: pick(['GET', 'POST', 'ANY']), uri: `https://example.com/${pick(awkward)}` }),
    ...(isHttp && { connectionType: isLinked ? 'VPC_LINK' : 'INTERNET' }),
    ...(isLinked && { connectionId: 'abc123', integrationTarget: 'arn:aws:x' }),
    ...maybe({ credentials: 'arn:aws:iam::*:user/*' }),
    ...(mappings.length > 0 && { requestParameters: Object.fromEntries(mappings) }),
    ...maybe({ requestTemplates: { 'application/json': pick(awkward) } }),
    passthroughBehavior: pick(['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER']),
    ...maybe({ contentHandling: 'CONVERT_TO_BINARY' as const }),
    timeoutInMillis: pick([29_000, 50]),
    ...maybe({ cacheNamespace: 'shared' }),
    cacheKeyParameters: chance() ? [...parameters] : [],
    ...maybe({ integrationResponses: { 200: response('200'), 400: response('400', String.raw`4\d{2}`) } }),
    ...maybe({ tlsConfig: { insecureSkipVerification: chance() } }),
    responseTransferMode: pick(['BUFFERED', 'STREAM'] as const),
  }
}

function method(random: Choices, httpMethod: string, path: string): MethodDefinition {
  const { pick, maybe, chance } = random
  const variables = [...path.matchAll(/\{(\w+)\+?\}/g)].map(
    ([, name]) => [`method.request.path.${name}`, true] as const,
  )
  const parameters = { 'method.request.querystring.q.x': chance(), 'method.request.header.X-H': chance() }
  const requestParameters = { ...(chance() && parameters), ...Object.fromEntries(variables) }
  const access: Partial<MethodDefinition> = pick([
    { authorizationType: 'NONE' },
    { authorizationType: 'AWS_IAM' },
    { authorizationType: 'CUSTOM', authorizer: pick(['token', 'request']) },
    { authorizationType: 'COGNITO_USER_POOLS', authorizer: 'api_key', authorizationScopes: ['a/read', 'b'] },
  ])
  const models = { 'application/json': pick(modelNames), ...(chance(0.2) && { 'application/xml': 'Pet' }) }
  const same = Object.fromEntries(Object.keys(models).map((type) => [type, models['application/json']]))
  const names = Object.keys(requestParameters)
  return {
    httpMethod,
    authorizationType: 'NONE',
    ...access,
    apiKeyRequired: chance(0.3),
    ...maybe({ requestValidator: pick(['all', 'body only']) }),
    ...maybe({ operationName: 'listPets' }),
    ...(names.length > 0 && { requestParameters }),
    ...maybe({ requestModels: same }),
    methodResponses: {
      200: {
        statusCode: '200',
        ...maybe({ responseParameters: { 'method.response.header.X-A': false } }),
        ...maybe({ responseModels: same }),
      },
      404: { statusCode: '404' },
    },
    ...(chance(0.9) && { methodIntegration: integration(random, names) }),
  }
}

function api(random: Choices): ApiDefinition {
  const { pick, maybe, chance } = random
  const paths = ['/', '/pets', '/pets/{petId}', '/a', '/a/b', '/{proxy+}'] as const
  const models: ModelDefinition[] = modelNames.map((name) => {
    const description = pick(awkward)
    return {
      name,
      contentType: 'application/json',
      ...(chance() ? { description, schema: { ...schema(random), description } } : { schema: schema(random) }),
    }
  })
  return {
    settings: {
      name: pick(awkward),
      version: pick(['1.0', '2026-01-01', 'yes']),
      ...maybe({ description: pick(awkward) }),
      ...maybe({ binaryMediaTypes: ['*/*', 'image/png'] }),
      ...maybe({ minimumCompressionSize: 0 }),
      ...maybe({ apiKeySource: 'AUTHORIZER' as const }),
      ...maybe({ policy: '{"Version":"2012-10-17","Statement":[]}' }),
      ...maybe({ disableExecuteApiEndpoint: true }),
      ...maybe({ vpcEndpointIds: ['vpce-1', 'vpce-2'] }),
      ...maybe({ ipAddressType: 'dualstack' as const }),
      ...maybe({ securityPolicy: 'TLS_1_2' as const, endpointAccessMode: 'STRICT' as const }),
      ...maybe({ tags: { team: 'blue', cost: '' } }),
    },
    models,
    authorizers: [
      { name: 'token', type: 'TOKEN', authorizerUri: 'arn:x', identitySource: 'method.request.header.Auth' },
      {
        name: 'request',
        type: 'REQUEST',
        authType: 'oauth2',
        authorizerUri: 'arn:y',
        ...maybe({ identitySource: 'method.request.header.A,context.stage' }),
        authorizerResultTtlInSeconds: pick([0, 60]),
        ...maybe({ authorizerCredentials: 'arn:role' }),
      },
      {
        // The name that an export would give to API keys.
        name: 'api_key',
        type: 'COGNITO_USER_POOLS',
        providerARNs: ['arn:pool'],
        identitySource: 'method.request.header.Authorization',
      },
    ],
    requestValidators: [
      { name: 'all', validateRequestBody: true, validateRequestParameters: true },
      { name: 'body only', validateRequestBody: true, validateRequestParameters: false },
    ],
    gatewayResponses: chance()
      ? [{ responseType: 'THROTTLED', statusCode: '420', responseTemplates: { 'application/json': pick(awkward) } }]
      : [],
    documentationParts: chance()
      ? [
          {
            location: { type: 'METHOD', path: '/', method: '*' },
            properties: { description: pick(awkward), n: [1, null] },
          },
          { location: { type: 'REQUEST_BODY', path: '/a', method: 'POST' }, properties: { x: {} } },
        ]
      : [],
    resources: paths.flatMap((path) => {
      const verbs = ['GET', 'POST', 'OPTIONS', 'ANY'].filter(() => chance(0.4))
      return path === '/' && verbs.length === 0
        ? []
        : [{ path, methods: verbs.map((verb) => method(random, verb, path)) }]
    }),
  }
}

/** What no document tells apart: the order of parts, and resources without methods that lie between others. */
function normalized({ resources, models, ...rest }: ApiDefinition) {
  const byPath = resources.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  return {
    ...rest,
    models,
    resources: byPath
      .filter(({ path, methods }) => methods.length > 0 || !byPath.some((other) => other.path.startsWith(`${path}/`)))
      .map(({ path, methods }) => ({
        path,
        methods: methods.toSorted((a, b) => (a.httpMethod < b.httpMethod ? -1 : 1)),
      })),
  }
}

const variables = { accountId: '123456789012', partition: 'aws', region: 'us-east-1' }

describe('reading what was written', () => {
  for (const version of ['oas30', 'swagger'] as const) {
    for (const format of ['json', 'yaml'] as const) {
      test(`gives the same definition, as ${version} in ${format}`, async () => {
        for (let seed = 1; seed <= 60; seed++) {
          const definition = api(choices(seed))
          const options: WriteOptions = {
            version,
            extensions: new Set(['apigateway', 'documentation']),
            host: 'a.example.com',
            stageName: 'prod',
            region: 'us-east-1',
            defaultVersion: '1',
          }
          const text = await formatDocument(writeOpenApi(definition, options), format)
          const root = await parseDocument(text, variables)
          const read = root && readOpenApi(root, { basePath: 'ignore', ignoreDocumentation: false })
          assert.ok(read, `seed ${seed}`)
          assert.deepEqual(
            { errors: read.errors, warnings: read.warnings },
            { errors: [], warnings: [] },
            `seed ${seed}`,
          )
          assert.deepEqual(normalized(read.definition), normalized(definition), `seed ${seed}`)
        }
      })
    }
  }
})
