import type { ClientApi } from './client-api.ts'
import { clientApiOf } from './fixture.ts'

const document = {
  openapi: '3.0.1',
  info: { title: "*/ evil() `${evil}` '; evil() //\u2028", version: '*/\nevil()' },
  paths: {
    '/then': { get: { operationId: 'then', responses: {} } },
    '/delete': { get: { operationId: 'delete', parameters: [parameter('__proto__')], responses: {} } },
    '/pets': { get: { operationId: 'x', responses: {} }, post: { operationId: 'X', responses: {} } },
    '/bodies': {
      post: {
        requestBody: {
          content: { 'application/json': { schema: reference('string') }, 'text/csv': { schema: reference('string') } },
        },
        responses: { 200: { description: 'OK', content: { 'application/json': { schema: reference('Promise') } } } },
      },
    },
  },
  components: {
    schemas: {
      string: { type: 'object', properties: { 'a-b': { items: [{ enum: ['"'] }] }, '`': { type: 'null' } } },
      Promise: { oneOf: [{ type: 'string' }, { $ref: '#/components/schemas/Promise' }] },
      Array: { type: 'array', items: { $ref: '#/components/schemas/Array' } },
      ApiError: { type: 'object', additionalProperties: { type: 'string' } },
    },
  },
}

const described = clientApiOf(document)

/** An API of odd names: some have a meaning in JavaScript or TypeScript, others would be code if they were not escaped. */
export const oddApi: ClientApi = {
  ...described,
  // The control plane refuses such paths and parameters.
  operations: described.operations.map((operation) => ({
    ...operation,
    path: `${operation.path}/*/evil();"'`,
    parameters: [...operation.parameters, { name: '"]; evil(); //\n', location: 'query', required: false }],
  })),
}

function parameter(name: string) {
  return { in: 'query', name, required: true, schema: { type: 'string' } }
}

function reference(model: string) {
  return { $ref: `#/components/schemas/${model}` }
}
