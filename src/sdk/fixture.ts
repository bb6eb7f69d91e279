import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readOpenApi } from '../openapi/rest/read/read-open-api.ts'
import { type ClientApi, modelsOf, operationsOf } from './client-api.ts'

/** What an OpenAPI document's SDK is generated from, for tests. */
export function clientApiOf(document: object): ClientApi {
  const root = JSON.parse(JSON.stringify(document))
  const read = readOpenApi(root, { basePath: 'ignore', ignoreDocumentation: true })
  if (!read || read.errors.length > 0) throw new Error(`The document is not read: ${read?.errors}`)
  const { settings, models } = read.definition
  return {
    name: settings.name ?? '',
    version: settings.version ?? '',
    stageName: 'dev',
    region: 'eu-west-1',
    invokeUrl: 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/dev',
    operations: operationsOf(read.definition),
    models: modelsOf(models),
  }
}

/** A folder of files that disposing deletes. */
export async function folderOf(files: Readonly<Record<string, string>>): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'gatehouse-sdk-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), text)
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

const string = { type: 'string' }
const query = (name: string, required = false) => ({ in: 'query', name, required, schema: string })

/** An API with something of everything. */
export const petStore = {
  openapi: '3.0.1',
  info: { title: 'PetStore', version: '2.1.0' },
  paths: {
    '/': { get: { responses: { 200: { description: 'A page' } } } },
    '/pets': {
      get: { parameters: [query('type'), query('page', true)], responses: { 200: answer('Pets') } },
      post: {
        operationId: 'CreatePet',
        parameters: [{ in: 'header', name: 'X-Trace', schema: string }],
        requestBody: content('NewPet'),
        responses: { 201: answer('Pet') },
      },
    },
    '/pets/{petId}': {
      get: {
        parameters: [{ in: 'path', name: 'petId', required: true, schema: string }],
        responses: { 200: answer('Pet') },
      },
      put: { requestBody: content('NewPet'), responses: { 200: { description: 'OK' } } },
    },
    '/files/{path+}': { get: { responses: { 200: { description: 'OK' } } } },
    '/anything': { 'x-amazon-apigateway-any-method': { responses: {} } },
  },
  components: {
    schemas: {
      Pets: { type: 'array', items: { $ref: '#/components/schemas/Pet' } },
      Pet: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'integer' },
          kind: { $ref: '#/components/schemas/Kind' },
          parent: { $ref: '#/components/schemas/Pet' },
        },
      },
      NewPet: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { $ref: '#/components/schemas/Kind' }, price: { type: 'number' } },
      },
      Kind: { enum: ['dog', 'cat'] },
    },
  },
}

function content(model: string) {
  return { content: { 'application/json': { schema: { $ref: `#/components/schemas/${model}` } } } }
}

function answer(model: string) {
  return { description: 'OK', ...content(model) }
}
