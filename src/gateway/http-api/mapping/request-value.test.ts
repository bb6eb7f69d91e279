import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { invocation } from '../../fixtures.ts'
import type { Invocation } from '../../invocation.ts'
import { deployedRoute } from '../fixtures.ts'
import { MappedBody, unreadBody } from './mapped-body.ts'
import { requestValue } from './request-value.ts'

const deployed = deployedRoute('POST /pets/{petId}', {}, { stageName: 'dev', variables: { color: 'blue' } })
const call: Invocation = {
  ...invocation({
    method: 'POST',
    path: '/pets/a b',
    query: 'a=1&a=2&b=%20x&empty=',
    headers: ['X-Id', '7', 'x-id', '8', 'User-Agent', 'tests'],
    pathValues: ['a b'],
  }),
  authorization: { members: new Map([['claims', new Map([['sub', 'me']])]]), eventText: '{}' },
}
const body = '{"id": 12, "name": "Ann", "tags": ["a", "b"], "deep": {"x": 1.50, "y.z": "q"}, "no": null, "void": ""}'

function read(text: string, bodyText = body): string {
  const value = requestValue(text, deployed)
  assert.ok(value, `${text} is an expression`)
  return value.read(call, value.readsBody ? new MappedBody(Buffer.from(bodyText)) : unreadBody)
}

describe('a value', () => {
  const values: [text: string, expected: string][] = [
    ['', ''],
    ['$', '$'],
    ['$context.nothing', ''],
    ['$context.constructor', ''],
    ['plain $request.header.x-id', 'plain $request.header.x-id'],
    ["'quoted'", "'quoted'"],
    ['$request.header.x-ID', '7,8'],
    ['$request.header.none', ''],
    ['$request.querystring.a', '1,2'],
    ['$request.querystring.b', ' x'],
    ['$request.querystring.empty', ''],
    ['$request.querystring.A', ''],
    ['$request.path', '/pets/a b'],
    ['$request.path.petId', 'a b'],
    ['$request.path.none', ''],
    ['$stageVariables.color', 'blue'],
    ['$stageVariables.constructor', ''],
    ['$context.routeKey', 'POST /pets/{petId}'],
    ['$context.path', '/dev/pets/a b'],
    ['$context.stage', 'dev'],
    ['$context.apiId', 'http1'],
    ['$context.accountId', '123456789012'],
    ['$context.httpMethod', 'POST'],
    ['$context.domainPrefix', 'abc123'],
    ['$context.requestTime', '20/Nov/2026:23:05:09 +0000'],
    ['$context.identity.userAgent', 'tests'],
    ['$context.identity.userArn', ''],
    ['$context.authorizer.claims.sub', 'me'],
    ['$context.authorizer.claims.none', ''],
    ['$request.body', body],
    ['$request.body.id', '12'],
    ['$request.body.name', 'Ann'],
    ['$request.body.tags', '["a","b"]'],
    ['$request.body.tags[1]', 'b'],
    ['$request.body.deep.x', '1.5'],
    ["$request.body.deep['y.z']", 'q'],
    ['$request.body.no', ''],
    ['$request.body.none', ''],
    ['${request.header.x-id}-${stageVariables.color}', '7,8-blue'],
    ['a${request.body.name}b$', 'aAnnb$'],
    ['a${request.header.none}b', 'ab'],
  ]
  for (const [text, expected] of values) test(text || 'nothing', () => assert.equal(read(text), expected))

  for (const text of [
    '$request.cookie.a',
    '$request.body..id',
    '$request.body.tags[?(@.a)]',
    '$response.header.a',
    'a ${nothing} b',
  ]) {
    test(`${text} is none`, () => assert.equal(requestValue(text, deployed), undefined))
  }

  test('of a body is there only for JSON of up to 100 KB', () => {
    const padded = (bytes: number) => `{"id":1,"x":"${'y'.repeat(bytes - 15)}"}`
    assert.equal(read('$request.body.id', padded(102_400)), '1')
    assert.equal(read('$request.body.id', padded(102_401)), '')
    assert.equal(read('$request.body', padded(102_401)), padded(102_401))
    assert.equal(read('$request.body.id', 'id=1'), '')
    assert.equal(read('$request.body.id', ''), '')
  })
})
