import assert from 'node:assert/strict'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { replace, required } from '../client.ts'

const bytes = (document: object) => new TextEncoder().encode(JSON.stringify(document))
const info = { title: 'pets', version: '1' }
const responses = { 200: { description: 'Fine' } }

/** OpenAPI in, and documentation. */
export async function walkDocuments(api: APIGateway): Promise<void> {
  const first = { openapi: '3.0.1', info, paths: { '/cats': { get: { responses } } } }
  const second = { openapi: '3.0.1', info, paths: { '/dogs': { get: { responses } } } }
  const imported = await api.importRestApi({ body: bytes(first) })
  const restApiId = required(imported.id)
  assert.deepEqual([imported.$metadata.httpStatusCode, imported.name], [201, 'pets'])
  await api.putRestApi({ restApiId, mode: 'merge', body: bytes(second) })
  assert.deepEqual(
    (await api.getResources({ restApiId })).items?.map(({ path }) => path),
    ['/', '/cats', '/dogs'],
  )
  await walkDocumentation(api, restApiId)
}

async function walkDocumentation(api: APIGateway, restApiId: string): Promise<void> {
  const created = await api.createDocumentationPart({
    restApiId,
    location: { type: 'RESOURCE', path: '/cats' },
    properties: '{"description":"Cats"}',
  })
  const part = { restApiId, documentationPartId: required(created.id) }
  await api.updateDocumentationPart({ ...part, patchOperations: [replace('/properties', '{"summary":"Cats"}')] })
  assert.equal((await api.getDocumentationPart(part)).properties, '{"summary":"Cats"}')
  const parts = [{ location: { type: 'API' }, properties: { description: 'Pets' } }]
  const { ids = [] } = await api.importDocumentationParts({
    restApiId,
    mode: 'merge',
    body: bytes({ openapi: '3.0.1', info, 'x-amazon-apigateway-documentation': { documentationParts: parts } }),
  })
  assert.equal(ids.length, 1)
  assert.deepEqual(
    (await api.getDocumentationParts({ restApiId, type: 'API' })).items?.map(({ id }) => id),
    ids,
  )

  const version = { restApiId, documentationVersion: '1.0' }
  assert.equal((await api.createDocumentationVersion(version)).version, '1.0')
  await api.updateDocumentationVersion({ ...version, patchOperations: [replace('/description', 'First')] })
  assert.equal((await api.getDocumentationVersion(version)).description, 'First')
  assert.equal((await api.getDocumentationVersions({ restApiId })).items?.length, 1)
  await api.deleteDocumentationVersion(version)
  await api.deleteDocumentationPart(part)
  await assert.rejects(api.getDocumentationVersion(version), { name: 'NotFoundException' })
  await assert.rejects(api.getDocumentationPart(part), { message: 'Invalid Documentation part identifier specified' })
}
