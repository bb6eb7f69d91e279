import assert from 'node:assert/strict'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import {
  GetSdkCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway'
import { unzipSync } from 'fflate'
import {
  type Clients,
  clientsOf,
  createApi,
  createFunction,
  createResource,
  deploy,
  invokeUrl,
  permit,
  putMock,
} from './api.ts'
import { type Gatehouse, startGatehouse, temporaryFolder } from './gatehouse.ts'
import { run } from './tools.ts'

const busyScript = `
import { apigClientFactory } from 'pets-sdk'

const statuses = []
const client = apigClientFactory.newClient({
  ...JSON.parse(process.argv[2]),
  async fetch(...request) {
    const response = await fetch(...request)
    statuses.push(response.status)
    return response
  },
})
const { status, data } = await client.busyGet().catch((error) => error)
console.log(JSON.stringify({ statuses, status, data }))
`

/** Refuses the first four calls. */
const throttlingFunction = `
let calls = 0
export const handler = async () => ({ statusCode: ++calls < 5 ? 429 : 200, body: JSON.stringify({ calls }) })
`

describe('a generated SDK', () => {
  let gatehouse: Gatehouse
  let clients: Clients
  let folder: string
  let restApiId: string
  let busyId: string
  before(async () => {
    gatehouse = await startGatehouse()
    clients = clientsOf(gatehouse.url)
    folder = await temporaryFolder()
    const api = await createApi(clients, 'Pets')
    restApiId = api.restApiId
    const resourceId = await createResource(clients, restApiId, 'pets')
    await putMock(clients, { restApiId, resourceId, text: '[{"id": 1}]' })
    busyId = await createResource(clients, restApiId, 'busy')
    await putThrottled(busyId)
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

  /** Puts a `GET` that answers 429, by a mock. */
  async function putThrottled(resourceId: string): Promise<void> {
    const method = { restApiId, resourceId, httpMethod: 'GET' }
    const throttled = { ...method, statusCode: '429' }
    const requestTemplates = { 'application/json': '{"statusCode": 429}' }
    const responseTemplates = { 'application/json': '{"message": "Too Many Requests"}' }
    await clients.apigateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }))
    await clients.apigateway.send(new PutMethodResponseCommand(throttled))
    await clients.apigateway.send(new PutIntegrationCommand({ ...method, type: 'MOCK', requestTemplates }))
    await clients.apigateway.send(new PutIntegrationResponseCommand({ ...throttled, responseTemplates }))
  }

  /** Calls `GET /busy` from a process of its own, with nothing but the SDK beside it. */
  async function callBusy(config: object): Promise<{ statuses: number[]; status: number; data: unknown }> {
    await install('javascript', 'pets-sdk')
    await writeFile(join(folder, 'busy.mjs'), busyScript)
    const settings = JSON.stringify({ invokeUrl: invokeUrl(clients, restApiId, ''), ...config })
    const { stdout, stderr, status } = await run(process.execPath, ['busy.mjs', settings], { cwd: folder })
    assert.equal(status, 0, stderr)
    return JSON.parse(stdout)
  }

  test('calls again what is throttled, until it gives up', async () => {
    const throttled = { status: 429, data: { message: 'Too Many Requests' } }
    const retry = { baseDelayMs: 1 }
    assert.deepEqual(await callBusy({ retry }), { statuses: [429, 429, 429], ...throttled })
    assert.deepEqual(await callBusy({ retry: { ...retry, maxAttempts: 1 } }), { statuses: [429], ...throttled })
  })

  test('calls again what is throttled, until it is not', async () => {
    const functionArn = await createFunction(clients, 'busy', throttlingFunction)
    await permit(clients, functionArn, restApiId)
    const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`
    const method = { restApiId, resourceId: busyId, httpMethod: 'GET' }
    await clients.apigateway.send(
      new PutIntegrationCommand({ ...method, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }),
    )
    await deploy(clients, restApiId)
    const answer = await callBusy({ retry: { baseDelayMs: 1, maxAttempts: 9 } })
    assert.deepEqual(answer, { statuses: [429, 429, 429, 429, 200], status: 200, data: { calls: 5 } })
  })
})
