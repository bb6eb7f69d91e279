import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { after, describe, test } from 'node:test'
import type { VpcLinkTarget } from '../../config/vpc-link-target.ts'
import type { RestIntegration } from '../../snapshot/rest-api.ts'
import type { PublishedVpcLink } from '../../snapshot/vpc-link.ts'
import { deployed, silentLog } from '../fixtures.ts'
import { failureOf } from '../integration/call/failure.ts'
import { authority, type Identity, selfSigned } from '../integration/upstream/test-certificates.ts'
import type { Send, UpstreamRequest } from '../integration/upstream/upstream.ts'
import { backendWay } from '../rest/backend-way.ts'
import { type Network, network } from './network.ts'
import { vpcLinks } from './vpc-links.ts'

const closing: (() => void)[] = []
after(() => {
  for (const close of closing) close()
})

const loadBalancer = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/orders/0123456789abcdef'
const ca = await authority('Private CA')
const other = await authority('Other CA')
const named = await ca.issue({ names: ['orders.example'] })

interface Backend {
  readonly name: string
  readonly port: number
  readonly server: Server
  /** `host path` of each request. */
  readonly seen: string[]
  /** What it does with the next requests. */
  answer: (request: IncomingMessage, response: ServerResponse) => void
}

/** A backend that answers with its name. */
async function backend(name: string, identity?: Identity): Promise<Backend> {
  const seen: string[] = []
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    seen.push(`${request.headers.host} ${request.url}`)
    made.answer(request, response)
  }
  const server = identity
    ? createTlsServer({ key: identity.privateKey, cert: identity.certificate }, listener)
    : createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : assert.fail('no port')
  const made: Backend = { name, port, server, seen, answer: (_request, response) => void response.end(name) }
  return made
}

/** A port that nothing listens on. */
async function deadPort(): Promise<number> {
  const { port, server } = await backend('dead')
  server.close()
  await once(server, 'close')
  return port
}

const at = (...ports: number[]) => ports.map((port) => ({ host: '127.0.0.1', port }))

interface World {
  readonly net: Network
  readonly links: ReturnType<typeof vpcLinks>
  /** Epoch milliseconds. */
  nowMs: number
  /** Lets an interval of every health check pass. */
  tick(): void
  readonly intervals: number[]
}

function world(vpcLinkTargets: readonly VpcLinkTarget[], authorities: readonly string[] = []): World {
  const links = vpcLinks()
  const runs = new Set<() => void>()
  const made: World = {
    links,
    nowMs: 1_000_000,
    intervals: [],
    tick: () => {
      for (const run of runs) run()
    },
    net: network({
      vpcLinkTargets,
      authorities,
      links,
      now: () => made.nowMs,
      every(ms, run) {
        made.intervals.push(ms)
        runs.add(run)
        return () => void runs.delete(run)
      },
      log: silentLog,
    }),
  }
  closing.push(() => made.net.close())
  publish(made, { version: 'V1', targetArns: [loadBalancer] })
  return made
}

function publish({ links }: World, link: PublishedVpcLink | undefined, account = '123456789012'): void {
  links.publish([{ account, region: 'us-east-1', vpcLinkId: 'link01', ...(link && { link }) }])
}

function sendOf({ net }: World, integration: Partial<RestIntegration> = {}, variables = {}): Send {
  const linked = { type: 'HTTP_PROXY', connectionId: 'link01', ...integration } as const
  return net.sendOf(backendWay(deployed(linked, { variables })))
}

const get: UpstreamRequest = { method: 'GET', path: '/a?b', headers: [], body: null }

/** @returns The body. @throws {GatewayError} what a caller would be told. */
function call(send: Send, origin = 'http://orders.example', request: Partial<UpstreamRequest> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    send(
      origin,
      { ...get, ...request },
      {
        onHead: () => {},
        onData: (chunk) => {
          text += chunk.toString()
          return true
        },
        onEnd: () => resolve(text),
        onError: (error) => reject(failureOf(error)),
      },
    )
  })
}

async function calls(send: Send, count: number): Promise<string> {
  const answers: string[] = []
  for (let i = 0; i < count; i++) answers.push(await call(send).catch(({ status }) => status))
  return answers.join(' ')
}

