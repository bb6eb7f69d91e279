import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { DeployedHttpStage } from '../../snapshot/http-api.ts'
import { backend, call, endAll, gateway } from '../test-gateway.ts'
import { httpStage, integration, route } from './fixtures.ts'

after(endAll)

const headers = { host: 'http1.execute-api.us-east-1.amazonaws.com' }
const once = { rateLimit: 0.001, burstLimit: 1 }
const twice = { rateLimit: 0.001, burstLimit: 2 }

async function limited(limits: Pick<DeployedHttpStage, 'throttling' | 'defaultThrottling'>) {
  const { uri } = await backend((_request, response) => response.end('ok'))
  const keys = ['GET /a', 'ANY /b', '$default']
  const { port } = await gateway(
    httpStage(
      keys.map((key) => route(key, { integration: integration({ uri }) })),
      limits,
    ),
  )
  return async (...paths: string[]) => {
    const statuses: (number | undefined)[] = []
    for (const path of paths) statuses.push((await call(port, path, { headers })).status)
    return statuses
  }
}

describe('the rate of a route', () => {
  test('is the default of its stage, for each route on its own', async () => {
    const statuses = await limited({ defaultThrottling: once })
    assert.deepEqual(await statuses('/a', '/a', '/b', '/b', '/c', '/d'), [200, 429, 200, 429, 200, 429])
  })

  test('is its own where it has one', async () => {
    const statuses = await limited({ defaultThrottling: once, throttling: { 'GET /a': twice, $default: once } })
    assert.deepEqual(await statuses('/a', '/a', '/a', '/b', '/b'), [200, 200, 429, 200, 429])
  })

  test('of 0 admits nobody', async () => {
    const statuses = await limited({ throttling: { 'GET /a': { rateLimit: 0, burstLimit: 0 } } })
    assert.deepEqual(await statuses('/a', '/b', '/b'), [429, 200, 200])
  })

  test('is told in the words of HTTP APIs', async () => {
    const closed = httpStage([route('$default')], { defaultThrottling: { rateLimit: 0, burstLimit: 0 } })
    const { body } = await call((await gateway(closed)).port, '/', { headers })
    assert.equal(body, '{"message":"Too Many Requests"}')
  })
})
