import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { HttpApiDefinition } from './definition.ts'
import { readHttpOpenApi } from './read/read-http-open-api.ts'
import type { WriteOptions } from './write/options.ts'
import { writeHttpOpenApi } from './write/write-http-open-api.ts'

const options: WriteOptions = {
  includeExtensions: true,
  host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
  basePath: 'prod',
  defaultVersion: '2026-01-01 00:00:00UTC',
}
const uri = 'arn:aws:lambda:us-east-1:123456789012:function:f'
const lambda = {
  IntegrationType: 'AWS_PROXY',
  IntegrationUri: uri,
  IntegrationMethod: 'POST',
  ConnectionType: 'INTERNET',
  PayloadFormatVersion: '2.0',
  TimeoutInMillis: 30_000,
} as const

const definition: HttpApiDefinition = {
  settings: {
    Name: 'Pets',
    Description: 'd',
    Version: '1.0',
    DisableExecuteApiEndpoint: true,
    IpAddressType: 'dualstack',
    Tags: { a: 'b' },
    CorsConfiguration: {
      AllowCredentials: true,
      AllowHeaders: ['x'],
      AllowMethods: ['GET'],
      AllowOrigins: ['https://a'],
      ExposeHeaders: ['y'],
      MaxAge: 0,
    },
  },
  authorizers: [
    {
      Name: 'function',
      AuthorizerType: 'REQUEST',
      IdentitySource: ['$request.querystring.q', '$request.header.X'],
      AuthorizerUri: uri,
      AuthorizerCredentialsArn: 'role',
      AuthorizerPayloadFormatVersion: '2.0',
      AuthorizerResultTtlInSeconds: 0,
      EnableSimpleResponses: false,
    },
    {
      Name: 'sigv4',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://i', Audience: ['a', 'b'] },
    },
  ],
  integrations: [
    { key: 'one', place: '', settings: lambda },
    {
      key: 'several',
      place: '',
      settings: { ...lambda, TimeoutInMillis: 1000, RequestParameters: { 'overwrite:path': '/' } },
    },
    { key: 'none', place: '', settings: { ...lambda, ResponseParameters: { '500': { 'remove:header.a': "''" } } } },
  ],
  routes: [
    { routeKey: 'GET /', authorizationType: 'NONE', integration: 'one', operationName: 'root' },
    { routeKey: 'ANY /{proxy+}', authorizationType: 'AWS_IAM', integration: 'several' },
    { routeKey: '$default', authorizationType: 'CUSTOM', authorizer: 'function', integration: 'several' },
    { routeKey: 'ANY /$default', authorizationType: 'NONE' },
    { routeKey: 'POST /a/{b}', authorizationType: 'JWT', authorizer: 'sigv4', authorizationScopes: ['s'] },
  ],
}

/** With each route's integration in its place, and in an order of its own. */
function comparable({ settings, authorizers, integrations, routes }: HttpApiDefinition) {
  const settingsOf = (wanted: string | undefined) => integrations.find(({ key }) => key === wanted)?.settings
  return {
    settings,
    authorizers: authorizers.toSorted((a, b) => (a.Name < b.Name ? -1 : 1)),
    routes: routes
      .map((route) => ({ ...route, integration: settingsOf(route.integration) }))
      .sort((a, b) => (a.routeKey < b.routeKey ? -1 : 1)),
    integrations: integrations.map((integration) => JSON.stringify(integration.settings).length).sort(),
  }
}

/** The parts as a document has them: a timeout as by default is not written. */
function withoutDefaults(given: HttpApiDefinition): HttpApiDefinition {
  return {
    ...given,
    integrations: given.integrations.map((integration) => {
      const { TimeoutInMillis, ...settings } = integration.settings
      return TimeoutInMillis === 30_000 ? { ...integration, settings } : integration
    }),
  }
}

describe('An HTTP API', () => {
  test('is the same after it was written and read', () => {
    const read = readHttpOpenApi(writeHttpOpenApi(definition, options), 'ignore')
    assert.ok(read)
    assert.deepEqual([read.warnings, read.info, read.errors], [[], [], []])
    assert.deepEqual(comparable(read.definition), comparable(withoutDefaults(definition)))
  })

  test('is written in the observed form', () => {
    const small: HttpApiDefinition = {
      settings: { Name: 'n' },
      authorizers: [
        {
          Name: 'users',
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: { Audience: ['a'], Issuer: 'https://i' },
        },
      ],
      integrations: [{ key: 'k', place: '', settings: lambda }],
      routes: [{ routeKey: 'GET /pets/{petId}', authorizationType: 'JWT', authorizer: 'users', integration: 'k' }],
    }
    assert.equal(
      JSON.stringify(writeHttpOpenApi(small, { ...options, basePath: '' })),
      JSON.stringify({
        openapi: '3.0.1',
        info: { title: 'n', version: '2026-01-01 00:00:00UTC' },
        servers: [{ url: `https://${options.host}/{basePath}`, variables: { basePath: { default: '' } } }],
        paths: {
          '/pets/{petId}': {
            get: {
              responses: { default: { description: 'Default response for GET /pets/{petId}' } },
              security: [{ users: [] }],
              'x-amazon-apigateway-integration': {
                payloadFormatVersion: '2.0',
                type: 'aws_proxy',
                httpMethod: 'POST',
                uri,
                connectionType: 'INTERNET',
              },
            },
            parameters: [
              {
                name: 'petId',
                in: 'path',
                description: 'Generated path parameter for petId',
                required: true,
                schema: { type: 'string' },
              },
            ],
          },
        },
        components: {
          securitySchemes: {
            users: {
              type: 'oauth2',
              flows: {},
              'x-amazon-apigateway-authorizer': {
                identitySource: '$request.header.Authorization',
                jwtConfiguration: { audience: ['a'], issuer: 'https://i' },
                type: 'jwt',
              },
            },
          },
        },
        'x-amazon-apigateway-importexport-version': '1.0',
      }),
    )
  })

  test('is written without extensions for others than the service', () => {
    const written = JSON.stringify(writeHttpOpenApi(definition, { ...options, includeExtensions: false }))
    assert.deepEqual([...new Set(written.match(/x-amazon[a-z-]+/g))], ['x-amazon-apigateway-any-method'])
  })
})