describe('A VPC link', () => {
  test('leads to private backends in turns, which see the host and path of the URI', async () => {
    const [a, b] = [await backend('a'), await backend('b')]
    const send = sendOf(world([{ arn: loadBalancer, targets: at(a.port, b.port) }]))
    assert.equal(await calls(send, 4), 'a b a b')
    assert.deepEqual(a.seen, ['orders.example /a?b', 'orders.example /a?b'])
  })

  test('prefers the backend with fewer calls outstanding', async () => {
    const [a, b] = [await backend('a'), await backend('b')]
    const held = Promise.withResolvers<void>()
    a.answer = async (_request, response) => {
      await held.promise
      response.end('a')
    }
    const send = sendOf(world([{ arn: loadBalancer, targets: at(a.port, b.port) }]))
    const slow = call(send)
    assert.equal(await calls(send, 3), 'b b b')
    held.resolve()
    assert.equal(await slow, 'a')
  })

  test('leads to a backend by its name, whose addresses are private then', async () => {
    const a = await backend('a')
    const here = world([{ arn: loadBalancer, targets: [{ host: 'localhost', port: a.port }] }])
    assert.equal(await call(sendOf(here)), 'a')
    await assert.rejects(call(here.net.sendOf(backendWay(deployed({}))), `http://127.0.0.1:${a.port}`), { status: 500 })
  })

  test('is named by a stage variable, too', async () => {
    const a = await backend('a')
    const send = sendOf(
      world([{ arn: loadBalancer, targets: at(a.port) }]),
      { connectionId: '${stageVariables.link}' },
      { link: 'link01' },
    )
    assert.equal(await call(send), 'a')
  })

  test('leads where the port of the URI says', async () => {
    const [a, b] = [await backend('a'), await backend('b')]
    const targets = [
      { arn: loadBalancer, targets: at(a.port) },
      { arn: loadBalancer, port: 8443, targets: at(b.port), protocol: 'HTTP' },
    ] as const
    const send = sendOf(world(targets))
    assert.equal(await call(send, 'https://orders.example:8443'), 'b')
    assert.equal(await call(send, 'http://orders.example:81'), 'a')
  })

  const listener = loadBalancer.replace('loadbalancer', 'listener').concat('/fedcba9876543210')
  for (const [name, arn, integrationTarget] of [
    ['listener', listener, listener],
    ['load balancer', loadBalancer, loadBalancer],
    ['load balancer of a listener', loadBalancer, listener],
  ] as const) {
    test(`of the second version leads to the integration’s ${name}, under the stage’s path`, async () => {
      const a = await backend('a')
      const here = world([{ arn, targets: at(a.port) }])
      publish(here, { version: 'V2', targetArns: [] })
      assert.equal(await call(sendOf(here, { integrationTarget })), 'a')
      assert.deepEqual(a.seen, ['orders.example /dev/a?b'])
    })
  }
})

describe('A call through a VPC link fails with 500', () => {
  const unknown = { type: 'API_CONFIGURATION_ERROR', status: 500, message: 'Internal server error' }
  const cases: readonly (readonly [string, (here: World) => Send, RegExp])[] = [
    [
      'that there never was',
      (here) => sendOf(here, { connectionId: 'link02' }),
      /VPC link link02: there is no such link/,
    ],
    [
      'that is deleted',
      (here) => {
        const send = sendOf(here)
        publish(here, undefined)
        return send
      },
      /VPC link link01: there is no such link/,
    ],
    [
      'of another account',
      (here) => {
        publish(here, undefined)
        publish(here, { version: 'V1', targetArns: [loadBalancer] }, '999999999999')
        return sendOf(here)
      },
      /there is no such link/,
    ],
    [
      'whose target is not configured',
      (here) => {
        publish(here, { version: 'V1', targetArns: [`${loadBalancer}0`] })
        return sendOf(here)
      },
      /no entry of `vpcLinkTargets` is for arn:.*0123456789abcdef0/,
    ],
    [
      'of the second version without a target',
      (here) => {
        publish(here, { version: 'V2', targetArns: [] })
        return sendOf(here)
      },
      /no entry of `vpcLinkTargets` is for its target/,
    ],
  ]
  for (const [name, sendIn, detail] of cases) {
    test(name, async () => {
      const a = await backend('a')
      const send = sendIn(world([{ arn: loadBalancer, targets: at(a.port) }]))
      await assert.rejects(call(send), { ...unknown, detail })
      assert.deepEqual(a.seen, [])
    })
  }
})

