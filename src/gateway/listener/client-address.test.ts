import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { method, stage } from '../fixtures.ts'
import { call, endAll, gateway } from '../test-gateway.ts'

after(endAll)

const shown = method({
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  responses: [
    {
      statusCode: '200',
      responseParameters: {},
      responseTemplates: { 'application/json': '$context.identity.sourceIp' },
    },
  ],
})
const open = stage({ '/': { GET: shown } })

describe('the client of a call', () => {
  const cases: [name: string, trusted: readonly string[], forwarded: string | undefined, sourceIp: string][] = [
    ['is the peer', [], undefined, '127.0.0.1'],
    ['is the peer, whatever it says', [], '203.0.113.9', '127.0.0.1'],
    ['is the peer, unless it is a trusted proxy', ['10.0.0.0/8'], '203.0.113.9', '127.0.0.1'],
    ['is who a trusted proxy says', ['127.0.0.0/8'], '203.0.113.9', '203.0.113.9'],
    [
      'is the last who is no trusted proxy',
      ['127.0.0.1', '10.0.0.0/8'],
      '198.51.100.1, 203.0.113.9, 10.1.2.3',
      '203.0.113.9',
    ],
    ['may have an IPv6 address', ['127.0.0.1'], '2001:db8::9', '2001:db8::9'],
    ['is the proxy itself where it names nobody', ['127.0.0.1'], undefined, '127.0.0.1'],
    ['is the proxy itself where all are proxies', ['127.0.0.1', '10.0.0.0/8'], '10.1.2.3', '127.0.0.1'],
    ['is the proxy itself where it names what is no address', ['127.0.0.1'], '203.0.113.9, unknown', '127.0.0.1'],
    ['is no range', ['127.0.0.1'], '0.0.0.0/0', '127.0.0.1'],
  ]
  for (const [name, trustedProxies, forwarded, sourceIp] of cases) {
    test(name, async () => {
      const { port } = await gateway(open, undefined, { trustedProxies })
      const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
      assert.equal((await call(port, '/dev', { headers })).body, sourceIp)
    })
  }
})
