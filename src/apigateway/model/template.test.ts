import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture } from '../fixture.ts'
import { formatModelUrl } from './model-url.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

/** The template of a model with such a schema, beside a model `Pet`. */
async function templateOf(schema: (pet: object) => object): Promise<string | undefined> {
  const { restApiId } = await createApi()
  const create = (name: string, model: object) =>
    operations.CreateModel({ restApiId, name, contentType: 'application/json', schema: JSON.stringify(model) }, caller)
  await create('Pet', { type: 'object', properties: { id: { type: 'integer' }, tame: { type: 'boolean' } } })
  await create('M', schema({ $ref: formatModelUrl({ restApiId, modelName: 'Pet' }) }))
  return (await operations.GetModelTemplate({ restApiId, modelName: 'M' }, caller)).value
}

describe('GetModelTemplate writes', () => {
  const templates: [string, (pet: object) => object, string[]][] = [
    [
      'constants, as documented',
      () => ({
        properties: { a: { type: 'number' }, b: { type: 'number' }, op: { type: 'string' }, c: { type: 'number' } },
      }),
      ['{', '  "a" : 3.1415,', '  "b" : 3.1415,', '  "op" : "foo",', '  "c" : 3.1415', '}'],
    ],
    ['nothing of an empty schema', () => ({ type: 'object' }), ['{ }']],
    [
      'objects within objects, and what models refer to',
      (pet) => ({ properties: { pet, none: { type: ['null', 'string'] } } }),
      ['{', '  "pet" : {', '    "id" : 42,', '    "tame" : true', '  },', '  "none" : null', '}'],
    ],
    [
      'a loop for an array, as observed',
      (pet) => ({ type: 'array', items: pet }),
      [
        '[',
        '##TODO: Update this foreach loop to reference array from input json',
        '#foreach($elem in $inputRoot)',
        ' {',
        '  "id" : 42,',
        '  "tame" : true',
        '} ',
        '#if($foreach.hasNext),#end',
        '#end',
        ']',
      ],
    ],
    [
      'loops within loops',
      () => ({ properties: { rows: { items: { items: { type: 'integer' } } } } }),
      [
        '{',
        '  "rows" : [',
        '##TODO: Update this foreach loop to reference array from input json',
        '#foreach($elem in $inputRoot.rows)',
        '   [',
        '##TODO: Update this foreach loop to reference array from input json',
        '#foreach($elem in $elem)',
        '   42 ',
        '#if($foreach.hasNext),#end',
        '#end',
        '  ] ',
        '#if($foreach.hasNext),#end',
        '#end',
        '  ]',
        '}',
      ],
    ],
    ['the first alternative', () => ({ oneOf: [{ type: 'string' }, { type: 'integer' }] }), ['"foo"']],
    [
      'a schema within itself once',
      () => ({ properties: { next: { $ref: '#' }, x: { $ref: '#/properties/x' } } }),
      ['{', '  "next" : { },', '  "x" : { }', '}'],
    ],
  ]
  for (const [name, schema, lines] of templates) {
    test(name, async () => {
      assert.equal(await templateOf(schema), ["#set($inputRoot = $input.path('$'))", ...lines].join('\n'))
    })
  }
})

test('GetModelTemplate refuses a model without a JSON schema', async () => {
  const { restApiId } = await createApi()
  const xml = { name: 'X', contentType: 'text/xml', schema: '<schema/>' }
  await operations.CreateModel({ restApiId, ...xml }, caller)
  await assert.rejects(operations.GetModelTemplate({ restApiId, modelName: 'X' }, caller), {
    code: 'BadRequestException',
    message: 'Unable to generate a template for model X: it has no JSON schema',
  })
})
