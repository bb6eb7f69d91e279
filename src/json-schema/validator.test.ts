import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileValidator } from './validator.ts'

function messages(schema: object, value: unknown): readonly string[] | undefined {
  return compileValidator(schema).validate(value)
}

describe('a value that a schema does not allow is told in the words of the service', () => {
  const person = { properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } } }
  const cases: [schema: object, value: unknown, ...messages: string[]][] = [
    [{ required: ['b', 'a', 'c'] }, { c: 1 }, 'object has missing required properties (["a","b"])'],
    [
      { type: ['integer', 'null'] },
      'x',
      'instance type (string) does not match any allowed primitive type (allowed: ["integer","null"])',
    ],
    [
      { type: 'number' },
      'x',
      'instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])',
    ],
    [{ type: 'string' }, 1.5, 'instance type (number) does not match any allowed primitive type (allowed: ["string"])'],
    [{ enum: ['a', { b: 1 }] }, 'x', 'instance value ("x") not found in enum (possible values: ["a",{"b":1}])'],
    [
      { properties: { a: {} }, additionalProperties: false },
      { z: 1, a: 1, y: 1 },
      'object instance has properties which are not allowed by the schema: ["y","z"]',
    ],
    [{ minProperties: 2 }, { a: 1 }, 'object has too few properties (found 1 but schema requires at least 2)'],
    [{ maxProperties: 0 }, { a: 1 }, 'object has too many properties (found 1 but schema requires at most 0)'],
    [
      { dependencies: { a: ['c', 'b'] } },
      { a: 1, c: 1 },
      'property "a" of object has missing property dependencies (schema requires ["b","c"]; missing: ["b"])',
    ],
    [{ minItems: 2 }, [1], 'array is too short: must have at least 2 elements but instance has 1 elements'],
    [{ maxItems: 1 }, [1, 2], 'array is too long: must have at most 1 elements but instance has 2 elements'],
    [
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      'array must not contain duplicate elements',
    ],
    [
      { items: [{}], additionalItems: false },
      [1, 2],
      'schema only allows 1 elements in array but instance has 2 elements',
    ],
    [{ minLength: 2 }, '😀', 'string "😀" is too short (length: 1, required minimum: 2)'],
    [{ maxLength: 1 }, 'ab', 'string "ab" is too long (length: 2, maximum allowed: 1)'],
    [{ pattern: '^a+$' }, 'b', 'ECMA 262 regex "^a+$" does not match input string "b"'],
    [{ minimum: 3 }, 2, 'numeric instance is lower than the required minimum (minimum: 3, found: 2)'],
    [{ maximum: 3 }, 4, 'numeric instance is greater than the required maximum (maximum: 3, found: 4)'],
    [{ minimum: 3, exclusiveMinimum: true }, 3, 'numeric instance is not strictly greater than the required minimum 3'],
    [{ maximum: 3, exclusiveMaximum: true }, 3, 'numeric instance is not strictly lower than the required maximum 3'],
    [{ multipleOf: 0.1 }, 0.35, 'remainder of division is not zero (0.35 / 0.1)'],
    [
      { allOf: [{ type: 'string' }, { maxLength: 1 }] },
      'ab',
      'instance failed to match all required schemas (matched only 1 out of 2)',
    ],
    [
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
      1,
      'instance failed to match at least one required schema among 2',
    ],
    [
      { oneOf: [{ type: 'integer' }, { type: 'number' }, {}] },
      1,
      'instance failed to match exactly one schema (matched 3 out of 3)',
    ],
    [{ not: { type: 'string' } }, 'a', 'instance matched a schema which it should not have'],
    [{ format: 'email' }, 'x', 'string "x" is not a valid email address'],
    [
      { format: 'date-time' },
      '2026-02-30T00:00:00Z',
      'string "2026-02-30T00:00:00Z" is invalid against requested date format(s) ' +
        "[yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.SSSZ]",
    ],
    [
      person,
      { name: 1, age: -1 },
      'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
      'numeric instance is lower than the required minimum (minimum: 0, found: -1)',
    ],
    [{ ...person, required: ['x'] }, { name: 1 }, 'object has missing required properties (["x"])'],
    [
      { items: { type: 'string' } },
      [1, 'a', null],
      'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
      'instance type (null) does not match any allowed primitive type (allowed: ["string"])',
    ],
  ]
  for (const [schema, value, ...expected] of cases) {
    test(JSON.stringify(schema).slice(0, 70), () => assert.deepEqual(messages(schema, value), expected))
  }
})

describe('a value is valid', () => {
  const cases: [string, object, unknown][] = [
    ['when a keyword is about another type', { minLength: 3, minItems: 3, required: ['a'], minimum: 3 }, true],
    ['when a limit is met', { minimum: 0.1, maximum: 0.1, multipleOf: 0.01 }, 0.1],
    ['when a format is not known', { format: 'date' }, 'x'],
    ['when its own property has the name of an inherited one', { required: ['constructor'] }, { constructor: 1 }],
    [
      'when a property is matched by a pattern',
      { patternProperties: { '^x-': {} }, additionalProperties: false },
      { 'x-a': 1 },
    ],
    ['when its items are more than the schemas of a list', { items: [{ type: 'string' }] }, ['a', 1]],
  ]
  for (const [name, schema, value] of cases) test(name, () => assert.equal(messages(schema, value), undefined))

  test('not when only an inherited property has a name', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      assert.equal(messages({ required: [name] }, {})?.length, 1)
      assert.equal(messages({ properties: { [name]: { type: 'string' } } }, {}), undefined)
    }
    assert.equal(
      messages({ properties: JSON.parse('{"__proto__": {"type": "string"}}') }, JSON.parse('{"__proto__": 1}'))?.length,
      1,
    )
  })
})

