import assert from 'node:assert/strict'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { GetSdkCommand } from '@aws-sdk/client-api-gateway'
import { unzipSync } from 'fflate'
import { type Clients, clientsOf, createApi, createResource, deploy, invokeUrl, putMock } from './api.ts'
import { type Gatehouse, startGatehouse, temporaryFolder } from './gatehouse.ts'

describe('a generated SDK', () => {
  let gatehouse: Gatehouse
  let clients: Clients
  let folder: string
  let restApiId: string
  before(async () => {
    gatehouse = await startGatehouse()
    clients = clientsOf(gatehouse.url)
    folder = await temporaryFolder()
    const api = await createApi(clients, 'Pets')
    restApiId = api.restApiId
    const resourceId = await createResource(clients, restApiId, 'pets')
    await putMock(clients, { restApiId, resourceId, text: '[{"id": 1}]' })
    await deploy(clients, restApiId)
  })
  after(async () => {
    await gatehouse[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  async function install(sdkType: string, asPackage: string): Promise<void> {
    const sdk = await clients.apigateway.send(new GetSdkCommand({ restApiId, stageName: 'dev', sdkType }))
    assert.equal(sdk.contentType, 'application/octet-stream')
    assert.match(
      sdk.contentDisposition ?? '',
      new RegExp(`^attachment; filename="${sdkType}_\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\dZ\\.zip"$`),
    )
    for (const [path, bytes] of Object.entries(unzipSync(sdk.body ?? new Uint8Array()))) {
      const file = join(folder, 'node_modules', asPackage, path.slice(path.indexOf('/')))
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, bytes)
    }
  }

  for (const sdkType of ['javascript', 'typescript']) {
    test(`of type ${sdkType} calls the API`, async () => {
      await install(sdkType, sdkType)
      const { apigClientFactory } = createRequire(join(folder, 'main.js'))(sdkType)
      const pets = apigClientFactory.newClient({ invokeUrl: invokeUrl(clients, restApiId, '') })
      const { status, data } = await pets.petsGet()
      assert.deepEqual([status, data], [200, [{ id: 1 }]])
    })
  }
})
