import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
import type { HttpIntegration } from '../../../snapshot/http-api.ts'
import { functionArn } from '../../fixtures.ts'
import { backend, call, endAll, gateway } from '../../test-gateway.ts'
import { httpStage, integration, route } from '../fixtures.ts'

after(endAll)

const headers = { host: 'http1.execute-api.us-east-1.amazonaws.com' }
const stage = { stageName: 'dev', variables: { edition: 'second' } }

/** What a backend at `/base/{id}` gets of a call of `POST /pets/{id}`. */
async function got(requestParameters: Record<string, string>, options: Parameters<typeof call>[2] = {}, query = '') {
  const { uri } = await backend(async (request, response) => {
    const body = await text(request)
    response.end(JSON.stringify({ url: request.url, headers: request.headers, body }))
  })
  const own = integration({ uri: `${uri}/base/{id}`, requestParameters })
  const { port } = await gateway(httpStage([route('POST /pets/{id}', { integration: own })], stage))
  const sent = { method: 'POST', ...options, headers: { ...headers, ...options.headers } }
  const answer = await call(port, `/dev/pets/a%20b${query}`, sent)
  return answer.status === 200 ? JSON.parse(answer.body) : { status: answer.status, body: answer.body }
}

describe('the mapping of a request', () => {
  const values: [value: string, expected: string | undefined][] = [
    ['static', 'static'],
    ['$request.header.X-ONE', '1'],
    ['$request.header.none', undefined],
    ['$request.querystring.q', 'b,c d'],
    ['$request.querystring.Q', undefined],
    ['$request.path', '/pets/a b'],
    ['$request.path.id', 'a b'],
    ['$request.path.none', undefined],
    ['$request.body', '{"pet": {"name": "Rex", "ages": [1, 2.50]}, "none": null}'],
    ['$request.body.pet.name', 'Rex'],
    ['$request.body.pet.ages[1]', '2.5'],
    ['$request.body.pet.ages', '[1,2.5]'],
    ['$request.body.none', undefined],
    ['$context.apiId', 'http1'],
    ['$context.routeKey', 'POST /pets/{id}'],
    ['$context.stage', 'dev'],
    ['$context.accountId', '123456789012'],
    ['$context.httpMethod', 'POST'],
    ['$context.path', '/dev/pets/a%20b'],
    ['$context.domainPrefix', 'http1'],
    ['$context.identity.sourceIp', '127.0.0.1'],
    ['$context.authorizer.claims.sub', undefined],
    ['$context.nothing', undefined],
    ['$stageVariables.edition', 'second'],
    ['$stageVariables.constructor', undefined],
    ['v-${request.header.x-one}/${stageVariables.edition}', 'v-1/second'],
    ['${context.stage}', 'dev'],
  ]
  for (const [value, expected] of values) {
    test(`can read ${value}`, async () => {
      const body = '{"pet": {"name": "Rex", "ages": [1, 2.50]}, "none": null}'
      const mapping = { 'overwrite:header.x-mapped': value }
      const { headers: seen, ...rest } = await got(mapping, { headers: { 'X-One': '1' }, body }, '?q=b&q=c+d')
      assert.equal(seen['x-mapped'], expected)
      assert.deepEqual(rest, { url: '/base/a%20b?q=b&q=c+d', body })
    })
  }

  const changes: [mapping: Record<string, string>, sent: Record<string, string>, query: string, expected: object][] = [
    [{ 'append:header.x-a': '2' }, { 'x-a': '1' }, '', { 'x-a': '1, 2' }],
    [{ 'append:header.x-a': '$request.header.none' }, { 'x-a': '1' }, '', { 'x-a': '1' }],
    [{ 'overwrite:header.X-A': '2' }, { 'x-a': '1' }, '', { 'x-a': '2' }],
    [{ 'overwrite:header.x-a': '$request.header.none' }, { 'x-a': 'forged' }, '', { 'x-a': undefined }],
    [{ 'remove:header.X-A': "''" }, { 'x-a': '1' }, '', { 'x-a': undefined }],
    [
      { 'overwrite:header.x-a': '$request.header.x-b', 'overwrite:header.x-b': '$request.header.x-a' },
      { 'x-a': '1', 'x-b': '2' },
      '',
      { 'x-a': '2', 'x-b': '1' },
    ],
    [{ 'overwrite:header.x-a': '1' }, { Connection: 'x-a, x-b', 'x-b': '2' }, '', { 'x-a': '1', 'x-b': undefined }],
    [{ 'overwrite:header.host': 'pets.example' }, {}, '', { host: 'pets.example' }],
    [{ 'append:querystring.a': '$request.path.id' }, {}, '?a=1', { url: '/base/a%20b?a=1&a=a%20b' }],
    [{ 'overwrite:querystring.a b': 'x&y' }, {}, '?a+b=1&c=2&a%20b=3&c', { url: '/base/a%20b?c=2&c&a%20b=x%26y' }],
    [{ 'remove:querystring.a': '' }, {}, '?a=1&b=2', { url: '/base/a%20b?b=2' }],
    [{ 'remove:querystring.a': '' }, {}, '?a=1', { url: '/base/a%20b' }],
    [{ 'overwrite:path': '$request.path' }, {}, '?a=1', { url: '/pets/a%20b?a=1' }],
    [{ 'overwrite:path': '/v2/${request.path.id}/x%2Fy' }, {}, '', { url: '/v2/a%20b/x%2Fy' }],
    [{ 'overwrite:path': 'new' }, {}, '', { url: '/new' }],
  ]
  for (const [mapping, sent, query, expected] of changes) {
    test(`does ${JSON.stringify(mapping)}`, async () => {
      const { headers: seen, url } = await got(mapping, { headers: sent }, query)
      for (const [name, value] of Object.entries(expected)) assert.equal(name === 'url' ? url : seen[name], value, name)
    })
  }

  test('sees the first 100 KB of a body, and nothing of what is no JSON', async () => {
    const mapping = { 'overwrite:header.x-mapped': '$request.body.a' }
    const within = `{"a": 1, "b": "${'x'.repeat(100_000)}"}`
    assert.equal((await got(mapping, { body: within })).headers['x-mapped'], '1')
    for (const body of [`{"a": 1, "b": "${'x'.repeat(102_400)}"}`, 'a=1', '', '{"a": 1']) {
      assert.equal((await got(mapping, { body })).headers['x-mapped'], undefined)
    }
  })

  test('refuses what no header can hold', async () => {
    const mapping = { 'overwrite:header.x-mapped': '$request.querystring.q' }
    assert.deepEqual(await got(mapping, {}, '?q=a%0d%0ab'), { status: 400, body: '{"message":"Bad Request"}' })
    assert.equal((await got(mapping, {}, '?q=%E2%82%AC')).headers['x-mapped'], Buffer.from('€').toString('latin1'))
  })

  test('reaches a function, too', async () => {
    const requestParameters = {
      'overwrite:header.x-a': '$request.path.id',
      'append:querystring.stage': '$context.stage',
      'overwrite:path': '/other',
    }
    const own = integration({ type: 'AWS_PROXY', uri: functionArn, payloadFormatVersion: '2.0', requestParameters })
    const { port } = await gateway(httpStage([route('GET /pets/{id}', { integration: own })], stage))
    const event = JSON.parse(JSON.parse((await call(port, '/dev/pets/1', { headers })).body).body)
    assert.equal(event.headers['x-a'], '1')
    assert.deepEqual([event.rawQueryString, event.rawPath], ['stage=dev', '/dev/other'])
    assert.deepEqual([event.queryStringParameters, event.pathParameters], [{ stage: 'dev' }, { id: '1' }])
  })
})