describe('a reference', () => {
  const list = {
    properties: { next: { $ref: '#' }, value: { $ref: '#/definitions/a~1b' } },
    definitions: { 'a/b': { type: 'integer' } },
  }

  test('leads into the schema, also in a circle', () => {
    assert.equal(messages(list, { value: 1, next: { value: 2, next: {} } }), undefined)
    assert.equal(messages(list, { next: { next: { value: 'x' } } })?.length, 1)
  })

  test('leads to other documents, whose own references are within them', () => {
    const documents: Record<string, object> = {
      'urn:a': { properties: { b: { $ref: 'urn:b' } }, required: ['b'] },
      'urn:b': {
        properties: { a: { $ref: 'urn:a' }, c: { $ref: '#/definitions/c' } },
        definitions: { c: { type: 'null' } },
      },
    }
    const { validate } = compileValidator(documents['urn:a'], (reference) => documents[reference])
    assert.equal(validate({ b: { a: { b: {} }, c: null } }), undefined)
    assert.deepEqual(validate({ b: { a: {} } }), ['object has missing required properties (["b"])'])
    assert.equal(validate({ b: { c: 1 } })?.length, 1)
  })

  test('to itself alone allows nothing', () => {
    assert.deepEqual(messages({ $ref: '#' }, 1), ['The value nests too deeply'])
    assert.equal(messages({ allOf: [{ $ref: '#' }] }, 1)?.length, 1)
  })
})

describe('a schema is refused', () => {
  const nested = (depth: number) => JSON.parse(`${'{"not":'.repeat(depth)}{}${'}'.repeat(depth)}`)
  const cases: [string, unknown, string][] = [
    ['that is no object', [], 'A schema is no object'],
    ['with a property that is none', { properties: { a: 1 } }, 'A schema is no object'],
    [
      'whose pattern looks around',
      { pattern: '^(?=.*[A-Z])' },
      'The pattern ^(?=.*[A-Z]) cannot be matched in linear time',
    ],
    [
      'whose property pattern looks around',
      { patternProperties: { '(?!x)': {} } },
      'The pattern (?!x) cannot be matched in linear time',
    ],
    ['that refers to nothing', { $ref: '#/definitions/x' }, 'The reference #/definitions/x leads nowhere'],
    ['that refers to an unknown document', { items: { $ref: 'urn:x' } }, 'The reference urn:x leads nowhere'],
    ['with an unknown type', { type: 'toString' }, 'There is no type "toString"'],
    ['that nests deeply', nested(600), 'The schema nests too deeply'],
    ['that nests absurdly', nested(100_000), 'The schema nests too deeply'],
  ]
  for (const [name, schema, message] of cases) {
    test(name, () => assert.throws(() => compileValidator(schema), { name: 'SchemaError', message }))
  }
})

describe('a hostile value or schema ends soon', () => {
  const deep = (open: string, close: string, depth: number) => JSON.parse(open.repeat(depth) + close.repeat(depth))
  const again = { properties: { a: { $ref: '#' } } }
  const branching = { required: ['a'], anyOf: [again, { ...again, maxProperties: 5 }] }
  const tower = (height: number): Record<string, object> => ({
    [`d${height}`]: { type: 'string' },
    ...Object.fromEntries(
      Array.from({ length: height }, (_, i) => {
        const next = { $ref: `#/definitions/d${i + 1}` }
        return [`d${i}`, { oneOf: [next, next] }]
      }),
    ),
  })
  const cases: [string, object, unknown][] = [
    ['deep arrays', { items: { $ref: '#' } }, deep('[', ']', 1_000_000)],
    ['deep objects that must be unique', { uniqueItems: true }, [deep('[', ']', 1_000_000), 1]],
    [
      'a schema that doubles the work at each level',
      branching,
      JSON.parse(`${'{"a":'.repeat(200)}{}${'}'.repeat(200)}`),
    ],
    ['references that double the work', { ...{ $ref: '#/definitions/d0' }, definitions: tower(60) }, 1],
    ['a pattern with nested quantifiers', { pattern: '^(a+)+$' }, `${'a'.repeat(100_000)}!`],
    ['a pattern for a huge text', { pattern: '(x+x+)+y' }, 'x'.repeat(10_000_000)],
    [
      'many patterns for many names',
      { patternProperties: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`(a|${i})+x`, { not: {} }])) },
      Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`a${i}`, 1])),
    ],
    ['a million wrong items', { items: { type: 'string' }, minItems: 1 }, Array.from({ length: 1_000_000 }, () => 1)],
  ]
  for (const [name, schema, value] of cases) {
    test(name, () => {
      const started = performance.now()
      const found = messages(schema, value)
      assert.ok(found && found.length > 0)
      const millis = performance.now() - started
      assert.ok(millis < 1_000, `${millis} ms`)
    })
  }

  test('unique items are compared in linear time', () => {
    const items = Array.from({ length: 100_000 }, (_, i) => ({ i }))
    const started = performance.now()
    assert.equal(messages({ uniqueItems: true }, items), undefined)
    assert.ok(performance.now() - started < 1_000)
  })
})
