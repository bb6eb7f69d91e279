import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { JsonObject } from '../openapi/json.ts'
import { modelReference } from '../openapi/rest/model-reference.ts'
import { modelDeclarations } from './models.ts'

const to = (name: string) => ({ $ref: modelReference(name) })
const declare = (schema: JsonObject, name = 'A') => modelDeclarations([{ name, schema }]).trimEnd()

describe('modelDeclarations', () => {
  const types: readonly (readonly [string, JsonObject, string])[] = [
    ['nothing in particular', {}, 'unknown'],
    ['a string', { type: 'string', format: 'date' }, 'string'],
    ['an integer', { type: 'integer' }, 'number'],
    ['several types', { type: ['string', 'null'] }, 'string | null'],
    ['values', { enum: ['a', 1, true, null] }, '"a" | 1 | true | null'],
    ['values that are no scalars', { enum: [{}, 'a'] }, 'unknown'],
    ['a list', { type: 'array', items: { type: 'string' } }, 'string[]'],
    ['a list of alternatives', { items: { enum: ['a', 'b'] } }, '("a" | "b")[]'],
    ['a list of anything', { type: 'array' }, 'unknown[]'],
    ['places of a list', { items: [{ type: 'string' }], additionalItems: false }, '[string?]'],
    ['places of an open list', { items: [{ type: 'string' }] }, '[string?, ...unknown[]]'],
    ['any object', { type: 'object' }, '{\n  [name: string]: unknown\n}'],
    ['no members', { type: 'object', additionalProperties: false }, '{ [name: string]: never }'],
    ['a dictionary', { type: 'object', additionalProperties: { type: 'number' } }, '{\n  [name: string]: number\n}'],
    [
      'members',
      { required: ['a', 'c'], properties: { a: { type: 'string' }, 'b-b': { type: 'boolean', description: 'B' } } },
      '{\n  a: string\n  /** B */\n  "b-b"?: boolean\n  c: unknown\n}',
    ],
    [
      'members and others',
      { properties: { a: { type: 'string' } }, additionalProperties: true },
      '{\n  a?: string\n  [name: string]: unknown\n}',
    ],
    ['alternatives', { oneOf: [{ type: 'string' }, { type: 'array', items: {} }] }, 'string | (unknown[])'],
    ['all of', { allOf: [{ type: 'string' }, { enum: ['a'] }] }, 'string & "a"'],
    ['itself as a member', { properties: { a: { $ref: '#' } } }, '{\n  a?: A\n}'],
    ['itself as an item', { type: 'array', items: to('A') }, 'A[]'],
    ['nothing but itself', { allOf: [{ $ref: '#' }] }, 'unknown'],
    ['a model that is not there', { items: to('B') }, 'unknown[]'],
    ['a place that is not there', { items: { $ref: '#/properties/a' } }, 'unknown[]'],
  ]
  for (const [name, schema, type] of types) {
    test(`says: ${name}`, () => assert.equal(declare(schema), `export type A = ${type}`))
  }

  test('declares the definitions within a model', () => {
    const schema = { items: { $ref: '#/definitions/x~1y' }, definitions: { 'x/y': { type: 'null' } } }
    assert.equal(declare(schema), 'export type A = A_x_y[]\n\nexport type A_x_y = null')
  })

  test('finds a circle of models that consist of each other', () => {
    const models = [
      { name: 'A', schema: { anyOf: [{ type: 'string' }, to('B')] } },
      { name: 'B', schema: { allOf: [to('A')] } },
      { name: 'C', schema: { allOf: [to('A')] } },
    ]
    assert.equal(modelDeclarations(models), 'export type A = unknown\n\nexport type B = unknown\n\nexport type C = A\n')
  })

  for (const [name, expected] of [
    ['string', '_string'],
    ['404', '_404'],
    ['Array', 'Array'],
  ] as const) {
    test(`calls the model ${name} ${expected}`, () =>
      assert.equal(declare({ type: 'null' }, name), `export type ${expected} = null`))
  }

  test('keeps texts within their comments and literals', () => {
    const hostile = '*/ evil()\n</script>\u2028`${evil}`"'
    const schema = { description: hostile, properties: { [hostile]: { enum: [hostile], description: hostile } } }
    const literal = '"*/ evil()\\n\\u003c/script>\\u2028`${evil}`\\""'
    assert.equal(
      modelDeclarations([{ name: 'A', description: hostile, schema }]),
      `/** * / evil() </script> \`\${evil}\`" */\nexport type A = {\n  /** * / evil() </script> \`\${evil}\`" */\n  ${literal}?: ${literal}\n}\n`,
    )
  })

  test('is a module without models as well', () => assert.equal(modelDeclarations([]), 'export {}\n'))
})
