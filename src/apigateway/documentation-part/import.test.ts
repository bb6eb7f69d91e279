import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const bad = (message: string) => ({ code: 'BadRequestException', message })
const badInput = bad('Unable to build importer with provided input.')

function document(...documentationParts: unknown[]): Buffer {
  const extension = { version: '1', documentationParts }
  return Buffer.from(JSON.stringify({ openapi: '3.0.1', 'x-amazon-apigateway-documentation': extension }))
}

const part = (type: string, description: string, more = {}) => ({
  location: { type, ...more },
  properties: { description },
})

/** An API that has parts of its own and of a model. */
async function documented() {
  const { restApiId } = await createApi()
  const body = document(part('API', 'old'), part('MODEL', 'old', { name: 'Pet' }))
  const { ids = [] } = await operations.ImportDocumentationParts({ restApiId, body }, caller)
  return { restApiId, ids }
}

async function partsOf(restApiId: string) {
  const { items = [] } = await operations.GetDocumentationParts({ restApiId }, caller)
  return items.map(({ id, location, properties }) => [id, location?.type, properties])
}

describe('ImportDocumentationParts', () => {
  test('fills in locations, takes text as it is, and numbers for status codes', async () => {
    const { restApiId } = await createApi()
    const text = { location: { type: 'RESPONSE', statusCode: 200 }, properties: '{ "description": "d" }' }
    const answer = await operations.ImportDocumentationParts({ restApiId, body: document(text) }, caller)
    const { items } = await operations.GetDocumentationParts({ restApiId }, caller)
    const location = { type: 'RESPONSE', path: '/', method: '*', statusCode: '200' }
    assert.deepEqual(items, [{ id: answer.ids?.[0], location, properties: text.properties }])
    assert.deepEqual(Object.keys(answer), ['ids'])
  })

  test('merges by location unless told otherwise', async () => {
    const { restApiId, ids } = await documented()
    const body = document(part('RESOURCE', 'new', { path: '/pets' }), part('API', 'new'))
    const merged = await operations.ImportDocumentationParts({ restApiId, body, mode: 'merge' }, caller)
    assert.deepEqual(await partsOf(restApiId), [
      [ids[0], 'API', '{"description":"new"}'],
      [ids[1], 'MODEL', '{"description":"old"}'],
      [merged.ids?.[0], 'RESOURCE', '{"description":"new"}'],
    ])
    assert.deepEqual(merged.ids?.[1], ids[0])
  })

  test('puts new parts in the place of all to overwrite', async () => {
    const { restApiId, ids } = await documented()
    const request = { restApiId, body: document(part('API', 'new')), mode: 'overwrite' as const }
    const { ids: fresh = [] } = await operations.ImportDocumentationParts(request, caller)
    assert.ok(!ids.includes(fresh[0] ?? ''))
    assert.deepEqual(await partsOf(restApiId), [[fresh[0], 'API', '{"description":"new"}']])
  })

  test('warns of a location that is given twice, or fails if told so, changing nothing', async () => {
    const { restApiId } = await documented()
    const before = await partsOf(restApiId)
    const body = document(part('API', 'first'), part('API', 'last'))
    const warning = "Documentation part is given twice, the last one counts: type 'API'"
    await assert.rejects(
      operations.ImportDocumentationParts({ restApiId, body, failOnWarnings: true }, caller),
      bad(`Warnings found during import:\n\t${warning}`),
    )
    assert.deepEqual(await partsOf(restApiId), before)
    const { ids = [], warnings } = await operations.ImportDocumentationParts({ restApiId, body }, caller)
    assert.deepEqual([ids.length, warnings], [1, [warning]])
    assert.equal((await partsOf(restApiId))[0]?.[2], '{"description":"last"}')
  })

  test('reads YAML', async () => {
    const { restApiId } = await createApi()
    const body = Buffer.from(
      'openapi: 3.0.1\nx-amazon-apigateway-documentation:\n  documentationParts:\n    - location: { type: API }\n      properties: { description: d }\n',
    )
    await operations.ImportDocumentationParts({ restApiId, body }, caller)
    assert.deepEqual((await partsOf(restApiId))[0]?.slice(1), ['API', '{"description":"d"}'])
  })

  test('takes a document without documentation', async () => {
    const { restApiId } = await createApi()
    const body = Buffer.from('{"swagger":"2.0"}')
    assert.deepEqual(await operations.ImportDocumentationParts({ restApiId, body }, caller), { ids: [] })
  })

  const refusals: [string, object, object][] = [
    ['what is neither JSON nor YAML', { body: Buffer.from('{') }, badInput],
    ['what is no text', { body: Buffer.from([0xff]) }, badInput],
    ['what is no OpenAPI document', { body: Buffer.from('{}') }, badInput],
    [
      'an unknown mode',
      { mode: 'replace' },
      bad('Enumeration value of OpenAPI import mode must be "overwrite" or "merge"'),
    ],
    [
      'an unknown type',
      { body: document(part('PAGE', 'd')) },
      bad(
        'Invalid documentation part location: type must be one of [API, AUTHORIZER, MODEL, RESOURCE, METHOD, PATH_PARAMETER, QUERY_PARAMETER, REQUEST_HEADER, REQUEST_BODY, RESPONSE, RESPONSE_HEADER, RESPONSE_BODY]',
      ),
    ],
    [
      'properties that are no object',
      { body: document({ location: { type: 'API' } }) },
      bad('Invalid documentation part properties: they must be a JSON object'),
    ],
    [
      'an unknown API',
      { restApiId: 'x', body: Buffer.from('') },
      { code: 'NotFoundException', message: 'Invalid API identifier specified 123456789012:x' },
    ],
  ]
  for (const [name, settings, error] of refusals) {
    test(`refuses ${name}`, async () => {
      const { restApiId } = await documented()
      const before = await partsOf(restApiId)
      const request = { restApiId, body: document(part('API', 'new')), ...settings }
      await assert.rejects(operations.ImportDocumentationParts(request, caller), error)
      assert.deepEqual(await partsOf(restApiId), before)
    })
  }
})
