import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openFixture } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

test('GetModel shows a default model', async () => {
  const { restApiId } = await createApi()
  const { id, schema, ...rest } = await operations.GetModel({ restApiId, modelName: 'Error', flatten: true }, caller)
  assert.match(id, /^.{6}$/)
  assert.deepEqual(rest, {
    name: 'Error',
    contentType: 'application/json',
    description: 'This is a default error schema model',
  })
  assert.deepEqual(JSON.parse(schema), {
    $schema: 'http://json-schema.org/draft-04/schema#',
    title: 'Error Schema',
    type: 'object',
    properties: { message: { type: 'string' } },
  })
})

test('GetModels pages by name', async () => {
  const { restApiId } = await createApi()
  const { items, position = '' } = await operations.GetModels({ restApiId, limit: 1 }, caller)
  const rest = await operations.GetModels({ restApiId, limit: 1, position }, caller)
  assert.deepEqual(
    [...items, ...rest.items].map(({ name }) => name),
    ['Empty', 'Error'],
  )
  assert.equal(rest.position, undefined)
})

test('unknown names and APIs are refused', async () => {
  const { restApiId } = await createApi()
  await assert.rejects(operations.GetModel({ restApiId, modelName: 'X' }, caller), {
    code: 'NotFoundException',
    message: 'Invalid model name specified: X',
  })
  await assert.rejects(operations.GetModels({ restApiId: 'x' }, caller), {
    code: 'NotFoundException',
    message: 'Invalid API identifier specified 123456789012:x',
  })
})
