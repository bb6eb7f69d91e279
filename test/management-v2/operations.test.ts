import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as Sdk from '@aws-sdk/client-apigatewayv2'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connectV2 } from '../http-apis/client.ts'
import { connect, recordAnswers, required } from '../management/client.ts'
import { walkApis, walkVpcLinks } from './walks/apis.ts'
import { walkDefinition, walkWebSocketRecords } from './walks/definition.ts'
import { walkDocuments } from './walks/documents.ts'
import { walkDomains } from './walks/domains.ts'
import { walkStages } from './walks/stages.ts'

const walks = { walkApis, walkVpcLinks, walkDefinition, walkWebSocketRecords, walkStages, walkDocuments }

describe('every operation of the management API of HTTP APIs', () => {
  let gatehouse: Gatehouse
  let api: Sdk.ApiGatewayV2
  let answered: ReadonlySet<string>

  before(async () => {
    gatehouse = await startGatehouse()
    api = connectV2(gatehouse.url)
    answered = recordAnswers(api)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  for (const [name, walk] of Object.entries(walks)) {
    test(`answers the SDK: ${name}`, () => walk(api))
  }

  test('answers the SDK: walkDomains', async () => walkDomains(api, await restTarget(gatehouse.url)))

  test('is among those above, but for the developer portals', () => {
    const operations = Object.keys(Sdk)
      .filter((name) => name.endsWith('Command') && !name.startsWith('$'))
      .map((name) => name.slice(0, -'Command'.length))
    assert.equal(operations.length, 103)
    const unbuilt = operations.filter((name) => !answered.has(name))
    assert.deepEqual(unbuilt, operations.filter(isOfPortals))
    assert.equal(unbuilt.length, 26)
  })

  test('of the developer portals is not built, and says so', () =>
    assert.rejects(api.listPortals({}), {
      name: 'NotImplementedException',
      message: 'The operation ListPortals of apigatewayv2 is not implemented.',
    }))
})

function isOfPortals(operation: string): boolean {
  return /Portal|Product(Rest|Page)/.test(operation)
}

/** A stage of a REST API, for the routing rules. */
async function restTarget(url: string) {
  const rest = connect(url)
  const created = await rest.createRestApi({ name: 'ruled', endpointConfiguration: { types: ['REGIONAL'] } })
  const restApiId = required(created.id)
  const ids = { restApiId, resourceId: required(created.rootResourceId), httpMethod: 'GET' }
  await rest.putMethod({ ...ids, authorizationType: 'NONE' })
  await rest.putIntegration({ ...ids, type: 'MOCK' })
  await rest.createDeployment({ restApiId, stageName: 'dev' })
  return { ApiId: restApiId, Stage: 'dev' }
}