describe('the mapping of a response', () => {
  async function answered(responseParameters: HttpIntegration['responseParameters'], path = '/') {
    const { uri } = await backend((request, response) => {
      response.writeHead(request.url === '/fail' ? 500 : 200, { 'x-a': '1', server: 'tests' })
      response.end('{"error": {"code": 404, "text": "no pet"}}')
    })
    const { port } = await gateway(
      httpStage([route('$default', { integration: integration({ uri, responseParameters }) })]),
    )
    return call(port, path, { headers })
  }

  const cases: [mapping: Record<string, string>, name: string, expected: string | undefined][] = [
    [{ 'append:header.x-a': '2' }, 'x-a', '1, 2'],
    [{ 'overwrite:header.X-A': '$response.header.x-a!' }, 'x-a', undefined],
    [{ 'overwrite:header.X-A': '${response.header.x-a}!' }, 'x-a', '1!'],
    [{ 'remove:header.Server': '' }, 'server', undefined],
    [{ 'append:header.x-b': '$response.body.error.text' }, 'x-b', 'no pet'],
    [{ 'append:header.x-b': '${context.routeKey} ${context.httpMethod}' }, 'x-b', '$default GET'],
  ]
  for (const [mapping, name, expected] of cases) {
    test(`does ${JSON.stringify(mapping)}`, async () => {
      assert.equal((await answered({ 200: mapping })).headers[name], expected)
    })
  }

  test('is that of the status', async () => {
    const mapping = { 500: { 'overwrite:statuscode': '$response.body.error.code', 'remove:header.x-a': '' } }
    const failed = await answered(mapping, '/fail')
    assert.deepEqual([failed.status, failed.headers['x-a']], [404, undefined])
    assert.equal(failed.body, '{"error": {"code": 404, "text": "no pet"}}')
    const good = await answered(mapping)
    assert.deepEqual([good.status, good.headers['x-a']], [200, '1'])
  })

  test('to no status, or to what no header can hold, is 500', async () => {
    assert.equal((await answered({ 200: { 'overwrite:statuscode': '$response.body.error.text' } })).status, 500)
    assert.equal((await answered({ 200: { 'overwrite:statuscode': '${response.body.none}' } })).status, 500)
    assert.equal((await answered({ 200: { 'append:header.x': 'a\nb' } })).status, 500)
  })
})
