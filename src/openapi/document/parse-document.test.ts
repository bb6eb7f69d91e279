import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseDocument } from './parse-document.ts'

const variables = { accountId: '123456789012', partition: 'aws-cn', region: 'cn-north-1' }
const parse = (text: string) => parseDocument(text, variables)

describe('parseDocument', () => {
  const accepted: [string, string, object][] = [
    ['JSON', '{"openapi": "3.0.1"}', { openapi: '3.0.1' }],
    ['YAML', 'openapi: 3.0.1\npaths: {}', { openapi: '3.0.1', paths: {} }],
    ["YAML's flow style", '{openapi: 3.0.1, x: [a, b]}', { openapi: '3.0.1', x: ['a', 'b'] }],
    ['numbers for keys', 'responses: {200: {}}', { responses: { 200: {} } }],
    ['a version that is a number', 'info: {version: 2.0}\nnumber: 2.0', { info: { version: '2.0' }, number: 2 }],
    ['words that only YAML 1.1 takes for booleans', 'a: yes\nb: on', { a: 'yes', b: 'on' }],
    ['aliases', 'a: &a {x: 1}\nb: *a', { a: { x: 1 }, b: { x: 1 } }],
    [
      'variables',
      '{"a": "arn:${AWS::Partition}:x:${AWS::Region}:${AWS::AccountId}", "b": "${stageVariables.x}"}',
      { a: 'arn:aws-cn:x:cn-north-1:123456789012', b: '${stageVariables.x}' },
    ],
  ]
  for (const [name, text, expected] of accepted) {
    test(`takes ${name}`, async () => assert.deepEqual(await parse(text), expected))
  }

  const laughs = Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}]`)
  const refused: [string, string][] = [
    ['nothing', ''],
    ['a list', '[]'],
    ['a text', 'hello'],
    ['broken JSON', '{"openapi": '],
    ['broken YAML', 'a: b: c'],
    ['a key twice', 'a: 1\na: 2'],
    ['aliases that multiply', ['l0: &l0 lol', ...laughs].join('\n')],
    ['an alias within itself', 'a: &a {b: *a}'],
    ['deep JSON', `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`],
    ['JSON as deep as it can be', `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['deep YAML', `a: ${'['.repeat(20_000)}`],
  ]
  for (const [name, text] of refused) {
    test(`refuses ${name}`, async () => assert.equal(await parse(text), undefined))
  }

  test('keeps a member of the name __proto__ a member', async () => {
    const parsed = (await parse('{"__proto__": {"x": 1}}')) ?? {}
    assert.deepEqual(Object.keys(parsed), ['__proto__'])
    assert.equal(Object.getPrototypeOf(parsed), Object.prototype)
  })
})
