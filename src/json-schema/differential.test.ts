import assert from 'node:assert/strict'
import { test } from 'node:test'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { seeded } from '../../test/seeded.ts'
import { compileValidator } from './validator.ts'

/** Compares with ajv, an independent implementation, on schemas and values made from a fixed seed. */

const rounds = 150
const valuesPerSchema = 100

type Random = (below: number) => number

/** Picks whole numbers below a limit: the same ones for the same seed. */
function randomFrom(seed: number): Random {
  const next = seeded(seed)
  return (below) => Math.floor(next() * below)
}

function pick<T>(random: Random, options: readonly T[]): T {
  const option = options[random(options.length)]
  assert.ok(option !== undefined)
  return option
}

const names = ['a', 'b', 'ab', 'constructor'] as const
const texts = ['', 'a', 'ab', 'abc', '😀', '12', 'a@b.c'] as const
const numbers = [0, 1, 2, 3, -1, 0.5, 1.5, 0.3, 100] as const
const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] as const

function value(random: Random, depth: number): unknown {
  const kind = random(depth > 0 ? 8 : 5)
  if (kind <= 1) return pick(random, texts)
  if (kind === 2) return pick(random, numbers)
  if (kind === 3) return random(2) === 0
  if (kind === 4) return null
  if (kind <= 6) {
    const members = names.filter(() => random(2) === 0).map((name) => [name, value(random, depth - 1)])
    return Object.fromEntries(members)
  }
  return Array.from({ length: random(4) }, () => value(random, depth - 1))
}

function schema(random: Random, depth: number): object {
  if (random(8) === 0) return { $ref: pick(random, ['#/definitions/one', '#/definitions/two']) }
  const inner = () => schema(random, depth - 1)
  const some = <T>(make: () => T) => Array.from({ length: 1 + random(2) }, make)
  const named = () => Object.fromEntries(some(() => [pick(random, names), inner()]))
  const count = () => random(4)
  const leaves: Record<string, () => unknown> = {
    type: () => (random(2) ? pick(random, types) : [...new Set(some(() => pick(random, types)))]),
    enum: () => [...new Map(some(() => value(random, 1)).map((option) => [JSON.stringify(option), option])).values()],
    minimum: () => pick(random, numbers),
    exclusiveMinimum: () => true,
    maximum: () => pick(random, numbers),
    exclusiveMaximum: () => false,
    multipleOf: () => pick(random, [1, 2, 0.5, 3]),
    minLength: count,
    maxLength: count,
    pattern: () => pick(random, ['^a', 'b$', '^[a-z]+$', '(ab)+', '\\d{2}']),
    minItems: count,
    maxItems: count,
    uniqueItems: () => true,
    minProperties: count,
    maxProperties: count,
    required: () => [...new Set(some(() => pick(random, names)))],
  }
  const nests: Record<string, () => unknown> = {
    items: () => (random(2) ? inner() : some(inner)),
    additionalItems: () => (random(2) ? false : inner()),
    properties: named,
    patternProperties: () => ({ [pick(random, ['^a', 'b$'])]: inner() }),
    additionalProperties: () => (random(2) ? false : inner()),
    dependencies: () => ({ [pick(random, names)]: random(2) ? inner() : [pick(random, names)] }),
    allOf: () => some(inner),
    anyOf: () => some(inner),
    oneOf: () => some(inner),
    not: inner,
  }
  const made: Record<string, unknown> = {}
  for (let i = 1 + random(3); i > 0; i--) {
    const [keyword, make] = pick(random, Object.entries(depth > 0 ? { ...leaves, ...nests, ...nests } : leaves))
    made[keyword] = make()
  }
  if ('exclusiveMinimum' in made) made['minimum'] ??= 1
  if ('exclusiveMaximum' in made) made['maximum'] ??= 1
  return made
}

test(`${rounds} generated schemas allow what ajv allows`, () => {
  const random = randomFrom(4)
  let allowed = 0
  let refused = 0
  for (let round = 0; round < rounds; round++) {
    const definitions = { one: schema(random, 0), two: { type: pick(random, types) } }
    if ('$ref' in definitions.one) definitions.one = { minimum: 1 }
    const subject = { allOf: [schema(random, 2)], definitions }
    const theirs = new Ajv.default({ strict: false, ownProperties: true, logger: false }).compile(subject)
    const ours = compileValidator(subject)
    for (let i = 0; i < valuesPerSchema; i++) {
      const candidate = value(random, 2)
      const valid = ours.validate(candidate) === undefined
      assert.equal(valid, theirs(candidate), JSON.stringify({ subject, candidate }))
      if (valid) allowed++
      else refused++
    }
  }
  assert.ok(allowed > 1_000 && refused > 1_000, `${allowed} allowed, ${refused} refused`)
})

const samples: Readonly<Record<string, readonly string[]>> = {
  'date-time': [
    '2026-11-21T03:45:00Z',
    '2026-11-21T03:45:00.123+01:00',
    '2024-02-29T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T03:60:00Z',
    '2026-11-21',
    '2026-11-21 03:45',
    'now',
    '',
  ],
  email: ['a@example.com', 'a.b+c@example.co.uk', 'a', 'a@', '@b.com', 'a@b@example.com', 'a b@example.com', ''],
  hostname: ['example.com', 'localhost', 'a-b.c1', '-a.com', 'a-.com', 'a..b', 'a_b.com', 'a'.repeat(64), ''],
  ipv4: ['127.0.0.1', '255.255.255.255', '256.0.0.1', '1.2.3', '1.2.3.4.5', 'a.b.c.d', ''],
  ipv6: ['::1', '2001:db8::8:800:200c:417a', '::ffff:1.2.3.4', '1::2::3', '12345::', 'g::1', '127.0.0.1', ''],
  uuid: [
    '123e4567-e89b-12d3-a456-426614174000',
    '123E4567-E89B-12D3-A456-426614174000',
    '123e4567',
    'g23e4567-e89b-12d3-a456-426614174000',
    '',
  ],
}

for (const [format, texts] of Object.entries(samples)) {
  test(`texts have the format ${format} as ajv sees it`, () => {
    const ajv = addFormats.default(new Ajv.default({ strict: false, logger: false }))
    const theirs = ajv.compile({ format })
    const ours = compileValidator({ format })
    for (const text of texts) assert.equal(ours.validate(text) === undefined, theirs(text), text)
  })
}
