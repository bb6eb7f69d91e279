import assert from 'node:assert/strict'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { authority } from '../src/gateway/integration/upstream/test-certificates.ts'
import { type Gatehouse, startGatehouse, temporaryFolder } from './gatehouse.ts'
import { connect, replace, required } from './management/client.ts'

describe('An HTTPS backend of a configured authority', () => {
  let folder: string
  let server: Server
  let gatehouse: Gatehouse
  let api: APIGateway
  let restApiId: string
  let shown: string | undefined

  before(async () => {
    folder = await temporaryFolder()
    const ca = await authority('Backend CA')
    const { certificate: cert, privateKey: key } = await ca.issue({ addresses: ['127.0.0.1'] })
    const backendCaFile = join(folder, 'ca.pem')
    await writeFile(backendCaFile, ca.certificate)
    server = createServer({ cert, key, requestCert: true, rejectUnauthorized: false }, (request, response) => {
      shown = (request.socket as TLSSocket).getPeerX509Certificate()?.toString()
      response.end('from the backend')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    gatehouse = await startGatehouse({ args: ['--backend-ca-file', backendCaFile] })
    api = connect(gatehouse.url)
    restApiId = await deployedApi(api, server)
  })
  after(async () => {
    await gatehouse[Symbol.asyncDispose]()
    server.closeAllConnections()
    server.close()
    await rm(folder, { recursive: true })
  })

  const call = async () => {
    const answer = await fetch(`${gatehouse.url}/_aws/execute-api/${restApiId}/dev/`)
    return [answer.status, await answer.text()]
  }

  test('is called', async () => {
    assert.deepEqual(await call(), [200, 'from the backend'])
    assert.equal(shown, undefined)
  })

  test('is shown the stage’s client certificate while it has one', async () => {
    const { clientCertificateId, pemEncodedCertificate = '' } = await api.generateClientCertificate({})
    const stage = { restApiId, stageName: 'dev' }
    const set = (value: string) =>
      api.updateStage({ ...stage, patchOperations: [replace('/clientCertificateId', value)] })
    assert.equal((await set(required(clientCertificateId))).clientCertificateId, clientCertificateId)
    assert.deepEqual(await call(), [200, 'from the backend'])
    assert.equal(shown?.trim(), pemEncodedCertificate.trim())
    await set('')
    assert.deepEqual(await call(), [200, 'from the backend'])
    assert.equal(shown, undefined)
  })
})

async function deployedApi(api: APIGateway, server: Server): Promise<string> {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : assert.fail('no port')
  const created = await api.createRestApi({ name: 'secure' })
  const ids = {
    restApiId: required(created.id),
    resourceId: required(created.rootResourceId),
    httpMethod: 'GET',
  }
  await api.putMethod({ ...ids, authorizationType: 'NONE' })
  await api.putIntegration({
    ...ids,
    type: 'HTTP_PROXY',
    integrationHttpMethod: 'GET',
    uri: `https://127.0.0.1:${port}/`,
  })
  await api.createDeployment({ restApiId: ids.restApiId, stageName: 'dev' })
  return ids.restApiId
}
