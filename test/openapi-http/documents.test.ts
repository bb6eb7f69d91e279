import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { requireApi } from '../../src/apigatewayv2/api/api.ts'
import { readDefinition } from '../../src/apigatewayv2/deployment/definition.ts'
import { openFixtureV2 } from '../../src/apigatewayv2/fixture.ts'
import { documentedDefinition } from '../../src/apigatewayv2/import-export/documented-definition.ts'
import type { HttpApiDefinition } from '../../src/openapi/http/definition.ts'
import { scopeOf } from '../../src/wire/operation.ts'

const fixture = await openFixtureV2()
const { operations, caller, store } = fixture
after(fixture.close)

const folder = new URL('.', import.meta.url)

/** What a document has: routes, and what an import tells of. */
const documents: Readonly<Record<string, { routes: string[]; info?: string[] }>> = {
  'jwt-orders.yaml': {
    routes: [
      '$default CUSTOM partners',
      'DELETE /orders/{orderId} JWT users',
      'GET /health NONE',
      'GET /orders JWT users orders/read',
      'POST /orders JWT users orders/write orders/admin',
    ],
  },
  'private-link.yaml': { routes: ['GET /stock/{sku} NONE', 'PUT /stock/{sku} NONE'] },
  'proxied.yaml': { routes: ['ANY /catalog/{proxy+} NONE', 'GET /catalog/{proxy+} NONE'] },
  'rest-export.json': {
    routes: ['POST /pets NONE'],
    info: [
      "HTTP APIs do not support 'x-amazon-apigateway-request-validators' of the document. Ignoring.",
      "HTTP APIs do not support 'schemas' of the components. Ignoring.",
      "Unsupported member 'requestBody' of 'POST /pets'. Ignoring.",
      "Unsupported member 'x-amazon-apigateway-request-validator' of 'POST /pets'. Ignoring.",
      "Unsupported query parameter 'dry-run' of 'POST /pets'. Ignoring.",
      "Unsupported member 'passthroughBehavior' of the integration of 'POST /pets'. Ignoring.",
      "HTTP APIs support responseParameters only of the response 'default' of 'POST /pets'. Ignoring the rest.",
    ],
  },
  'service-integrations.json': {
    routes: [
      'GET /configuration NONE',
      'POST /events NONE',
      'POST /executions NONE',
      'POST /messages AWS_IAM',
      'POST /records AWS_IAM',
    ],
  },
}

async function load(Body: string) {
  const { ApiId = '', Warnings, ImportInfo } = await operations.ImportApi({ Body, FailOnWarnings: true }, caller)
  const definition = await store.read(async (reader) => {
    const api = await requireApi(reader, caller, ApiId)
    return documentedDefinition(await readDefinition(reader, scopeOf(caller), api))
  })
  return { ApiId, warnings: Warnings ?? [], info: ImportInfo ?? [], definition: withoutIds(definition) }
}

/** In an order of its own, each integration named by the routes that it serves. */
function withoutIds({ authorizers, integrations, routes, settings }: HttpApiDefinition) {
  return {
    settings,
    authorizers: authorizers.toSorted((a, b) => (a.Name < b.Name ? -1 : 1)),
    routes: routes.map(({ integration: _, ...route }) => route),
    integrations: integrations
      .map(({ key, settings }) => ({
        settings,
        of: routes.filter(({ integration }) => integration === key).map(({ routeKey }) => routeKey),
      }))
      .sort((a, b) => (a.of.join() < b.of.join() ? -1 : 1)),
  }
}

test('every document is told of', () => {
  const files = readdirSync(folder).filter((name) => !name.endsWith('.ts'))
  assert.deepEqual(files.sort(), Object.keys(documents))
})

for (const [file, expected] of Object.entries(documents)) {
  describe(file, () => {
    const source = readFileSync(new URL(file, folder), 'utf8')

    test('is taken over', async () => {
      const { definition, warnings, info } = await load(source)
      assert.deepEqual([warnings, info], [[], expected.info ?? []])
      const routes = definition.routes.map(({ routeKey, authorizationType, authorizer, authorizationScopes = [] }) =>
        [routeKey, authorizationType, authorizer, ...authorizationScopes].filter(Boolean).join(' '),
      )
      assert.deepEqual(routes.sort(), expected.routes)
    })

    for (const OutputType of ['JSON', 'YAML']) {
      test(`is the same API after an export in ${OutputType}`, async () => {
        const { ApiId, definition } = await load(source)
        const { body = new Uint8Array() } = await operations.ExportApi(
          { ApiId, Specification: 'OAS30', OutputType },
          caller,
        )
        const again = await load(Buffer.from(body).toString())
        assert.deepEqual(again.definition, definition)
        assert.deepEqual(again.info, [])
      })
    }
  })
}
