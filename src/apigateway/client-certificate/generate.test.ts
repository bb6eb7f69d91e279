import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import { connect, createServer } from 'node:tls'
import { generateClientCertificate } from './generate.ts'

const createdDate = new Date(Math.floor(Date.now() / 1000) * 1000)
const { certificate, privateKey, expirationDate } = await generateClientCertificate(createdDate)

test('The certificate is self-signed, for an RSA key of 2048 bits and 365 days', () => {
  const read = new X509Certificate(certificate)
  assert.equal(read.subject, 'C=US\nST=Washington\nL=Seattle\nO=Amazon\nOU=ApiGateway\nCN=ApiGateway')
  assert.equal(read.issuer, read.subject)
  assert.ok(read.verify(read.publicKey) && read.checkPrivateKey(createPrivateKey(privateKey)))
  assert.deepEqual(
    [read.publicKey.asymmetricKeyType, read.publicKey.asymmetricKeyDetails?.modulusLength],
    ['rsa', 2048],
  )
  assert.deepEqual([read.validFromDate, read.validToDate], [createdDate, expirationDate])
  assert.equal(expirationDate.getTime() - createdDate.getTime(), 365 * 86_400_000)
})

test('A TLS server that trusts the certificate accepts its owner', async () => {
  const server = createServer({ cert: certificate, key: privateKey, ca: certificate, requestCert: true }, (socket) =>
    socket.end(String(socket.authorized)),
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const client = connect({
    port: port ?? 0,
    host: '127.0.0.1',
    cert: certificate,
    key: privateKey,
    rejectUnauthorized: false,
  })
  const [answer] = await once(client, 'data')
  assert.equal(String(answer), 'true')
  client.destroy()
  server.close()
})
