import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { badRequest, type FixtureV2, openFixtureV2, refusal } from '../fixture.ts'
import type { Request } from '../operations.ts'

let fixture: FixtureV2
let ApiId: string
beforeEach(async () => {
  fixture = await openFixtureV2()
  ApiId = await fixture.createHttpApi()
})
afterEach(() => fixture.close())

const Schema = '{"type":"object","properties":{"name":{"type":"string"}}}'
const create = (settings: Partial<Request<'CreateModel'>> = {}) =>
  fixture.operations.CreateModel({ ApiId, Name: 'Pet', Schema, ...settings }, fixture.caller)

describe('models', () => {
  test('are kept as they are', async () => {
    const { operations, caller } = fixture
    const model = await create()
    const { ModelId } = model
    assert.deepEqual(model, { ModelId, Name: 'Pet', ContentType: 'application/json', Schema })
    assert.deepEqual(await operations.GetModel({ ApiId, ModelId }, caller), model)
    const updated = await operations.UpdateModel({ ApiId, ModelId, Name: 'Animal', Description: 'Any' }, caller)
    assert.deepEqual(updated, { ...model, Name: 'Animal', Description: 'Any' })
    assert.deepEqual((await operations.GetModels({ ApiId }, caller)).Items, [updated])
    await operations.DeleteModel({ ApiId, ModelId }, caller)
    const unknown = refusal('NotFoundException', `Invalid Model identifier specified ${ModelId}`)
    await assert.rejects(operations.GetModel({ ApiId, ModelId }, caller), unknown)
  })

  test('have sample templates', async () => {
    const { operations, caller } = fixture
    const { ModelId } = await create()
    const { Value } = await operations.GetModelTemplate({ ApiId, ModelId }, caller)
    assert.equal(Value, `#set($inputRoot = $input.path('$'))\n{\n  "name" : "foo"\n}`)
    const text = await create({ Name: 'Text', ContentType: 'text/plain', Schema: 'any' })
    await assert.rejects(
      operations.GetModelTemplate({ ApiId, ModelId: text.ModelId }, caller),
      badRequest(/^Unable to generate a template/),
    )
  })

  for (const [name, settings, message] of [
    ['a name with other characters', { Name: 'a-b' }, 'Model name must be alphanumeric: a-b'],
    ['a schema that is none', { Schema: '[' }, 'Invalid model schema specified'],
    ['an empty schema', { Schema: '' }, 'Invalid model schema specified'],
    ['an empty content type', { ContentType: '' }, 'Model content type must be non-empty'],
  ] as const) {
    test(`are refused with ${name}`, () => assert.rejects(create(settings), badRequest(message)))
  }

  test('are refused with the name of another', async () => {
    await create()
    await assert.rejects(create(), refusal('ConflictException', /^Model with name Pet already exists/))
  })
})
