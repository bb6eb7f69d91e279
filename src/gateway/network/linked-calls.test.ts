import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { method, publicBackends, stage } from '../fixtures.ts'
import { backend, call, endAll, gateway } from '../test-gateway.ts'

after(endAll)

const loadBalancer = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/orders/0123456789abcdef'
const link = { account: '123456789012', region: 'us-east-1', vpcLinkId: 'link01' }

/** A gateway whose methods lead to one private backend, over a link that does not exist yet. */
async function linked() {
  const { uri } = await backend((request, response) => response.end(`"${request.headers.host}${request.url}"`))
  const { hostname: host, port } = new URL(uri)
  const integration = { uri: 'http://orders.example/all', httpMethod: 'GET' } as const
  const responses = [{ statusCode: '200', responseParameters: {}, responseTemplates: {} }]
  const served = stage({
    '/proxy': { GET: method({ ...integration, type: 'HTTP_PROXY', connectionId: 'link01' }) },
    '/custom': { GET: method({ ...integration, type: 'HTTP', connectionId: 'link01', responses }) },
    '/open': { GET: method({ ...integration, type: 'HTTP_PROXY', uri: `${uri}/all` }) },
  })
  const vpcLinkTargets = [{ arn: loadBalancer, targets: [{ host, port: Number(port) }] }]
  return gateway(served, undefined, { backends: { ...publicBackends, vpcLinkTargets } })
}

describe('A method with a VPC link', () => {
  test('calls its private backend while there is the link', async () => {
    const { plane, port } = await linked()
    const answers = async () => {
      const [proxy, custom] = [await call(port, '/dev/proxy'), await call(port, '/dev/custom')]
      return [proxy.status, proxy.body, custom.status, custom.body]
    }
    const failed = '{"message": "Internal server error"}'
    assert.deepEqual(await answers(), [500, failed, 500, failed])
    await plane.publishVpcLinks([{ ...link, link: { version: 'V1', targetArns: [loadBalancer] } }])
    const text = '"orders.example/all"'
    assert.deepEqual(await answers(), [200, text, 200, text])
    await plane.publishVpcLinks([link])
    assert.deepEqual(await answers(), [500, failed, 500, failed])
  })

  test('is the only way there', async () => {
    const { plane, port } = await linked()
    await plane.publishVpcLinks([{ ...link, link: { version: 'V1', targetArns: [loadBalancer] } }])
    assert.equal((await call(port, '/dev/open')).status, 500)
    assert.equal((await call(port, '/dev/proxy')).status, 200)
  })
})
