import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { GatewayError } from '../../error.ts'
import { parseResult } from './result.ts'

const answer = (payload: string, functionError?: 'Unhandled') => ({
  payload,
  executedVersion: '$LATEST',
  requestId: 'r',
  ...(functionError && { functionError }),
})
const statement = { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: '*' }
const policyDocument = { Version: '2012-10-17', Statement: [statement] }
const parse = (result: unknown) => parseResult(answer(JSON.stringify(result)))

describe('the result of an authorizer', () => {
  test('is a principal, a policy, a context and a key', () => {
    const text = `{"principalId": "me", "policyDocument": ${JSON.stringify(policyDocument)}, "usageIdentifierKey": "k",
      "context": {"text": "a", "int": 1, "big": 12345678901234567890, "double": 1.0, "flag": true, "__proto__": "p"}}`
    const { policy, context, ...rest } = parseResult(answer(text))
    assert.deepEqual(rest, {
      principalId: 'me',
      policyDocument: JSON.stringify(policyDocument),
      usageIdentifierKey: 'k',
    })
    assert.equal(policy.statements.length, 1)
    assert.deepEqual(Object.entries(Object.fromEntries(context)), [
      ['text', 'a'],
      ['int', '1'],
      ['big', '12345678901234567890'],
      ['double', '1.0'],
      ['flag', 'true'],
      ['__proto__', 'p'],
    ])
  })

  for (const [name, result, principalId] of [
    ['no context', { principalId: 'me', policyDocument }, 'me'],
    [
      'nothing as context and key',
      { principalId: 'me', policyDocument, context: null, usageIdentifierKey: null },
      'me',
    ],
    ['an empty principal', { principalId: '', policyDocument }, ''],
    ['a number as principal', { principalId: 7, policyDocument }, '7'],
    ['no statements', { principalId: 'me', policyDocument: { Version: '2012-10-17', Statement: [] } }, 'me'],
    ['one statement', { principalId: 'me', policyDocument: { Version: '2012-10-17', Statement: statement } }, 'me'],
  ] as const) {
    test(`may have ${name}`, () => assert.equal(parse(result).principalId, principalId))
  }

  const withStatement = (changes: object) => ({
    principalId: 'me',
    policyDocument: { ...policyDocument, Statement: [{ ...statement, ...changes }] },
  })
  const failures: readonly (readonly [string, unknown, RegExp])[] = [
    ['nothing', null, /^Could not parse policy$/],
    ['a text', 'allow', /^Invalid JSON in response: the result is not an object$/],
    ['a list', [], /^Invalid JSON in response: the result is not an object$/],
    ['no principal', { policyDocument }, /^Authorizer response has no principalId$/],
    ['an object as principal', { principalId: {}, policyDocument }, /^Invalid JSON in response: principalId/],
    ['no policy', { principalId: 'me' }, /^Could not parse policy$/],
    ['a text as policy', { principalId: 'me', policyDocument: '{}' }, /^Could not parse policy$/],
    ['a policy of nothing', { principalId: 'me', policyDocument: {} }, /^Could not parse policy: \{\}$/],
    ['an effect that is none', withStatement({ Effect: 'allow' }), /^Could not parse policy: /],
    ['no action', withStatement({ Action: undefined }), /^Could not parse policy: /],
    ['a principal in its policy', withStatement({ Principal: '*' }), /^Could not parse policy: /],
    ['a long resource', withStatement({ Resource: `arn:${'a'.repeat(509)}` }), /longer than 512/],
    ['a long resource in a list', withStatement({ Resource: ['*', `arn:${'a'.repeat(509)}`] }), /longer than 512/],
    ['a list in its context', { principalId: 'me', policyDocument, context: { a: [] } }, /context\.a is not a string/],
    ['an object in its context', { principalId: 'me', policyDocument, context: { a: {} } }, /context\.a is not/],
    ['nothing in its context', { principalId: 'me', policyDocument, context: { a: null } }, /context\.a is not/],
    ['a list as context', { principalId: 'me', policyDocument, context: [] }, /context is not an object/],
    ['an object as key', { principalId: 'me', policyDocument, usageIdentifierKey: {} }, /usageIdentifierKey is not/],
    [
      'the answer of an HTTP API',
      { isAuthorized: true },
      /^Invalid JSON in response: Unrecognized field "isAuthorized" , not marked as ignorable$/,
    ],
  ]
  for (const [name, result, reason] of failures) {
    test(`must not be ${name}`, () => {
      assert.throws(
        () => parse(result),
        (error) => {
          assert.ok(error instanceof GatewayError)
          assert.deepEqual([error.type, error.status, error.message], ['AUTHORIZER_CONFIGURATION_ERROR', 500, ''])
          const prefix = 'Execution failed due to configuration error: '
          assert.ok(error.detail?.startsWith(prefix))
          assert.match(error.detail?.slice(prefix.length) ?? '', reason)
          return true
        },
      )
    })
  }

  test('must be JSON', () => {
    for (const payload of ['', '{', 'undefined']) {
      assert.throws(() => parseResult(answer(payload)), { type: 'AUTHORIZER_CONFIGURATION_ERROR' })
    }
  })
})

describe('a function that failed', () => {
  test('refuses the caller with exactly the word Unauthorized', () => {
    const failed = (errorMessage: string) => () =>
      parseResult(answer(JSON.stringify({ errorType: 'Error', errorMessage, trace: [] }), 'Unhandled'))
    assert.throws(failed('Unauthorized'), { type: 'UNAUTHORIZED', status: 401, message: 'Unauthorized' })
    for (const word of ['unauthorized', 'Unauthorized.', 'Forbidden', '']) {
      assert.throws(failed(word), {
        type: 'AUTHORIZER_CONFIGURATION_ERROR',
        detail:
          'Execution failed due to configuration error: Invalid JSON in response: Unrecognized field "errorType" , not marked as ignorable',
      })
    }
  })

  test('is none that only returns the word', () => {
    assert.throws(() => parse({ errorMessage: 'Unauthorized' }), { type: 'AUTHORIZER_CONFIGURATION_ERROR' })
  })
})
