import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { add, connect, replace, required } from './client.ts'
import { createMockApi, putMock } from './mock-api.ts'

/** Edits of each of the two clients. */
const edits = 40

describe('clients that work on one API at once', () => {
  let gatehouse: Gatehouse
  let api: APIGateway
  let clients: readonly APIGateway[]

  before(async () => {
    gatehouse = await startGatehouse()
    api = connect(gatehouse.url)
    clients = [api, connect(gatehouse.url)]
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  /** Has both clients edit at once, and gives the names of all edits, sorted. */
  async function race(edit: (client: APIGateway, name: string) => Promise<unknown>): Promise<string[]> {
    const work = clients.flatMap((client, who) =>
      Array.from({ length: edits }, async (_, index) => {
        const name = `edit-${who}-${index}`
        await edit(client, name)
        return name
      }),
    )
    return (await Promise.all(work)).sort()
  }

  test('lose no update of a method, its responses and its integration', async () => {
    const { restApiId, rootId: resourceId } = await createMockApi(api)
    const method = { restApiId, resourceId, httpMethod: 'GET' }
    const parameter = (name: string) => `method.request.querystring.${name}`
    let statusCode = 200
    const names = await race(async (client, name) => {
      const response = { ...method, statusCode: String(statusCode++) }
      await Promise.all([
        client.updateMethod({ ...method, patchOperations: [add(`/requestParameters/${parameter(name)}`, 'true')] }),
        client.putMethodResponse(response),
        client.putIntegrationResponse({ ...response, selectionPattern: name }),
        client.updateIntegration({ ...method, patchOperations: [add(`/requestTemplates/text~1${name}`, name)] }),
      ])
    })
    const { requestParameters = {}, methodResponses = {}, methodIntegration = {} } = await api.getMethod(method)
    assert.deepEqual(Object.keys(requestParameters).sort(), names.map(parameter))
    assert.equal(Object.keys(methodResponses).length, names.length)
    const responses = Object.values(methodIntegration.integrationResponses ?? {})
    assert.deepEqual(responses.map(({ selectionPattern }) => selectionPattern).sort(), names)
    assert.deepEqual(Object.values(methodIntegration.requestTemplates ?? {}).sort(), names)
  })

  test('lose no update of the API and of its stage', async () => {
    const { restApiId } = await createMockApi(api)
    await api.createDeployment({ restApiId, stageName: 'dev' })
    const stage = { restApiId, stageName: 'dev' }
    const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`
    const names = await race(async (client, name) => {
      const variable = name.replaceAll('-', '_')
      await Promise.all([
        client.updateRestApi({ restApiId, patchOperations: [add(`/binaryMediaTypes/image~1${name}`)] }),
        client.updateStage({ ...stage, patchOperations: [replace(`/variables/${variable}`, name)] }),
        ...(name.endsWith('1') ? [client.tagResource({ resourceArn, tags: { [name]: '' } })] : []),
      ])
    })
    const { binaryMediaTypes = [], tags = {} } = await api.getRestApi({ restApiId })
    assert.deepEqual(
      binaryMediaTypes.toSorted(),
      names.map((name) => `image/${name}`),
    )
    assert.deepEqual(
      Object.keys(tags).sort(),
      names.filter((name) => name.endsWith('1')),
    )
    assert.deepEqual(Object.values((await api.getStage(stage)).variables ?? {}).sort(), names)
  })

  test('never both create what there can be only one of', async () => {
    const { restApiId, rootId: parentId } = await createMockApi(api)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        (clients[index % 2] ?? api).createResource({ restApiId, parentId, pathPart: 'pets' }),
      ),
    )
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.name] : []))
    assert.deepEqual(refusals, Array(19).fill('ConflictException'))
  })

  test('deploy one state while the API is being overwritten', async () => {
    const { restApiId } = await createMockApi(api)
    const [editor, deployer] = [connect(gatehouse.url), connect(gatehouse.url)]
    const deploymentIds: string[] = []
    let deploying = true

    async function edit() {
      for (let version = 0; deploying; version++) await editor.putRestApi({ restApiId, body: documentOf(version) })
    }
    async function deploy() {
      for (let count = 0; count < 12; count++) {
        deploymentIds.push(required((await deployer.createDeployment({ restApiId, stageName: 'dev' })).id))
      }
      deploying = false
    }
    await api.putRestApi({ restApiId, body: documentOf(0) })
    await Promise.all([edit(), deploy()])

    const served = new Set<string>()
    for (const deploymentId of deploymentIds) {
      const patchOperations = [replace('/deploymentId', deploymentId)]
      await api.updateStage({ restApiId, stageName: 'dev', patchOperations })
      const answers = await Promise.all(
        paths.map((path) => text(`${gatehouse.url}/_aws/execute-api/${restApiId}/dev${path}`)),
      )
      assert.deepEqual([...new Set(answers)].length, 1, `a deployment has parts of several states: ${answers}`)
      for (const answer of answers) served.add(answer)
    }
    assert.ok(served.size > 1, 'the edits and the deployments did not overlap')
  })

  test('see their own writes at once', async () => {
    const { restApiId, rootId } = await createMockApi(api)
    await race(async (client, pathPart) => {
      const { id } = await client.createResource({ restApiId, parentId: rootId, pathPart })
      const resource = { restApiId, resourceId: required(id) }
      await putMock(client, resource)
      assert.deepEqual((await client.getResource(resource)).resourceMethods, { GET: {} })
      await client.deleteMethod({ ...resource, httpMethod: 'GET' })
      assert.equal((await client.getResource(resource)).resourceMethods, undefined)
    })
    assert.equal((await api.getResources({ restApiId, limit: 500 })).items?.length, 2 * edits + 1)
  })
})

const paths = ['/one', '/two', '/three', '/four']

/** An API whose every path answers with the version. */
function documentOf(version: number): Uint8Array {
  const get = {
    responses: { 200: { description: 'The version' } },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: { default: { statusCode: '200', responseTemplates: { 'application/json': String(version) } } },
    },
  }
  const document = {
    openapi: '3.0.1',
    info: { title: 'versions', version: String(version) },
    paths: Object.fromEntries(paths.map((path) => [path, { get }])),
  }
  return new TextEncoder().encode(JSON.stringify(document))
}

async function text(url: string): Promise<string> {
  const response = await fetch(url)
  assert.equal(response.status, 200)
  return response.text()
}
