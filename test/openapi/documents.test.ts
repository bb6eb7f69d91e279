import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { openFixture } from '../../src/apigateway/fixture.ts'
import { readStoredDefinition } from '../../src/apigateway/import-export/stored-definition.ts'
import { restApis } from '../../src/apigateway/rest-api/rest-api.ts'
import { formatDocument } from '../../src/openapi/document/format-document.ts'
import type { ApiDefinition } from '../../src/openapi/rest/definition.ts'
import type { WriteOptions } from '../../src/openapi/rest/write/options.ts'
import { writeOpenApi } from '../../src/openapi/rest/write/write-open-api.ts'
import { scopeOf } from '../../src/wire/operation.ts'

const fixture = await openFixture()
const { operations, caller, store } = fixture
after(fixture.close)

const folder = new URL('.', import.meta.url)
const scope = scopeOf(caller)

/** What a document has: paths with methods, models, authorizers, and what an import warns of. */
const documents: Readonly<Record<string, { methods: string[]; models: string[]; warnings?: string[] }>> = {
  '../../examples/petstore/petstore.json': {
    methods: ['GET /', 'GET /pets', 'OPTIONS /pets', 'POST /pets', 'GET /pets/{petId}'],
    models: ['Empty', 'Error', 'NewPet', 'NewPetResponse', 'Pet', 'PetType', 'Pets'],
  },
  'base-path.yaml': { methods: ['GET /test'], models: [] },
  'circular-models.json': { methods: ['POST /person'], models: ['House', 'MODEL0fcd02', 'Node', 'Person'] },
  'cognito-orders.json': {
    methods: ['GET /admin', 'GET /health', 'GET /orders', 'POST /orders'],
    models: ['Order', 'Problem'],
  },
  'documented.yaml': { methods: ['GET /notes'], models: ['Notes'] },
  'generated-3.1.json': {
    methods: ['PUT /items/{item_id}'],
    models: ['HTTPValidationError', 'Item', 'MODEL44136f', 'ValidationError'],
  },
  'lambda-proxy.yaml': { methods: ['GET /tasks', 'DELETE /tasks/{taskId}', 'ANY /{proxy+}'], models: ['Tasks'] },
  'media.yaml': { methods: ['GET /images/{key}', 'PUT /images/{key}'], models: ['Picture'] },
  'private-link.yaml': { methods: ['GET /stock/{sku}'], models: [] },
  'sam-cors.json': {
    methods: ['GET /hello', 'OPTIONS /hello'],
    models: [],
    warnings: ["No responses specified for 'GET /hello'"],
  },
  'step-functions.yaml': { methods: ['POST /executions'], models: ['Start', 'Started'] },
}

async function definitionOf(restApiId: string): Promise<ApiDefinition> {
  return store.read(async (reader) => {
    const api = await reader.get(restApis, scope, restApiId)
    assert.ok(api)
    return readStoredDefinition(reader, scope, api)
  })
}

/** In an order of its own, as ids decide the order in which parts are stored. */
function inOrder({ models, authorizers, requestValidators, documentationParts = [], ...rest }: ApiDefinition) {
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
  return {
    ...rest,
    models: models.toSorted(byName),
    authorizers: authorizers.toSorted(byName),
    requestValidators: requestValidators.toSorted(byName),
    documentationParts: documentationParts.map((part) => JSON.stringify(part)).sort(),
  }
}

async function load(body: string | Uint8Array) {
  const { id = '', warnings = [] } = await operations.ImportRestApi({ body: Buffer.from(body) }, caller)
  return { restApiId: id, warnings, definition: inOrder(await definitionOf(id)) }
}

test('every document is told of', () => {
  const files = readdirSync(folder).filter((name) => !name.endsWith('.ts'))
  const here = Object.keys(documents).filter((name) => !name.startsWith('..'))
  assert.deepEqual(files.sort(), here)
})

for (const [file, expected] of Object.entries(documents)) {
  describe(file, () => {
    const source = readFileSync(new URL(file, folder))

    test('is taken over', async () => {
      const { definition, warnings } = await load(source)
      assert.deepEqual(warnings, expected.warnings ?? [])
      const methods = definition.resources.flatMap(({ path, methods }) =>
        methods.map(({ httpMethod }) => `${httpMethod} ${path}`),
      )
      assert.deepEqual(methods.sort(), [...expected.methods].sort())
      assert.deepEqual(
        definition.models.map(({ name }) => name),
        expected.models,
      )
    })

    for (const version of ['oas30', 'swagger'] as const) {
      for (const format of ['json', 'yaml'] as const) {
        test(`is the same API after an export as ${version} in ${format}`, async () => {
          const { restApiId, definition } = await load(source)
          const options: WriteOptions = {
            version,
            extensions: new Set(['apigateway', 'documentation']),
            host: 'a.example.com',
            stageName: 'prod',
            region: 'us-east-1',
            defaultVersion: '2026-01-01T00:00:00Z',
          }
          const again = await load(await formatDocument(writeOpenApi(await definitionOf(restApiId), options), format))
          const { version: own = options.defaultVersion, ...settings } = definition.settings
          assert.deepEqual(again.definition, { ...definition, settings: { ...settings, version: own } })
        })
      }
    }
  })
}
