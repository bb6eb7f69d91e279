import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { call, endAll, gateway } from '../test-gateway.ts'
import { httpStage, route } from './fixtures.ts'

after(endAll)

const host = 'http1.execute-api.us-east-1.amazonaws.com'
const headers = { host }

describe('an HTTP API', () => {
  test('does not find what it has no stage or route for', async () => {
    const { port, plane } = await gateway(httpStage([route('GET /pets')], { stageName: 'dev' }))
    const closed = httpStage([route('$default')], {}, { apiId: 'closed', disableExecuteApiEndpoint: true })
    const { deploymentId: _, ...undeployed } = httpStage([], {}, { apiId: 'empty' })
    await plane.publish([
      { apiId: 'closed', stageName: '$default', stage: closed },
      { apiId: 'empty', stageName: '$default', stage: undeployed },
    ])
    for (const [path, name] of [
      ['/', host],
      ['/pets', host],
      ['/dev', host],
      ['/dev/pets/', host],
      ['/_aws/execute-api/http1/$default/pets', 'localhost'],
      ['/pets', 'closed.execute-api.localhost'],
      ['/pets', 'empty.execute-api.localhost'],
    ] as const) {
      const answer = await call(port, path, { headers: { host: name } })
      assert.deepEqual([answer.status, answer.body], [404, '{"message":"Not Found"}'], path)
      assert.match(answer.headers['apigw-requestid']?.toString() ?? '', /^[\w+/]{15}=$/)
      assert.deepEqual(
        answer.rawHeaders.filter((_, i) => i % 2 === 0),
        ['Content-Type', 'Apigw-Requestid', 'Connection', 'Content-Length', 'Date'],
      )
    }
  })

  test('in another region is unknown', async () => {
    const { port } = await gateway(httpStage([route('$default')]))
    const answer = await call(port, '/', { headers: { host: 'http1.execute-api.eu-west-1.amazonaws.com' } })
    assert.deepEqual([answer.status, answer.body], [403, '{"message":"Forbidden"}'])
  })

  test('refuses what is larger than the service takes', async () => {
    const { port } = await gateway(httpStage([route('$default')]))
    const large = await call(port, '/', { headers: { ...headers, x: 'y'.repeat(10_240) } })
    assert.deepEqual([large.status, large.body], [431, '{"message":"Request Header Fields Too Large"}'])
    const body = Buffer.alloc(10_485_761)
    const long = await call(port, '/', { method: 'POST', headers, body })
    assert.deepEqual([long.status, long.body], [413, '{"message":"Request Entity Too Large"}'])
  })
})
