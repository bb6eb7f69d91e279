import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch } from '../fixture.ts'
import { formatModelUrl } from './model-url.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const contentType = 'application/json'
const unknown = (modelName: string) => ({
  code: 'NotFoundException',
  message: `Invalid model name specified: ${modelName}`,
})
const noSuchApi = { code: 'NotFoundException', message: 'Invalid API identifier specified 123456789012:x' }
const bad = (message: string) => ({ code: 'BadRequestException', message })
const invalid = (...errors: string[]) =>
  bad(`Invalid model specified: Validation Result: warnings : [], errors : [${errors.join(', ')}]`)
const malformed = 'Invalid model schema specified'
const empty = 'Model schema must have at least 1 property or array items defined'

/** An API, and a shorthand that creates models of it. */
async function modelled() {
  const api = await createApi()
  const { restApiId } = api
  return {
    ...api,
    create: (name: string, schema: object) =>
      operations.CreateModel({ restApiId, name, contentType, schema: JSON.stringify(schema) }, caller),
    refer: (modelName: string) => ({ $ref: formatModelUrl({ restApiId, modelName }) }),
  }
}

describe('CreateModel', () => {
  test('keeps the schema as it is written', async () => {
    const { restApiId } = await createApi()
    const given = { name: 'Calc', contentType, description: 'd', schema: '{ "type" : "object" }' }
    const created = await operations.CreateModel({ restApiId, ...given }, caller)
    assert.match(created.id ?? '', /^.{6}$/)
    assert.deepEqual(created, { id: created.id, ...given })
    assert.deepEqual(await operations.GetModel({ restApiId, modelName: 'Calc' }, caller), created)
  })

  const refusals: [string, object, { code: string; message: string }][] = [
    ['an empty name', { name: '' }, bad('Model name must be non-empty')],
    ['a name with an underscore', { name: 'body_1' }, bad('Model name must be alphanumeric: body_1')],
    ['an empty content type', { contentType: '' }, bad('Model content type must be non-empty')],
    ['no schema', {}, bad(empty)],
    ['an empty schema', { schema: '' }, bad(empty)],
    ['no schema of XML', { contentType: 'application/xml' }, bad(empty)],
    ['a schema that is no JSON', { schema: '{' }, invalid(malformed)],
    ['a schema that is no object', { schema: '[]' }, invalid(malformed)],
    [
      'a taken name',
      { name: 'Empty', schema: '{}' },
      {
        code: 'ConflictException',
        message: 'Model name already exists for this REST API',
      },
    ],
  ]
  for (const [name, settings, error] of refusals) {
    test(`refuses ${name}`, async () => {
      const { restApiId } = await createApi()
      await assert.rejects(operations.CreateModel({ restApiId, name: 'M', contentType, ...settings }, caller), error)
    })
  }

  const schemas: [string, object, string[]][] = [
    ['an unknown type', { type: 'String' }, [malformed]],
    ['no required name at all', { required: [] }, [malformed]],
    ['an enumeration with doubles', { properties: { a: { enum: ['A', 'A'] } } }, [malformed]],
    ['a limit of a later draft', { exclusiveMinimum: 0 }, [malformed]],
    ['a broken pattern', { items: { pattern: '(' } }, [malformed]],
    ['properties that are no schemas', { properties: { a: true } }, [malformed]],
    ['a negative length', { minLength: -1 }, [malformed]],
    ['no alternatives', { oneOf: [] }, [malformed]],
    [
      'keywords of other dialects',
      { properties: { a: { example: 1 }, b: { items: [{ nullable: true, example: 2 }] } } },
      [`${malformed}. Unsupported keyword(s): ["example","nullable"]`],
    ],
    ['a reference to nothing', { $ref: '#/definitions/none' }, [malformed]],
    ['a reference elsewhere', { $ref: 'https://example.com/x.json' }, ['Model reference must be in canonical form']],
    [
      'a reference to the model of another API',
      { items: { $ref: formatModelUrl({ restApiId: 'other', modelName: 'Empty' }) } },
      ['Model reference must be in canonical form'],
    ],
  ]
  for (const [name, schema, errors] of schemas) {
    test(`refuses ${name}`, async () => {
      const { create } = await modelled()
      await assert.rejects(create('M', schema), invalid(...errors))
    })
  }

  test('refuses references to models that do not exist, but takes one to itself', async () => {
    const { create, refer } = await modelled()
    const properties = { a: refer('Gone'), b: refer('Lost'), c: refer('M'), d: refer('Empty'), e: refer('Gone') }
    await assert.rejects(
      create('M', { properties }),
      invalid('Invalid model specified: Gone', 'Invalid model specified: Lost'),
    )
    await create('M', { properties: { next: refer('M'), d: refer('Empty') } })
  })

  test('takes every keyword of draft 4, and any words for names of properties', async () => {
    const { create } = await modelled()
    await create('M', {
      $schema: 'http://json-schema.org/draft-04/schema#',
      id: 'x',
      title: 't',
      description: 'd',
      default: {},
      type: ['object', 'null'],
      properties: {
        $ref: { type: 'string', format: 'date', pattern: '^[\\w\\-]+$', minLength: 0, maxLength: 9 },
        example: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 9, multipleOf: 0.5 },
        list: { type: 'array', items: [{ $ref: '#/definitions/d' }], additionalItems: false, uniqueItems: true },
      },
      patternProperties: { '^x': {} },
      additionalProperties: { not: { enum: [null, 1] } },
      dependencies: { a: ['b'], c: { required: ['d'] } },
      required: ['list'],
      minProperties: 1,
      maxProperties: 9,
      allOf: [{}],
      anyOf: [{}],
      oneOf: [{}],
      definitions: { d: { $ref: '#' } },
    })
  })

  test('asks no JSON schema of other content types', async () => {
    const { restApiId } = await createApi()
    const xml = { name: 'X', contentType: 'application/xml', schema: '<schema/>' }
    assert.equal((await operations.CreateModel({ restApiId, ...xml }, caller)).schema, xml.schema)
  })

  test('refuses an unknown API', () =>
    assert.rejects(operations.CreateModel({ restApiId: 'x', name: '', contentType, schema: '{}' }, caller), noSuchApi))
})

