import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch } from '../fixture.ts'
import type { Location } from './location.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const unknown = { code: 'NotFoundException', message: 'Invalid Documentation part identifier specified' }
const noSuchApi = { code: 'NotFoundException', message: 'Invalid API identifier specified 123456789012:x' }
const bad = (message: string) => ({ code: 'BadRequestException', message })
const badProperties = bad('Invalid documentation part properties: they must be a JSON object')
const properties = '{ "description": "d" }'

async function documented(location: Location = { type: 'API' }) {
  const { restApiId } = await createApi()
  const { id = '' } = await operations.CreateDocumentationPart({ restApiId, location, properties }, caller)
  return { restApiId, documentationPartId: id }
}

describe('CreateDocumentationPart', () => {
  const locations: [Location, Partial<Location>][] = [
    [{ type: 'API' }, {}],
    [{ type: 'MODEL', name: 'Pet' }, {}],
    [{ type: 'RESOURCE' }, { path: '/' }],
    [{ type: 'METHOD', path: '/pets' }, { method: '*' }],
    [{ type: 'QUERY_PARAMETER', path: '/pets', method: 'GET', name: 'page' }, {}],
    [{ type: 'REQUEST_BODY', path: '/pets', method: 'POST' }, {}],
    [{ type: 'RESPONSE', path: '/pets', method: 'GET', statusCode: ' ' }, { statusCode: '*' }],
    [
      { type: 'RESPONSE_HEADER', name: 'x', statusCode: '200' },
      { path: '/', method: '*' },
    ],
  ]
  for (const [location, filled] of locations) {
    test(`fills in the location of ${location.type}`, async () => {
      const { restApiId } = await createApi()
      const part = await operations.CreateDocumentationPart({ restApiId, location, properties }, caller)
      assert.match(part.id ?? '', /^.{6}$/)
      assert.deepEqual(part, { id: part.id, location: { ...location, ...filled }, properties })
      const ids = { restApiId, documentationPartId: part.id ?? '' }
      assert.deepEqual(await operations.GetDocumentationPart(ids, caller), part)
    })
  }

  const refusals: [string, Location, string][] = [
    ['a path of the API', { type: 'API', path: '/' }, "path is not a valid field for type 'API'"],
    [
      'a status of a method',
      { type: 'METHOD', statusCode: '200' },
      "statusCode is not a valid field for type 'METHOD'",
    ],
    ['a model without name', { type: 'MODEL', name: '' }, "name is required for type 'MODEL'"],
    ['a path without slash', { type: 'RESOURCE', path: 'pets' }, "path 'pets' does not begin with a slash"],
  ]
  for (const [name, location, message] of refusals) {
    test(`refuses ${name}`, async () => {
      const { restApiId } = await createApi()
      await assert.rejects(
        operations.CreateDocumentationPart({ restApiId, location, properties }, caller),
        bad(`Invalid documentation part location: ${message}`),
      )
    })
  }

  for (const text of ['', 'd', '[]', 'null']) {
    test(`refuses the properties "${text}"`, async () => {
      const { restApiId } = await createApi()
      const request = { restApiId, location: { type: 'API' as const }, properties: text }
      await assert.rejects(operations.CreateDocumentationPart(request, caller), badProperties)
    })
  }

  test('refuses a second part of one location, and an unknown API', async () => {
    const create = (restApiId: string, location: Location) =>
      operations.CreateDocumentationPart({ restApiId, location, properties }, caller)
    const taken = (place: string) => ({
      code: 'ConflictException',
      message: `Documentation part already exists for the specified location: ${place}.`,
    })
    const { restApiId } = await documented()
    await assert.rejects(create(restApiId, { type: 'API' }), taken("type 'API'"))
    await create(restApiId, { type: 'METHOD', path: '/pets' })
    await create(restApiId, { type: 'METHOD', path: '/pets', method: 'GET' })
    await assert.rejects(
      create(restApiId, { type: 'METHOD', path: '/pets', method: '*' }),
      taken("type 'METHOD', path '/pets', method '*'"),
    )
    await assert.rejects(create('x', { type: 'API' }), noSuchApi)
  })
})