describe('Private backends over TLS', () => {
  const cases: readonly (readonly [string, Partial<VpcLinkTarget>, string])[] = [
    ['by the host of the URI', {}, 'https://orders.example'],
    ['by the configured name', { serverName: 'orders.example' }, 'https://other.example'],
    ['by the configured protocol', { protocol: 'HTTPS' }, 'http://orders.example'],
  ]
  for (const [name, settings, origin] of cases) {
    test(`are verified ${name}`, async () => {
      const a = await backend('a', named)
      const here = world([{ arn: loadBalancer, targets: at(a.port), caFile: [ca.certificate], ...settings }])
      assert.equal(await call(sendOf(here), origin), 'a')
    })
  }

  test('are trusted by the authorities for all backends, too', async () => {
    const a = await backend('a', named)
    const here = world([{ arn: loadBalancer, targets: at(a.port) }], [ca.certificate])
    assert.equal(await call(sendOf(here), 'https://orders.example'), 'a')
  })

  const refused: readonly (readonly [string, Partial<VpcLinkTarget>, string, RegExp])[] = [
    ['of another name', {}, 'https://other.example', /Host name 'other.example' does not match/],
    ['of another configured name', { serverName: 'x.example' }, 'https://orders.example', /Host name 'x.example'/],
    ['of another authority', { caFile: [other.certificate] }, 'https://orders.example', /PKIX path building failed/],
  ]
  for (const [name, settings, origin, detail] of refused) {
    test(`${name} are not called: 500`, async () => {
      const a = await backend('a', named)
      const here = world([{ arn: loadBalancer, targets: at(a.port), caFile: [ca.certificate], ...settings }])
      await assert.rejects(call(sendOf(here), origin), { status: 500, detail })
      assert.deepEqual(a.seen, [])
    })
  }

  test('may be issued by anybody under insecureSkipVerification', async () => {
    const a = await backend('a', await selfSigned({ names: ['orders.example'] }))
    const here = world([{ arn: loadBalancer, targets: at(a.port) }])
    await assert.rejects(call(sendOf(here), 'https://orders.example'), { status: 500 })
    assert.equal(await call(sendOf(here, { insecureSkipVerification: true }), 'https://orders.example'), 'a')
  })
})

describe('A backend that fails', () => {
  test('to be connected to passes its calls on', async () => {
    const a = await backend('a')
    const send = sendOf(world([{ arn: loadBalancer, targets: at(await deadPort(), a.port) }]))
    assert.equal(await calls(send, 4), 'a a a a')
    assert.equal(await call(send, undefined, { method: 'POST', body: Buffer.from('x') }), 'a')
  })

  test('to be connected to cannot pass on what is still arriving', async () => {
    const a = await backend('a')
    const send = sendOf(world([{ arn: loadBalancer, targets: at(await deadPort(), a.port) }]))
    async function* chunks() {
      yield Buffer.from('x')
    }
    const body = { chunks: chunks(), length: 1 }
    await assert.rejects(call(send, undefined, { method: 'POST', body }), { status: 504, type: 'INTEGRATION_FAILURE' })
  })

  test('as all do is told: 504', async () => {
    const send = sendOf(world([{ arn: loadBalancer, targets: at(await deadPort(), await deadPort()) }]))
    await assert.rejects(call(send), { status: 504 })
  })

  test('three times in a row is left out for ten seconds', async () => {
    const [a, b] = [await backend('a'), await backend('b')]
    a.answer = (request) => void request.socket.destroy()
    const here = world([{ arn: loadBalancer, targets: at(a.port, b.port) }])
    const send = sendOf(here)
    assert.equal(await calls(send, 6), '504 b 504 b 504 b')
    assert.equal(await calls(send, 3), 'b b b')
    here.nowMs += 10_001
    assert.equal((await calls(send, 2)).includes('504'), true)
    assert.equal(await calls(send, 3), 'b b b')
    here.nowMs += 10_001
    a.answer = (_request, response) => void response.end('a')
    assert.deepEqual((await calls(send, 2)).split(' ').sort(), ['a', 'b'])
  })
})

