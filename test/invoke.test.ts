import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { GetRestApisCommand } from '@aws-sdk/client-api-gateway'
import { GetFunctionCommand } from '@aws-sdk/client-lambda'
import {
  type Clients,
  clientsOf,
  createApi,
  createFunction,
  deploy,
  invokeUrl,
  permit,
  putMock,
  putProxy,
} from './api.ts'
import { type Gatehouse, startGatehouse } from './gatehouse.ts'

interface Answer {
  readonly status: number | undefined
  readonly body: string
}

/** A GET under a `Host` of its own, which `fetch` does not allow. */
function get(url: string, host?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { agent: false, headers: host === undefined ? {} : { host } }, async (response) => {
      resolve({ status: response.statusCode, body: Buffer.concat(await response.toArray()).toString() })
    })
      .on('error', reject)
      .end()
  })
}

describe('invoking', () => {
  let gatehouse: Gatehouse
  let clients: Clients
  let restApiId: string
  before(async () => {
    gatehouse = await startGatehouse()
    clients = clientsOf(gatehouse.url)
    const api = await createApi(clients, 'addressed')
    restApiId = api.restApiId
    await putMock(clients, { restApiId, resourceId: api.rootId, text: 'found' })
    await deploy(clients, restApiId)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  const found = { status: 200, body: 'found' }
  const forbidden = { status: 403, body: '{"message":"Forbidden"}' }

  describe('by host', () => {
    const hosts: readonly (readonly [string, string, Answer])[] = [
      ['the host that AWS gives the API', '{apiId}.execute-api.us-east-1.amazonaws.com', found],
      ['the same with a port', '{apiId}.execute-api.us-east-1.amazonaws.com:4566', found],
      ['a host of the local machine', '{apiId}.execute-api.localhost:4566', found],
      ['the host of another region', '{apiId}.execute-api.eu-west-1.amazonaws.com', forbidden],
      ['the host of an API that does not exist', '0123456789.execute-api.us-east-1.amazonaws.com', forbidden],
    ]
    for (const [name, host, expected] of hosts) {
      test(name, async () => {
        assert.deepEqual(await get(`${gatehouse.url}/dev`, host.replace('{apiId}', restApiId)), expected)
      })
    }

    test('an unknown stage', async () => {
      const host = `${restApiId}.execute-api.us-east-1.amazonaws.com`
      assert.deepEqual(await get(`${gatehouse.url}/prod`, host), forbidden)
    })
    test('an unknown path', async () => {
      const host = `${restApiId}.execute-api.us-east-1.amazonaws.com`
      const expected = { status: 403, body: '{"message":"Missing Authentication Token"}' }
      assert.deepEqual(await get(`${gatehouse.url}/dev/nowhere`, host), expected)
    })
  })

  describe('by path', () => {
    const paths: readonly (readonly [string, Answer])[] = [
      ['/restapis/{apiId}/dev/_user_request_/', found],
      ['/restapis/{apiId}/dev/_user_request_', found],
      ['/_aws/execute-api/{apiId}/dev/', found],
      ['/_aws/execute-api/{apiId}/dev', found],
      ['/_aws/execute-api/{apiId}/prod/', forbidden],
      ['/_aws/execute-api/0123456789/dev/', forbidden],
    ]
    for (const [path, expected] of paths) {
      test(path, async () => {
        assert.deepEqual(await get(gatehouse.url + path.replace('{apiId}', restApiId)), expected)
      })
    }
  })

  test('a function that has not permitted the API is not called', async () => {
    const functionArn = await createFunction(
      clients,
      'guarded',
      `export const handler = async () => ({ body: 'called' })`,
    )
    const api = await createApi(clients, 'guarded')
    await putProxy(clients, { restApiId: api.restApiId, resourceId: api.rootId }, { functionArn })
    await deploy(clients, api.restApiId)

    const refused = { status: 500, body: '{"message": "Internal server error"}' }
    assert.deepEqual(await get(invokeUrl(clients, api.restApiId)), refused)
    await permit(clients, functionArn, restApiId)
    assert.deepEqual(await get(invokeUrl(clients, api.restApiId)), refused, 'the permission names another API')
    await permit(clients, functionArn, api.restApiId)
    assert.deepEqual(await get(invokeUrl(clients, api.restApiId)), { status: 200, body: 'called' })
  })

  test('two regions do not mix', async () => {
    const european = clientsOf(gatehouse.url, 'eu-west-1')
    await createFunction(clients, 'american', 'export const handler = async () => ({})')
    const name = { FunctionName: 'american' }
    await assert.rejects(european.lambda.send(new GetFunctionCommand(name)), { name: 'ResourceNotFoundException' })

    const { restApiId: id, rootId: resourceId } = await createApi(european, 'european')
    await putMock(european, { restApiId: id, resourceId, text: 'bonjour' })
    await deploy(european, id)
    const { items = [] } = await european.apigateway.send(new GetRestApisCommand({}))
    assert.deepEqual(
      items.map((api) => api.name),
      ['european'],
    )
    const { items: american = [] } = await clients.apigateway.send(new GetRestApisCommand({}))
    assert.ok(american.every((api) => api.name !== 'european'))
    assert.deepEqual(await get(invokeUrl(european, id)), { status: 200, body: 'bonjour' })
  })
})
