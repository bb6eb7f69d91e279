import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connectV2 } from '../http-apis/client.ts'
import { required } from '../management/client.ts'

interface List {
  readonly Items?: readonly object[] | undefined
  readonly NextToken?: string | undefined
}

type Read = (page: { MaxResults?: string; NextToken?: string }) => Promise<List>

const names = ['one', 'two', 'three']

describe('lists of the management API of HTTP APIs', () => {
  let gatehouse: Gatehouse
  let api: ApiGatewayV2
  let ApiId: string
  let chatId: string
  let IntegrationId: string

  before(async () => {
    gatehouse = await startGatehouse()
    api = connectV2(gatehouse.url)
    ApiId = required((await api.createApi({ Name: 'pets', ProtocolType: 'HTTP' })).ApiId)
    for (const name of names) await addChildren(name)
    await populateChat()
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  async function addChildren(name: string): Promise<void> {
    await api.createApi({ Name: name, ProtocolType: 'HTTP' })
    await api.createVpcLink({ Name: name, SubnetIds: ['subnet-1'] })
    await api.createRoute({ ApiId, RouteKey: `GET /${name}` })
    await api.createIntegration({
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'GET',
      IntegrationUri: 'https://example.com',
    })
    await api.createAuthorizer({
      ApiId,
      Name: name,
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://issuer.example.com', Audience: ['a'] },
    })
    await api.createModel({ ApiId, Name: name, Schema: '{}' })
    await api.createDeployment({ ApiId })
    await api.createStage({ ApiId, StageName: name })
  }

  async function populateChat(): Promise<void> {
    const protocol = { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } as const
    chatId = required((await api.createApi({ Name: 'chat', ...protocol })).ApiId)
    const created = await api.createIntegration({ ApiId: chatId, IntegrationType: 'MOCK' })
    IntegrationId = required(created.IntegrationId)
    for (const name of names) {
      const response = { ApiId: chatId, IntegrationId, IntegrationResponseKey: `/${name}/` }
      await api.createIntegrationResponse(response)
    }
  }

  // A route has one response at most.
  const lists: Readonly<Record<string, Read>> = {
    getApis: (page) => api.getApis(page),
    getVpcLinks: (page) => api.getVpcLinks(page),
    getRoutes: (page) => api.getRoutes({ ApiId, ...page }),
    getIntegrations: (page) => api.getIntegrations({ ApiId, ...page }),
    getIntegrationResponses: (page) => api.getIntegrationResponses({ ApiId: chatId, IntegrationId, ...page }),
    getAuthorizers: (page) => api.getAuthorizers({ ApiId, ...page }),
    getModels: (page) => api.getModels({ ApiId, ...page }),
    getDeployments: (page) => api.getDeployments({ ApiId, ...page }),
    getStages: (page) => api.getStages({ ApiId, ...page }),
  }

  for (const [name, read] of Object.entries(lists)) {
    test(`${name} gives the same one by one as all at once`, async () => {
      const { Items: all = [], NextToken: end } = await read({ MaxResults: '500' })
      assert.ok(all.length >= 3, `there are ${all.length}`)
      assert.equal(end, undefined)
      const single: object[] = []
      let NextToken: string | undefined
      do {
        const page = await read({ MaxResults: '1', ...(NextToken !== undefined && { NextToken }) })
        assert.equal(page.Items?.length, 1)
        single.push(...(page.Items ?? []))
        NextToken = page.NextToken
      } while (NextToken !== undefined)
      assert.deepEqual(single, all)
    })

    test(`${name} refuses tokens and numbers that are none`, async () => {
      for (const page of [{ NextToken: '???' }, { MaxResults: 'many' }, { MaxResults: '0' }]) {
        await assert.rejects(read(page), { name: 'BadRequestException' })
      }
    })
  }
})
