import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer as createTcpServer } from 'node:net'
import { after, describe, test } from 'node:test'
import { createSecureContext, createServer, type TLSSocket, type TlsOptions } from 'node:tls'
import { failureOf } from '../call/failure.ts'
import type { Dial } from './dial.ts'
import { authority, selfSigned } from './test-certificates.ts'
import { upstreams } from './upstreams.ts'

const backends = upstreams()
const closing: (() => void)[] = [() => backends.close()]
after(() => {
  for (const close of closing) close()
})

const ca = await authority('Gatehouse Test CA')
const day = 86_400_000
const past = { notBefore: new Date(Date.now() - 2 * day), notAfter: new Date(Date.now() - day) }
const future = { notBefore: new Date(Date.now() + day), notAfter: new Date(Date.now() + 2 * day) }
const here = { addresses: ['127.0.0.1'] }

interface Backend {
  readonly origin: string
  /** Everything that was sent, decrypted. */
  received(): string
  /** The last connection. */
  last(): TLSSocket
}

async function backend(options: TlsOptions): Promise<Backend> {
  let received = ''
  let last: TLSSocket | undefined
  const server = createServer({ ALPNProtocols: ['http/1.1'], ...options }, (socket) => {
    last = socket
    closing.push(() => socket.destroy())
    socket.on('error', () => {})
    socket.on('data', (data) => {
      received += data.toString('latin1')
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    })
  })
  server.on('tlsClientError', () => {})
  return {
    origin: `https://127.0.0.1:${await listen(server)}`,
    received: () => received,
    last: () => last ?? assert.fail(),
  }
}

async function listen(server: ReturnType<typeof createTcpServer>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : assert.fail('no port')
}

function call(origin: string, dial: Dial): Promise<string> {
  return new Promise((resolve, reject) => {
    const text: string[] = []
    const listener = {
      onHead: () => {},
      onData: (chunk: Buffer) => text.push(chunk.toString()) > 0,
      onEnd: () => resolve(text.join('')),
      onError: reject,
    }
    backends.over(dial)(origin, { method: 'GET', path: '/', headers: [], body: null }, listener)
  })
}

const trusting: Dial = { secureContext: createSecureContext({ ca: [ca.certificate] }) }
const tls = ({ certificate, privateKey }: { certificate: string; privateKey: string }) => ({
  key: privateKey,
  cert: certificate,
})

const certificates = {
  good: await ca.issue(here),
  named: await ca.issue({ names: ['pets.internal'] }),
  otherName: await ca.issue({ names: ['other.example'] }),
  past: await ca.issue({ ...here, ...past }),
  future: await ca.issue({ ...here, ...future }),
  self: await selfSigned(here),
  selfPast: await selfSigned({ ...here, ...past }),
  selfOtherName: await selfSigned({ names: ['other.example'] }),
}
const { good } = certificates
const chain = (leaf: { certificate: string; privateKey: string }) => ({
  key: leaf.privateKey,
  cert: `${leaf.certificate}\n${ca.certificate}`,
})