describe('GetDocumentationParts', () => {
  async function several() {
    const { restApiId } = await documented()
    const more: [Location, string][] = [
      [{ type: 'MODEL', name: 'Pet' }, '{}'],
      [{ type: 'MODEL', name: 'Pets' }, properties],
      [{ type: 'METHOD', path: '/pets', method: 'GET' }, properties],
      [{ type: 'RESOURCE', path: '/pets' }, '{}'],
    ]
    for (const [location, text] of more) {
      await operations.CreateDocumentationPart({ restApiId, location, properties: text }, caller)
    }
    return restApiId
  }

  const filters: [object, string[]][] = [
    [{}, ['API', 'METHOD', 'MODEL', 'MODEL', 'RESOURCE']],
    [{ type: 'MODEL' }, ['MODEL', 'MODEL']],
    [{ nameQuery: 'Pets' }, ['MODEL']],
    [{ nameQuery: 'Pe', type: 'MODEL' }, ['MODEL', 'MODEL']],
    [{ path: '/pets' }, ['METHOD', 'RESOURCE']],
    [{ path: '/' }, []],
    [{ locationStatus: 'DOCUMENTED' }, ['API', 'METHOD', 'MODEL']],
    [{ locationStatus: 'UNDOCUMENTED' }, ['MODEL', 'RESOURCE']],
  ]
  for (const [filter, types] of filters) {
    test(`filters by ${JSON.stringify(filter)}`, async () => {
      const restApiId = await several()
      const { items = [] } = await operations.GetDocumentationParts({ restApiId, ...filter }, caller)
      assert.deepEqual(
        items.map(({ location }) => location?.type),
        types,
      )
    })
  }

  test('pages', async () => {
    const restApiId = await several()
    const all = await operations.GetDocumentationParts({ restApiId }, caller)
    const { items = [], position = '' } = await operations.GetDocumentationParts({ restApiId, limit: 2 }, caller)
    const rest = await operations.GetDocumentationParts({ restApiId, position }, caller)
    assert.deepEqual([...items, ...(rest.items ?? [])], all.items)
  })

  test('refuses an unknown API', () =>
    assert.rejects(operations.GetDocumentationParts({ restApiId: 'x' }, caller), noSuchApi))
})

describe('UpdateDocumentationPart', () => {
  test('replaces the properties', async () => {
    const ids = await documented()
    const patchOperations: Patch[] = [{ op: 'replace', path: '/properties', value: '{}' }]
    const updated = await operations.UpdateDocumentationPart({ ...ids, patchOperations }, caller)
    assert.deepEqual(updated, { id: ids.documentationPartId, location: { type: 'API' }, properties: '{}' })
    assert.deepEqual(await operations.GetDocumentationPart(ids, caller), updated)
  })

  const refusals: [Patch, { message: string }][] = [
    [
      { op: 'add', path: '/properties', value: '{}' },
      bad("Invalid patch path  '/properties' specified for op 'add'. Please choose supported operations"),
    ],
    [
      { op: 'replace', path: '/invalidPath', value: '{}' },
      bad("Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/properties]"),
    ],
    [{ op: 'replace', path: '/properties' }, badProperties],
  ]
  for (const [operation, error] of refusals) {
    test(`refuses ${operation.op} of ${operation.path} by ${operation.value}`, async () => {
      const ids = await documented()
      const update = operations.UpdateDocumentationPart({ ...ids, patchOperations: [operation] }, caller)
      await assert.rejects(update, error)
    })
  }
})

test('DeleteDocumentationPart deletes once, and tells an unknown API', async () => {
  const ids = await documented()
  await operations.DeleteDocumentationPart(ids, caller)
  await assert.rejects(operations.DeleteDocumentationPart(ids, caller), unknown)
  await assert.rejects(operations.DeleteDocumentationPart({ ...ids, restApiId: 'x' }, caller), noSuchApi)
})

test('unknown ids and APIs are refused in the same words', async () => {
  const { restApiId, documentationPartId } = await documented()
  for (const ids of [
    { restApiId, documentationPartId: 'x' },
    { restApiId: 'x', documentationPartId },
  ]) {
    await assert.rejects(operations.GetDocumentationPart(ids, caller), unknown)
    await assert.rejects(operations.UpdateDocumentationPart(ids, caller), unknown)
  }
})
