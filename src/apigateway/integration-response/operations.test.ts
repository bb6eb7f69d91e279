import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const header = 'method.response.header.x'
const mapping = (error: string) =>
  `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${error}]`

/** The labels of a method response 200 that declares the header `x`, beside a mock integration. */
async function declared() {
  const ids = await (await createApi()).createMethod()
  await operations.PutIntegration({ ...ids, type: 'MOCK' }, caller)
  const response = { ...ids, statusCode: '200' }
  await operations.PutMethodResponse({ ...response, responseParameters: { [header]: true } }, caller)
  return response
}

describe('PutIntegrationResponse', () => {
  test('keeps what it is given, shows it in the method, and may be called again', async () => {
    const { statusCode, ...ids } = await declared()
    const first = { statusCode, selectionPattern: '', responseTemplates: { 'application/json': '"created"' } }
    assert.deepEqual(await operations.PutIntegrationResponse({ ...ids, ...first }, caller), first)
    const second = { statusCode, selectionPattern: '2\\d\\d', responseParameters: { [header]: "'y'" } }
    await operations.PutIntegrationResponse({ ...ids, ...second }, caller)
    assert.deepEqual(await operations.GetIntegrationResponse({ ...ids, statusCode }, caller), second)
    const method = await operations.GetMethod(ids, caller)
    assert.deepEqual(method.methodIntegration?.integrationResponses, { 200: second })
  })

  test('needs no method response as long as it sets no header', async () => {
    const ids = await declared()
    const response = { statusCode: '404' }
    assert.deepEqual(await operations.PutIntegrationResponse({ ...ids, ...response }, caller), response)
  })

  for (const source of [
    'integration.response.header.h',
    'integration.response.multivalueheader.h',
    'integration.response.body',
    'integration.response.body.a[0].b',
    'stageVariables.v',
    'context.requestId',
    "'static'",
  ]) {
    test(`takes a header from ${source}`, async () => {
      const response = { ...(await declared()), responseParameters: { [header]: source } }
      const { responseParameters } = await operations.PutIntegrationResponse(response, caller)
      assert.deepEqual(responseParameters, { [header]: source })
    })
  }

  test('takes the flags of a Java regular expression', async () => {
    const response = { ...(await declared()), selectionPattern: '(?i).*error.*' }
    assert.equal((await operations.PutIntegrationResponse(response, caller)).selectionPattern, '(?i).*error.*')
  })

  const refusals: [string, object, string][] = [
    ['a broken pattern', { selectionPattern: '(' }, 'Invalid regex pattern specified'],
    [
      'a media type that is none',
      { responseTemplates: { 123: 'x' } },
      'Validation Result: warnings : [], errors : [Invalid content type specified: 123]',
    ],
    [
      'a header that is not declared',
      { responseParameters: { 'method.response.header.y': "'y'" } },
      mapping('Invalid mapping expression parameter specified: method.response.header.y'),
    ],
    [
      'a header of a status code that is not declared',
      { statusCode: '404', responseParameters: { [header]: "'y'" } },
      mapping('No method response exists for method.'),
    ],
    [
      'a malformed source',
      { responseParameters: { [header]: 'y' } },
      mapping('Invalid mapping expression specified: y'),
    ],
  ]
  for (const [name, settings, message] of refusals) {
    test(`refuses ${name}`, async () => {
      const response = { ...(await declared()), ...settings }
      await assert.rejects(operations.PutIntegrationResponse(response, caller), {
        code: 'BadRequestException',
        message,
      })
    })
  }
})

describe('UpdateIntegrationResponse', () => {
  const mapped: Patch = { op: 'add', path: `/responseParameters/${header}`, value: "'y'" }
  const template: Patch = { op: 'add', path: '/responseTemplates/application~1json', value: '{}' }
  const changes: [string, Patch[], object][] = [
    ['a pattern', [{ op: 'replace', path: '/selectionPattern', value: 'a.*' }], { selectionPattern: 'a.*' }],
    ['an empty pattern', [{ op: 'replace', path: '/selectionPattern' }], { selectionPattern: '' }],
    [
      'a content handling',
      [{ op: 'replace', path: '/contentHandling', value: 'CONVERT_TO_TEXT' }],
      { contentHandling: 'CONVERT_TO_TEXT' },
    ],
    ['a header', [mapped], { responseParameters: { [header]: "'y'" } }],
    ['no header any more', [mapped, { ...mapped, op: 'remove' }], {}],
    ['a template', [template], { responseTemplates: { 'application/json': '{}' } }],
    ['no template any more', [template, { ...template, op: 'remove' }], {}],
  ]
  for (const [name, patchOperations, expected] of changes) {
    test(`gives a response ${name}`, async () => {
      const ids = await declared()
      await operations.PutIntegrationResponse(ids, caller)
      const updated = await operations.UpdateIntegrationResponse({ ...ids, patchOperations }, caller)
      assert.deepEqual(updated, { statusCode: '200', ...expected })
      assert.deepEqual(await operations.GetIntegrationResponse(ids, caller), updated)
    })
  }

  const refusals: [string, Patch, string][] = [
    ['an unknown path', { op: 'replace', path: '/x', value: 'y' }, 'Invalid patch path /x'],
    [
      'adding a pattern',
      { op: 'add', path: '/selectionPattern', value: 'y' },
      'Invalid patch operation specified. Must be one of: [replace]',
    ],
    ['a broken pattern', { op: 'replace', path: '/selectionPattern', value: '[' }, 'Invalid regex pattern specified'],
    [
      'an unknown content handling',
      { op: 'replace', path: '/contentHandling', value: 'x' },
      'Invalid ContentHandling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT',
    ],
  ]
  for (const [name, patch, message] of refusals) {
    test(`refuses ${name}`, async () => {
      const ids = await declared()
      await operations.PutIntegrationResponse(ids, caller)
      await assert.rejects(operations.UpdateIntegrationResponse({ ...ids, patchOperations: [patch] }, caller), {
        code: 'BadRequestException',
        message,
      })
    })
  }
})

describe('Unknown ids', () => {
  const error = (what: string) => ({ code: 'NotFoundException', message: `Invalid ${what} specified` })
  const noMethod = error('Method identifier')
  const noIntegration = error('Integration identifier')
  const noCode = error('Response status code')
  const cases = [
    ['PutIntegrationResponse', noMethod],
    ['GetIntegrationResponse', noMethod],
    ['UpdateIntegrationResponse', noMethod],
    ['DeleteIntegrationResponse', noIntegration],
  ] as const
  for (const [name, withoutMethod] of cases) {
    test(`are refused by ${name}`, async () => {
      const ids = await declared()
      await assert.rejects(operations[name]({ ...ids, httpMethod: 'PUT' }, caller), withoutMethod)
      await assert.rejects(operations[name]({ ...ids, resourceId: 'x' }, caller), error('Resource identifier'))
      await assert.rejects(operations[name]({ ...ids, restApiId: 'x' }, caller), error('Resource identifier'))
      if (name !== 'PutIntegrationResponse') await assert.rejects(operations[name](ids, caller), noCode)
      await operations.DeleteIntegration(ids, caller)
      await assert.rejects(operations[name](ids, caller), noIntegration)
    })
  }

  test('are what DeleteIntegrationResponse leaves', async () => {
    const ids = await declared()
    await operations.PutIntegrationResponse(ids, caller)
    await operations.DeleteIntegrationResponse(ids, caller)
    await assert.rejects(operations.GetIntegrationResponse(ids, caller), noCode)
    assert.equal((await operations.GetIntegration(ids, caller)).integrationResponses, undefined)
  })
})
