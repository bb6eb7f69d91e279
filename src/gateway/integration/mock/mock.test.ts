import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RestIntegrationResponse } from '../../../snapshot/rest-api.ts'
import { deployed, fixedIds, invocation } from '../../fixtures.ts'
import { mock } from './mock.ts'

function response(statusCode: string, changes: Partial<RestIntegrationResponse> = {}): RestIntegrationResponse {
  return { statusCode, responseParameters: {}, responseTemplates: {}, ...changes }
}

function mocking(template: string, ...responses: RestIntegrationResponse[]) {
  return mock(deployed({ requestTemplates: { 'application/json': template }, responses }), fixedIds)
}

const failed = { type: 'API_CONFIGURATION_ERROR', status: 500, message: 'Internal server error' }

describe('the request template of MOCK', () => {
  for (const template of [
    '{"statusCode": 200}',
    '{statusCode: 200}',
    "{'statusCode': 200}",
    '{"statusCode": 200,}',
    '{,,"a": 1,, "statusCode": 200,,}',
    '{null: null, "statusCode": 200}',
    '{"statusCode": 200, "x": [1, {"y": "z"}, true]}',
    '\n { "statusCode" : 200 } \n',
  ]) {
    test(`${template} is taken`, async () => {
      assert.equal((await mocking(template, response('200'))(invocation())).status, 200)
    })
  }

  for (const template of [
    '',
    '{}',
    '{"statusCode": "200"}',
    '{"statusCode": 200.5}',
    '{"statusCode\': 200}',
    '"statusCode": 200',
    '{"statusCode": 200',
    '{"statusCode": 200} x',
    '{"statusCode" 200}',
    '[{"statusCode": 200}]',
    '{"statusCode": tru}',
  ]) {
    test(`${template || 'nothing'} is a 500`, () => {
      assert.throws(() => mocking(template, response('200'))(invocation()), failed)
    })
  }

  test('that leads to a response which the method does not declare is a 500', () => {
    assert.throws(() => mocking('{"statusCode": 200}', response('200', { undeclared: true }))(invocation()), failed)
  })

  test('is chosen by the content type; else the body takes its place', async () => {
    const handler = mocking('{"statusCode": 200}', response('200'), response('418', { selectionPattern: '418' }))
    const typed = (type: string, body = '') => handler(invocation({ headers: ['Content-Type', type], body }))
    assert.equal((await typed('application/json; charset=utf-8', '{"statusCode": 418}')).status, 200)
    assert.equal((await typed('text/plain', '{"statusCode": 418}')).status, 418)
    await assert.rejects(async () => typed('text/plain', 'x'), failed)
    assert.throws(() => typed('text/plain'), failed)
  })

  test('of $default serves every type', async () => {
    const requestTemplates = { $default: '{"statusCode": 200}' }
    const handler = mock(deployed({ requestTemplates, responses: [response('200')] }), fixedIds)
    assert.equal((await handler(invocation({ headers: ['Content-Type', 'text/plain'] }))).status, 200)
  })
})

describe('the integration response of MOCK', () => {
  const pick = async (status: number, ...responses: RestIntegrationResponse[]) =>
    (await mocking(`{"statusCode": ${status}}`, ...responses)(invocation())).status

  test('is the one whose pattern matches the whole status', async () => {
    const responses = [response('200'), response('400', { selectionPattern: '4\\d{2}' })]
    assert.equal(await pick(404, ...responses), 400)
    assert.equal(await pick(4041, ...responses), 200)
    assert.equal(await pick(-1, ...responses), 200)
  })

  test('is the default for an empty pattern', async () => {
    assert.equal(await pick(200, response('201', { selectionPattern: '' })), 201)
  })

  test('must exist', async () => {
    await assert.rejects(pick(200, response('400', { selectionPattern: '4..' })), failed)
    await assert.rejects(pick(200, response('400', { selectionPattern: '(' })), failed)
  })

  test('has static headers, remapped where they are the gateway’s', async () => {
    const responseParameters = {
      'method.response.header.Access-Control-Allow-Origin': "'*'",
      'method.response.header.Server': "'mine'",
      'method.response.header.Transfer-Encoding': "'chunked'",
    }
    assert.deepEqual(await mocking('{"statusCode": 200}', response('200', { responseParameters }))(invocation()), {
      status: 200,
      headers: [
        'Content-Type',
        'application/json',
        'Access-Control-Allow-Origin',
        '*',
        'x-amzn-Remapped-Server',
        'mine',
      ],
      body: '',
    })
  })

  test('has the template of the accepted type', async () => {
    const responseTemplates = { 'text/plain': ' plain ', 'application/json': '{"a": 1}' }
    const handler = mocking('{"statusCode": 200}', response('200', { responseTemplates }))
    const body = async (...headers: string[]) => (await handler(invocation({ headers }))).body
    assert.equal(await body(), '{"a": 1}')
    assert.equal(await body('Accept', 'text/plain; q=1'), 'plain')
    assert.equal(await body('Accept', 'image/png'), '{"a": 1}')
    assert.equal(await body('Accept', 'text/plain', 'Accept', 'image/png'), '{"a": 1}')
  })

  test('takes the content type of its only template', async () => {
    const responseTemplates = { 'text/html': '<p>' }
    const reply = await mocking('{"statusCode": 200}', response('200', { responseTemplates }))(invocation())
    assert.deepEqual([reply.headers, reply.body], [['Content-Type', 'text/html'], '<p>'])
  })

  test('keeps a mapped content type', async () => {
    const responseParameters = { 'method.response.header.Content-Type': "'text/x'" }
    const reply = await mocking('{"statusCode": 200}', response('200', { responseParameters }))(invocation())
    assert.deepEqual(reply.headers, ['Content-Type', 'text/x'])
  })
})
