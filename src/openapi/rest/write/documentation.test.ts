import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { JsonObject } from '../../json.ts'
import type { ApiDefinition, DocumentationPartDefinition, MethodDefinition } from '../definition.ts'
import { readOpenApi } from '../read/read-open-api.ts'
import type { ExportExtension, Version } from './options.ts'
import { writeOpenApi } from './write-open-api.ts'

const get: MethodDefinition = {
  httpMethod: 'GET',
  authorizationType: 'CUSTOM',
  authorizer: 'guard',
  apiKeyRequired: false,
  requestParameters: { 'method.request.querystring.page': false },
  requestModels: { 'application/json': 'Pet' },
  methodResponses: {
    200: { statusCode: '200', responseParameters: { 'method.response.header.X-Total': false } },
    400: { statusCode: '400' },
  },
}

const foreign = { foo: 'no field', 'x-bar': 'an extension', 'x-amazon-apigateway-binary-media-types': ['*/*'] }
const parts: DocumentationPartDefinition[] = [
  {
    location: { type: 'API' },
    properties: {
      ...foreign,
      description: 'no field of the root',
      info: { description: 'All pets', version: '9', contact: { name: 'Ann' }, foo: 1, 'x-bar': 2 },
      tags: [{ name: 'pets' }],
    },
  },
  { location: { type: 'RESOURCE', path: '/' }, properties: { ...foreign, description: 'The root' } },
  {
    location: { type: 'METHOD', path: '/', method: 'GET' },
    properties: { ...foreign, summary: 'Lists', deprecated: true, tags: 'not a list' },
  },
  {
    location: { type: 'QUERY_PARAMETER', path: '/', method: '*', name: 'page' },
    properties: { description: 'Page', example: 1 },
  },
  { location: { type: 'REQUEST_BODY', path: '/', method: 'GET' }, properties: { description: 'A filter' } },
  {
    location: { type: 'RESPONSE', path: '/', method: '*', statusCode: '400' },
    properties: { description: 'Not understood' },
  },
  {
    location: { type: 'RESPONSE_HEADER', path: '/', method: 'GET', statusCode: '200', name: 'X-Total' },
    properties: { description: 'How many' },
  },
  { location: { type: 'MODEL', name: 'Pet' }, properties: { title: 'A pet', description: 'of the shop', type: 'no' } },
  { location: { type: 'AUTHORIZER', name: 'guard' }, properties: { description: 'Looks at the token' } },
]

const definition: ApiDefinition = {
  settings: { name: 'pets', version: '1' },
  models: [{ name: 'Pet', contentType: 'application/json', schema: { type: 'object', title: 'Own title' } }],
  authorizers: [{ name: 'guard', type: 'TOKEN', authorizerUri: 'arn:x', identitySource: 'method.request.header.A' }],
  requestValidators: [],
  gatewayResponses: [],
  documentationParts: parts,
  resources: [{ path: '/', methods: [get] }],
}

function write(version: Version, extensions: readonly ExportExtension[], source = definition): JsonObject {
  return writeOpenApi(source, {
    version,
    extensions: new Set(extensions),
    host: 'a.example.com',
    stageName: 'prod',
    region: 'us-east-1',
    defaultVersion: '1',
    documentationVersion: { version: '1.0', createdDate: '2026-01-01T00:00:00Z' },
  })
}

describe('an export with documentation', () => {
  test('has the fields of OpenAPI 3.0 where they belong, and extensions', () => {
    const { openapi: _openapi, servers: _servers, ...document } = write('oas30', ['documentation'])
    const { 'x-amazon-apigateway-documentation': whole, ...rest } = document
    assert.deepEqual(rest, {
      info: { title: 'pets', description: 'All pets', version: '1', contact: { name: 'Ann' }, 'x-bar': 2 },
      tags: [{ name: 'pets' }],
      paths: {
        '/': {
          get: {
            summary: 'Lists',
            deprecated: true,
            parameters: [{ name: 'page', in: 'query', description: 'Page', example: 1, schema: { type: 'string' } }],
            requestBody: {
              description: 'A filter',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
              required: true,
            },
            responses: {
              200: {
                description: '200 response',
                headers: { 'X-Total': { description: 'How many', schema: { type: 'string' } } },
                content: {},
              },
              400: { description: 'Not understood', content: {} },
            },
            security: [{ guard: [] }],
            'x-bar': 'an extension',
          },
          'x-bar': 'an extension',
        },
      },
      components: {
        schemas: { Pet: { title: 'Own title', description: 'of the shop', type: 'object' } },
        securitySchemes: {
          guard: {
            type: 'apiKey',
            name: 'A',
            in: 'header',
            'x-amazon-apigateway-authtype': 'custom',
            description: 'Looks at the token',
          },
        },
      },
      'x-bar': 'an extension',
    })
    assert.deepEqual(whole, {
      version: '1.0',
      createdDate: '2026-01-01T00:00:00Z',
      documentationParts: parts.map(({ location, properties }) => {
        const { path, method, ...named } = location
        const { method: verb } = method === '*' ? {} : { method }
        return { location: { ...named, ...(verb !== undefined && { method: verb }) }, properties }
      }),
    })
  })

  test("has only what Swagger 2.0 knows in Swagger 2.0's", () => {
    const { paths } = write('swagger', ['documentation'])
    assert.deepEqual(paths, {
      '/': {
        get: {
          summary: 'Lists',
          deprecated: true,
          consumes: ['application/json'],
          parameters: [
            { name: 'page', in: 'query', description: 'Page', required: false, type: 'string' },
            {
              in: 'body',
              name: 'Pet',
              description: 'A filter',
              required: true,
              schema: { $ref: '#/definitions/Pet' },
            },
          ],
          responses: {
            200: {
              description: '200 response',
              headers: { 'X-Total': { description: 'How many', type: 'string' } },
            },
            400: { description: 'Not understood' },
          },
          security: [{ guard: [] }],
          'x-bar': 'an extension',
        },
        'x-bar': 'an extension',
      },
    })
  })

  test('is not written unasked', () => {
    const silent = { ...definition, documentationParts: [] }
    assert.deepEqual(write('oas30', ['apigateway']), write('oas30', ['apigateway'], silent))
  })

  for (const version of ['oas30', 'swagger'] as const) {
    test(`gives the same parts when it is read, as ${version}`, () => {
      const document = write(version, ['apigateway', 'documentation'])
      const read = readOpenApi(document, { basePath: 'ignore', ignoreDocumentation: false })
      assert.deepEqual([read?.errors, read?.warnings], [[], []])
      assert.deepEqual(read?.definition.documentationParts, parts)
    })
  }
})
