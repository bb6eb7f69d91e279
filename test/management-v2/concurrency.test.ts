import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connectV2 } from '../http-apis/client.ts'
import { required } from '../management/client.ts'

/** Edits of each of the two clients. */
const edits = 20

describe('clients that work on one HTTP API at once', () => {
  let gatehouse: Gatehouse
  let clients: readonly ApiGatewayV2[]
  let api: ApiGatewayV2
  let ApiId: string

  before(async () => {
    gatehouse = await startGatehouse()
    api = connectV2(gatehouse.url)
    clients = [api, connectV2(gatehouse.url)]
    ApiId = required((await api.createApi({ Name: 'pets', ProtocolType: 'HTTP' })).ApiId)
    await api.createStage({ ApiId, StageName: '$default', AutoDeploy: true })
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  /** Has both clients edit at once, and gives the names of all edits, sorted. */
  async function race(edit: (client: ApiGatewayV2, name: string) => Promise<unknown>): Promise<string[]> {
    const work = clients.flatMap((client, who) =>
      Array.from({ length: edits }, async (_, index) => {
        const name = `edit_${who}_${index}`
        await edit(client, name)
        return name
      }),
    )
    return (await Promise.all(work)).sort()
  }

  test('lose no route and no integration, and deploy them all', async () => {
    const names = await race(async (client, name) => {
      const { IntegrationId } = await client.createIntegration({
        ApiId,
        IntegrationType: 'HTTP_PROXY',
        IntegrationMethod: 'GET',
        IntegrationUri: `https://example.com/${name}`,
      })
      await client.createRoute({ ApiId, RouteKey: `GET /${name}`, Target: `integrations/${IntegrationId}` })
    })
    const { Items: routes = [] } = await api.getRoutes({ ApiId, MaxResults: '500' })
    assert.deepEqual(
      routes.map(({ RouteKey }) => RouteKey).sort(),
      names.map((name) => `GET /${name}`),
    )
    const { DeploymentId, LastDeploymentStatusMessage } = await api.getStage({ ApiId, StageName: '$default' })
    assert.equal(LastDeploymentStatusMessage, `Successfully deployed stage with deployment ID '${DeploymentId}'`)
  })

  test('lose no update of a stage, an integration and the API', async () => {
    const { IntegrationId } = await api.createIntegration({
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'GET',
      IntegrationUri: 'https://example.com',
    })
    const ResourceArn = `arn:aws:apigateway:us-east-1::/apis/${ApiId}`
    const names = await race(async (client, name) => {
      await Promise.all([
        client.updateStage({ ApiId, StageName: '$default', StageVariables: { [name]: name } }),
        client.updateIntegration({ ApiId, IntegrationId, RequestParameters: { [`append:header.${name}`]: name } }),
        client.tagResource({ ResourceArn, Tags: { [name]: '' } }),
      ])
    })
    const { StageVariables = {} } = await api.getStage({ ApiId, StageName: '$default' })
    assert.deepEqual(Object.keys(StageVariables).sort(), names)
    const { RequestParameters = {} } = await api.getIntegration({ ApiId, IntegrationId })
    assert.deepEqual(Object.values(RequestParameters).sort(), names)
    assert.deepEqual(Object.keys((await api.getApi({ ApiId })).Tags ?? {}).sort(), names)
  })

  test('never both create what there can be only one of', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        (clients[index % 2] ?? api).createRoute({ ApiId, RouteKey: `ANY /{v${index}}` }),
      ),
    )
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.name] : []))
    assert.deepEqual(refusals, Array(9).fill('ConflictException'))
  })

  test('see what they deployed as soon as it is deployed', async () => {
    await race(async (client, name) => {
      await client.createRoute({ ApiId, RouteKey: `GET /seen/${name}` })
      // A route without integration answers 500, and where there is no route, 404.
      const { status } = await fetch(`${gatehouse.url}/_aws/execute-api/${ApiId}/seen/${name}`)
      assert.equal(status, 500)
    })
  })
})