describe('An HTTPS backend', () => {
  test('is called when a configured authority vouches for it', async () => {
    const { origin, received } = await backend(tls(good))
    assert.equal(await call(origin, trusting), 'ok')
    assert.match(received(), /^GET \/ HTTP\/1.1\r\nHost: 127\.0\.0\.1:\d+\r\n/)
  })

  test('is called under the name that its certificate must have', async () => {
    const { origin, last } = await backend(tls(certificates.named))
    assert.equal(await call(origin, { ...trusting, serverName: 'pets.internal' }), 'ok')
    assert.equal(last().servername, 'pets.internal')
  })

  const path = 'PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException'
  const validity = 'PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed'
  const cases: readonly (readonly [string, TlsOptions, Dial, string])[] = [
    ['of an unknown authority', tls(good), {}, path],
    ['of an unknown authority that it shows', chain(good), {}, path],
    ['that vouches for itself', tls(certificates.self), trusting, path],
    ['that is out of date', tls(certificates.past), trusting, validity],
    ['that is not in date yet', tls(certificates.future), trusting, validity],
    [
      'for another name',
      tls(certificates.otherName),
      trusting,
      "Host name '127.0.0.1' does not match the certificate subject provided by the peer (CN=backend)",
    ],
  ]
  for (const [name, options, dial, detail] of cases) {
    test(`is sent nothing with a certificate ${name}: 500`, async () => {
      const { origin, received } = await backend(options)
      const error = failureOf(
        await call(origin, dial).then(
          () => assert.fail('it was called'),
          (cause: Error) => cause,
        ),
      )
      assert.deepEqual(
        [error.type, error.status, error.message],
        ['API_CONFIGURATION_ERROR', 500, 'Internal server error'],
      )
      assert.ok(
        `${error.detail}`.startsWith(`Execution failed due to configuration error: ${detail}`),
        `${error.detail}`,
      )
      assert.equal(received(), '')
    })
  }

  test('is no plain server', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n')
    })
    const error = await call(`https://127.0.0.1:${await listen(server)}`, {}).catch(failureOf)
    assert.ok(typeof error === 'object' && error.status === 500)
    assert.match(error.detail ?? '', /Unrecognized SSL message, plaintext connection\?$/)
  })

  test('that hangs up during the handshake is a network error: 504', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => {}).destroy()
    })
    const error = await call(`https://127.0.0.1:${await listen(server)}`, {}).catch(failureOf)
    assert.ok(typeof error === 'object')
    assert.deepEqual([error.type, error.status], ['INTEGRATION_FAILURE', 504])
  })
})

describe('insecureSkipVerification', () => {
  const insecure: Dial = { insecure: true }
  const accepted: readonly (readonly [string, TlsOptions])[] = [
    ['that vouches for itself', tls(certificates.self)],
    ['of an unknown authority that is shown', chain(good)],
  ]
  for (const [name, options] of accepted) {
    test(`accepts a certificate ${name}, also on a second connection`, async () => {
      const { origin, last } = await backend(options)
      const dial = { ...insecure }
      assert.equal(await call(origin, dial), 'ok')
      last().destroy()
      assert.equal(await call(origin, dial), 'ok')
    })
  }

  const refused: readonly (readonly [string, TlsOptions, RegExp])[] = [
    ['out of date', tls(certificates.selfPast), /validity check failed/],
    ['not in date yet', chain(certificates.future), /validity check failed/],
    ['for another name', tls(certificates.selfOtherName), /Host name '127.0.0.1' does not match/],
    ['whose authority is not shown', tls(good), /PKIX path building failed/],
  ]
  for (const [name, options, detail] of refused) {
    test(`sends nothing to a backend with a certificate ${name}: 500`, async () => {
      const { origin, received } = await backend(options)
      const error = await call(origin, { ...insecure }).catch(failureOf)
      assert.ok(typeof error === 'object' && error.status === 500)
      assert.match(error.detail ?? '', detail)
      assert.equal(received(), '')
    })
  }
})

describe('A client certificate', () => {
  test('is shown to a backend that asks', async () => {
    const client = await selfSigned({ names: ['ApiGateway'] })
    const { origin, last } = await backend({ ...tls(good), requestCert: true, rejectUnauthorized: false })
    const secureContext = createSecureContext({
      ca: [ca.certificate],
      key: client.privateKey,
      cert: client.certificate,
    })
    assert.equal(await call(origin, { secureContext }), 'ok')
    assert.equal(last().getPeerX509Certificate()?.toString().trim(), client.certificate.trim())
  })

  test('that is required and missing fails the call: 500', async () => {
    const { origin, received } = await backend({
      ...tls(good),
      requestCert: true,
      rejectUnauthorized: true,
      ca: ca.certificate,
    })
    const error = await call(origin, trusting).catch(failureOf)
    assert.ok(typeof error === 'object' && error.status === 500)
    assert.match(error.detail ?? '', /Received fatal alert: certificate_required$/)
    assert.equal(received(), '')
  })
})