describe('Health checks', () => {
  const healthCheck = { path: '/health', intervalSeconds: 5 }

  /** Waits for so many requests of a health check to have been answered. */
  async function checked(here: World, ...backends: readonly Backend[]): Promise<void> {
    const answered = backends.map(({ server }) => once(server, 'request'))
    here.tick()
    await Promise.all(answered)
    // The answers are on their way: one more call to each comes after them.
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
  }

  test('begin when a link is used, and end with the network', async () => {
    const a = await backend('a')
    const here = world([{ arn: loadBalancer, targets: at(a.port), healthCheck }])
    const send = sendOf(here)
    assert.deepEqual(here.intervals, [])
    assert.equal(await call(send), 'a')
    assert.deepEqual(here.intervals, [5_000])
    await checked(here, a)
    assert.deepEqual(a.seen, ['orders.example /a?b', `127.0.0.1:${a.port} /health`])
    here.net.close()
    here.tick()
    assert.equal(a.seen.length, 2)
  })

  test('take a backend out after two bad answers, and back after two good ones', async () => {
    const [a, b] = [await backend('a'), await backend('b')]
    let health = 503
    a.answer = (request, response) => {
      if (request.url === '/health') response.statusCode = health
      response.end('a')
    }
    const here = world([{ arn: loadBalancer, targets: at(a.port, b.port), healthCheck }])
    const send = sendOf(here)
    const share = async () => [...new Set((await calls(send, 4)).split(' '))].sort().join('')
    assert.equal(await share(), 'ab')
    await checked(here, a, b)
    assert.equal(await share(), 'ab')
    await checked(here, a, b)
    assert.equal(await share(), 'b')
    health = 204
    await checked(here, a, b)
    assert.equal(await share(), 'b')
    await checked(here, a, b)
    assert.equal(await share(), 'ab')
  })

  test('that all fail take nothing out', async () => {
    const a = await backend('a')
    a.answer = (request, response) => {
      if (request.url === '/health') response.statusCode = 404
      response.end('a')
    }
    const here = world([{ arn: loadBalancer, targets: at(a.port), healthCheck }])
    const send = sendOf(here)
    await call(send)
    for (let i = 0; i < 3; i++) await checked(here, a)
    assert.equal(await call(send), 'a')
  })
})

describe('Without a VPC link', () => {
  test('a private backend is not reached: 500', async () => {
    const a = await backend('a')
    const here = world([{ arn: loadBalancer, targets: at(a.port) }])
    const open = here.net.sendOf(backendWay(deployed({ type: 'HTTP' })))
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0.0.0.0']) {
      await assert.rejects(call(open, `http://${host}:${a.port}`), { status: 500, detail: /Invalid endpoint address/ })
    }
    assert.deepEqual(a.seen, [])
    const service = await backend('service')
    assert.equal(await call(open, `http://127.0.0.1:${service.port}`), 'service')
    assert.equal(await call(here.net.send, `http://127.0.0.1:${a.port}`), 'a')
  })

  test('a backend is trusted by a configured authority', async () => {
    const a = await backend('a', await ca.issue({ addresses: ['127.0.0.1'] }))
    const origin = `https://127.0.0.1:${a.port}`
    for (const send of [
      world([], [ca.certificate]).net.send,
      world([], [ca.certificate]).net.sendOf(backendWay(deployed({}))),
    ]) {
      assert.equal(await call(send, origin), 'a')
    }
    await assert.rejects(call(world([]).net.sendOf(backendWay(deployed({}))), origin), { status: 500 })
  })

  test('the stage’s certificate is shown to backends that ask', async () => {
    const client = await selfSigned({ names: ['ApiGateway'] })
    const identity = await ca.issue({ addresses: ['127.0.0.1'] })
    const server = createTlsServer(
      { key: identity.privateKey, cert: identity.certificate, requestCert: true, ca: [client.certificate] },
      (_request, response) => void response.end('known'),
    )
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    closing.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    const origin = `https://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
    const { net } = world([], [ca.certificate])
    const plain = deployed({})
    const clientCertificate = { clientCertificateId: 'cert01', ...client }
    const identified = { ...plain, stage: { ...plain.stage, clientCertificate } }
    assert.equal(await call(net.sendOf(backendWay(identified)), origin), 'known')
    await assert.rejects(call(net.sendOf(backendWay(plain)), origin), { status: 500, detail: /Received fatal alert/ })
  })
})