describe('GetModel', () => {
  test('shows a default model', async () => {
    const { restApiId } = await createApi()
    const { id, schema, ...rest } = await operations.GetModel({ restApiId, modelName: 'Error', flatten: true }, caller)
    assert.match(id ?? '', /^.{6}$/)
    assert.deepEqual(rest, {
      name: 'Error',
      contentType: 'application/json',
      description: 'This is a default error schema model',
    })
    assert.deepEqual(JSON.parse(schema ?? ''), {
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: 'Error Schema',
      type: 'object',
      properties: { message: { type: 'string' } },
    })
  })

  test('inlines what it refers to when asked to flatten', async () => {
    const { restApiId, create, refer } = await modelled()
    await create('Leaf', { definitions: { a: { type: 'string' } }, properties: { a: { $ref: '#/definitions/a' } } })
    await create('Tree', { properties: { leaf: refer('Leaf'), next: { items: refer('Tree') } } })
    const own = { definitions: { Leaf: { type: 'null' } }, properties: { own: { $ref: '#/definitions/Leaf' } } }
    await create('Root', { ...own, properties: { ...own.properties, tree: refer('Tree'), root: refer('Root') } })
    const plain = await operations.GetModel({ restApiId, modelName: 'Root' }, caller)
    assert.match(plain.schema ?? '', /models\/Tree/)
    const flat = await operations.GetModel({ restApiId, modelName: 'Root', flatten: true }, caller)
    assert.deepEqual(JSON.parse(flat.schema ?? ''), {
      properties: {
        own: { $ref: '#/definitions/Leaf' },
        tree: { $ref: '#/definitions/Tree' },
        root: { $ref: '#' },
      },
      definitions: {
        Leaf: { type: 'null' },
        Tree: {
          properties: { leaf: { $ref: '#/definitions/LeafModel' }, next: { items: { $ref: '#/definitions/Tree' } } },
        },
        LeafModel: {
          definitions: { a: { type: 'string' } },
          properties: { a: { $ref: '#/definitions/LeafModel/definitions/a' } },
        },
      },
    })
  })
})

