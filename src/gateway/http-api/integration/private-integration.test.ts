import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, describe, test } from 'node:test'
import type { HttpIntegration } from '../../../snapshot/http-api.ts'
import { publicBackends } from '../../fixtures.ts'
import { authority } from '../../integration/upstream/test-certificates.ts'
import { backend, call, endAll, gateway, running } from '../../test-gateway.ts'
import { httpStage, integration, route } from '../fixtures.ts'

after(endAll)

const host = 'http1.execute-api.us-east-1.amazonaws.com'
const listener =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/orders/0123456789abcdef/fedcba9876543210'
const service = 'arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0123456789abcdef'
const link = {
  account: '123456789012',
  region: 'us-east-1',
  vpcLinkId: 'link02',
  link: { version: 'V2', targetArns: [] },
} as const

/** A gateway whose only route leads to a private backend, over a V2 link. */
async function linked(changes: Partial<HttpIntegration> = {}, stageName = 'dev', routeKey = 'ANY /orders/{proxy+}') {
  const { uri } = await backend((request, response) => response.end(`${request.headers.host} ${request.url}`))
  const { hostname, port: backendPort } = new URL(uri)
  const targets = [{ host: hostname, port: Number(backendPort) }]
  const vpcLinkTargets = [
    { arn: listener, targets },
    { arn: service, targets },
  ]
  const own = integration({ uri: listener, connectionId: 'link02', ...changes })
  const variables = { link: 'link02', service: 'srv-0123456789abcdef' }
  const served = httpStage([route(routeKey, { integration: own })], { stageName, variables })
  const made = await gateway(served, undefined, { backends: { ...publicBackends, vpcLinkTargets } })
  await made.plane.publishVpcLinks([link])
  return { ...made, uri }
}

describe('a private integration', () => {
  for (const [what, changes, stageName, target, seen] of [
    ['gets the path of the call with its stage', {}, 'dev', '/dev/orders/1%20/?a=1', '/dev/orders/1%20/?a=1'],
    ['gets the path of the call to $default', {}, '$default', '/orders/1', '/orders/1'],
    [
      'gets a mapped path instead',
      { requestParameters: { 'overwrite:path': '$request.path' } },
      'dev',
      '/dev/orders/1',
      '/orders/1',
    ],
    ['stands behind a Cloud Map service', { uri: service }, 'dev', '/dev/orders/1', '/dev/orders/1'],
    [
      'is named by stage variables',
      { uri: service.replace(/srv-.*/, '${stageVariables.service}'), connectionId: '${stageVariables.link}' },
      'dev',
      '/dev/orders/1',
      '/dev/orders/1',
    ],
  ] as const) {
    test(what, async () => {
      const { port } = await linked(changes, stageName)
      const { status, body } = await call(port, target, { headers: { host } })
      assert.deepEqual([status, body], [200, `${host} ${seen}`])
    })
  }

  test('reaches the instances that have the attributes it asks for', async () => {
    const named = async (name: string) => {
      const { uri } = await backend((_request, response) => response.end(name))
      return uri.replace('http://', '')
    }
    const instance = (address: string, attributes?: Readonly<Record<string, string>>) => {
      const { hostname, port } = new URL(`http://${address}`)
      return { host: hostname, port: Number(port), ...(attributes && { attributes }) }
    }
    const targets = [
      instance(await named('plain')),
      instance(await named('blue'), { stage: 'prod', deployment: 'blue' }),
      instance(await named('green'), { stage: 'prod', deployment: 'green', '100%': '&' }),
    ]
    const queries = [
      '',
      '?stage=prod',
      '?stage=prod&deployment=${stageVariables.deployment}',
      '?100%25=%26',
      '?stage=dev',
    ]
    const served = httpStage(
      queries.map((query, i) =>
        route(`GET /${i}`, { integration: integration({ uri: service + query, connectionId: 'link02' }) }),
      ),
      { variables: { deployment: 'green' } },
    )
    const backends = { ...publicBackends, vpcLinkTargets: [{ arn: service, targets }] }
    const { plane, port } = await gateway(served, undefined, { backends })
    await plane.publishVpcLinks([link])
    const answers: string[] = []
    for (const i of queries.keys()) {
      const bodies = new Set<string>()
      for (let calls = 0; calls < 3; calls++) bodies.add((await call(port, `/${i}`, { headers: { host } })).body)
      answers.push([...bodies].sort().join(' '))
    }
    const none = '{"message":"Internal Server Error"}'
    assert.deepEqual(answers, ['blue green plain', 'blue green', 'green', 'green', none])
  })

  test('verifies the name in the certificate', async () => {
    const ca = await authority('Private CA')
    const { privateKey: key, certificate: cert } = await ca.issue({ names: ['orders.example'] })
    const server = createServer({ key, cert }, ({ headers }, response) => response.end(headers.host))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    running.push({ close: () => server.close() })
    const { port: backendPort } = server.address() as AddressInfo
    const targets = [{ host: '127.0.0.1', port: backendPort }]
    const vpcLinkTargets = [{ arn: listener, targets, caFile: [ca.certificate] }]
    const named = (serverNameToVerify: string) =>
      integration({ uri: listener, connectionId: 'link02', serverNameToVerify })
    const served = httpStage([
      route('GET /right', { integration: named('orders.example') }),
      route('GET /wrong', { integration: named('pets.example') }),
    ])
    const { plane, port } = await gateway(served, undefined, { backends: { ...publicBackends, vpcLinkTargets } })
    await plane.publishVpcLinks([link])
    const right = await call(port, '/right', { headers: { host } })
    assert.deepEqual([right.status, right.body], [200, host])
    assert.equal((await call(port, '/wrong', { headers: { host } })).status, 500)
  })

  test('is reached by nothing else', async () => {
    const { uri, plane, port } = await linked()
    const open = httpStage([route('$default', { integration: integration({ uri }) })], {}, { apiId: 'open' })
    await plane.publish([{ apiId: 'open', stageName: '$default', stage: open }])
    assert.equal((await call(port, '/', { headers: { host: 'open.execute-api.localhost' } })).status, 500)
  })

  for (const [what, changes] of [
    ['a link that there is not', { connectionId: 'link03' }],
    ['a target without an entry', { uri: `${listener}0` }],
    ['no target', { uri: '' }],
  ] as const) {
    test(`of ${what} is a 500`, async () => {
      const { port } = await linked(changes)
      const { status, body } = await call(port, '/dev/orders/1', { headers: { host } })
      assert.deepEqual([status, body], [500, '{"message":"Internal Server Error"}'])
    })
  }
})
