import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { createRemoteInvokers, type RemoteInvokers } from './remote-functions.ts'

const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:far:live'

describe('remote functions', () => {
  let server: Server
  let remote: RemoteInvokers
  let answer: (request: IncomingMessage, body: string, response: ServerResponse) => void

  before(async () => {
    server = createServer(async (request, response) => answer(request, await text(request), response))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const endpoint = `http://127.0.0.1:${(server.address() as { port: number }).port}`
    remote = await createRemoteInvokers([
      {
        arn: '*:function:far*',
        endpoint: `${endpoint}/base/`,
        credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
      },
      { arn: '*:function:open', endpoint },
      { arn: '*:function:dead', endpoint: 'http://127.0.0.1:1' },
      { arn: '*', endpoint: 'http://127.0.0.1:2' },
    ])
  })
  after(async () => {
    await remote.close()
    server.close()
  })

  const invoke = (more = {}) => {
    const invocation = { functionArn, payload: '{"a":"ü"}', invocationType: 'RequestResponse' as const, ...more }
    return (remote.find(invocation.functionArn) ?? assert.fail()).invoke(invocation)
  }

  test('are called with a signed request, and their answer comes back', async () => {
    let seen: { url?: string | undefined; headers: IncomingMessage['headers']; body: string } | undefined
    answer = (request, body, response) => {
      seen = { url: request.url, headers: request.headers, body }
      response.writeHead(200, { 'X-Amz-Executed-Version': '7', 'x-amzn-RequestId': 'id', 'X-Amz-Log-Result': 'bG9n' })
      response.end('{"b":"ö"}')
    }
    const result = await invoke({ tailLog: true, clientContext: 'e30=', traceId: 'Root=1-2-3' })
    assert.deepEqual(result, { payload: '{"b":"ö"}', executedVersion: '7', requestId: 'id', logResult: 'bG9n' })
    assert.equal(
      seen?.url,
      '/base/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Afar%3Alive/invocations',
    )
    assert.equal(seen.body, '{"a":"ü"}')
    assert.equal(seen.headers['x-amz-invocation-type'], 'RequestResponse')
    assert.equal(seen.headers['x-amz-log-type'], 'Tail')
    assert.equal(seen.headers['x-amz-client-context'], 'e30=')
    assert.equal(seen.headers['x-amzn-trace-id'], 'Root=1-2-3')
    assert.match(
      String(seen.headers.authorization),
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/lambda\/aws4_request, /,
    )
  })

  test('are called unsigned without credentials', async () => {
    let authorization: string | undefined = 'none seen'
    answer = (request, _body, response) => {
      authorization = request.headers.authorization
      response.end('1')
    }
    const result = await invoke({ functionArn: functionArn.replace('far:live', 'open') })
    assert.deepEqual(result, { payload: '1', executedVersion: '$LATEST', requestId: '' })
    assert.equal(authorization, undefined)
  })

  test('fail as functions do', async () => {
    answer = (_request, _body, response) =>
      response.setHeader('X-Amz-Function-Error', 'Unhandled').end('{"errorType":"E"}')
    const { functionError, payload } = await invoke()
    assert.deepEqual([functionError, payload], ['Unhandled', '{"errorType":"E"}'])
  })

  for (const [status, type, body, expected] of [
    [
      404,
      'ResourceNotFoundException:http://internal.amazon.com/coral/',
      '{"Type":"User","Message":"Function not found: x"}',
      { code: 'ResourceNotFoundException', message: 'Function not found: x', members: { Type: 'User' }, status: 404 },
    ],
    [
      429,
      'TooManyRequestsException',
      '{"Reason":"CallerRateLimitExceeded","Type":"User","message":"Rate Exceeded."}',
      { code: 'TooManyRequestsException', members: { Reason: 'CallerRateLimitExceeded', Type: 'User' }, status: 429 },
    ],
    [502, undefined, '<html>', { code: 'ServiceException', message: /answered with status 502/, status: 502 }],
  ] as const) {
    test(`are refused with the endpoint’s own error: ${status}`, async () => {
      answer = (_request, _body, response) =>
        response.writeHead(status, type === undefined ? {} : { 'x-amzn-ErrorType': type }).end(body)
      await assert.rejects(invoke(), expected)
    })
  }

  test('cannot be reached', () =>
    assert.rejects(invoke({ functionArn: functionArn.replace('far:live', 'dead') }), {
      code: 'ServiceException',
      message: /cannot be reached: .*ECONNREFUSED/,
    }))

  test('are found by the first pattern that matches', async () => {
    const other = 'arn:aws:lambda:eu-west-1:123456789012:function:'
    assert.notEqual(remote.find(`${other}far`), remote.find(`${other}near`))
    assert.equal((await createRemoteInvokers([])).find(functionArn), undefined)
  })
})