describe('GetModels', () => {
  test('pages by name', async () => {
    const { restApiId } = await createApi()
    const { items = [], position = '' } = await operations.GetModels({ restApiId, limit: 1 }, caller)
    const rest = await operations.GetModels({ restApiId, limit: 1, position }, caller)
    assert.deepEqual(
      [...items, ...(rest.items ?? [])].map(({ name }) => name),
      ['Empty', 'Error'],
    )
    assert.equal(rest.position, undefined)
  })

  test('refuses an unknown API', () => assert.rejects(operations.GetModels({ restApiId: 'x' }, caller), noSuchApi))
})

describe('UpdateModel', () => {
  test('replaces description and schema', async () => {
    const { restApiId } = await createApi()
    const patchOperations: Patch[] = [
      { op: 'replace', path: '/schema', value: '{"type":"array"}' },
      { op: 'replace', path: '/description', value: '' },
    ]
    const { id, ...rest } = await operations.UpdateModel({ restApiId, modelName: 'Error', patchOperations }, caller)
    assert.deepEqual(rest, { name: 'Error', contentType, schema: '{"type":"array"}' })
    assert.deepEqual(await operations.GetModel({ restApiId, modelName: 'Error' }, caller), { id, ...rest })
  })

  const refusals: [Patch, { message: string }][] = [
    [
      { op: 'add', path: '/wrong-path', value: 'x' },
      bad("Invalid patch path  '/wrong-path' specified for op 'add'. Please choose supported operations"),
    ],
    [
      { op: 'replace', path: '/name', value: 'x' },
      bad("Invalid patch path  '/name' specified for op 'replace'. Must be one of: [/description, /schema]"),
    ],
    [{ op: 'replace', path: '/schema', value: '' }, bad(empty)],
    [{ op: 'replace', path: '/schema', value: '1' }, invalid(malformed)],
  ]
  for (const [operation, error] of refusals) {
    test(`refuses ${operation.op} of ${operation.path} by ${operation.value}`, async () => {
      const { restApiId } = await createApi()
      const request = { restApiId, modelName: 'Error', patchOperations: [operation] }
      await assert.rejects(operations.UpdateModel(request, caller), error)
    })
  }
})

describe('DeleteModel', () => {
  const inUse = (place: string) => ({
    code: 'ConflictException',
    message: `Cannot delete model 'M', is referenced in ${place}`,
  })

  test('deletes a model once nothing refers to it', async () => {
    const { restApiId, rootId, create, refer, createResource } = await modelled()
    await create('M', { properties: { self: refer('M') } })
    await create('List', { items: refer('M') })
    const ids = { restApiId, resourceId: rootId, httpMethod: 'ANY' }
    const requestModels = { 'application/json': 'M' }
    await operations.PutMethod({ ...ids, authorizationType: 'NONE', requestModels }, caller)
    const test = { restApiId, resourceId: await createResource('test'), httpMethod: 'GET' }
    await operations.PutMethod({ ...test, authorizationType: 'NONE' }, caller)
    const responseModels = requestModels
    await operations.PutMethodResponse({ ...test, statusCode: '200', responseModels }, caller)

    const remove = () => operations.DeleteModel({ restApiId, modelName: 'M' }, caller)
    await assert.rejects(remove(), inUse('method request: //ANY'))
    await operations.DeleteMethod(ids, caller)
    await assert.rejects(remove(), inUse('method response: /test/GET'))
    await operations.DeleteMethodResponse({ ...test, statusCode: '200' }, caller)
    await assert.rejects(remove(), inUse('model: List'))
    await operations.DeleteModel({ restApiId, modelName: 'List' }, caller)
    await remove()
    await assert.rejects(operations.GetModel({ restApiId, modelName: 'M' }, caller), unknown('M'))
  })
})

test('unknown names are refused, whatever the API', async () => {
  const { restApiId } = await createApi()
  for (const ids of [
    { restApiId, modelName: 'X' },
    { restApiId: 'x', modelName: 'X' },
  ]) {
    await assert.rejects(operations.GetModel(ids, caller), unknown('X'))
    await assert.rejects(operations.GetModelTemplate(ids, caller), unknown('X'))
    await assert.rejects(operations.UpdateModel(ids, caller), unknown('X'))
    await assert.rejects(operations.DeleteModel(ids, caller), unknown('X'))
  }
})
