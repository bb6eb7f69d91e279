import assert from 'node:assert/strict'
import { type Fixture, openFixture, startMs } from '../apigateway/fixture.ts'
import { apiGatewayV2Operations } from './api-gateway-v2-operations.ts'
import type { Request } from './operations.ts'

/** The built operations of both versions over an empty store, for tests. */
export interface FixtureV2 extends Omit<Fixture, 'operations'> {
  readonly rest: Fixture['operations']
  readonly operations: ReturnType<typeof apiGatewayV2Operations>
  /** Creates an HTTP API, unless told otherwise, and gives its id. */
  createHttpApi(settings?: Partial<Request<'CreateApi'>>): Promise<string>
  /** Creates an integration with a public URL, unless told otherwise, and gives its id. */
  createIntegration(apiId: string, settings?: Partial<Request<'CreateIntegration'>>): Promise<string>
  /** Creates a route, and gives its id. */
  createRoute(apiId: string, routeKey: string, settings?: Partial<Request<'CreateRoute'>>): Promise<string>
}

export const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:pets'
export const functionUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`
export const roleArn = 'arn:aws:iam::123456789012:role/gateway'

/** What makes a WebSocket API of a new API. */
export const webSocket = { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } as const

/** Ids count upwards, and the clock moves only by `wait`. */
export async function openFixtureV2(): Promise<FixtureV2> {
  const { operations: rest, wait, ...fixture } = await openFixture()
  let drawn = 0
  let nowMs = startMs
  const operations = apiGatewayV2Operations({
    store: fixture.store,
    cipher: fixture.cipher,
    now: () => new Date(nowMs),
    newId: (length) => `v${String(drawn++).padStart(length - 1, '0')}`,
  })
  const { caller } = fixture
  return {
    ...fixture,
    rest,
    operations,
    wait(ms) {
      nowMs += ms
      wait(ms)
    },
    async createHttpApi(settings = {}) {
      const { ApiId = '' } = await operations.CreateApi({ Name: 'pets', ProtocolType: 'HTTP', ...settings }, caller)
      return ApiId
    },
    async createIntegration(ApiId, settings = {}) {
      const backend = { IntegrationMethod: 'ANY', IntegrationUri: 'https://example.com', ...settings }
      const { IntegrationType = 'HTTP_PROXY' } = settings
      const { IntegrationId } = await operations.CreateIntegration({ ...backend, ApiId, IntegrationType }, caller)
      return IntegrationId
    },
    async createRoute(ApiId, RouteKey, settings = {}) {
      const { RouteId } = await operations.CreateRoute({ ApiId, RouteKey, ...settings }, caller)
      return RouteId
    },
  }
}

/** The refusal of a request that makes no sense to the service. */
export function badRequest(message: string | RegExp): (error: unknown) => boolean {
  return refusal('BadRequestException', message)
}

/** A refusal with this code and text. */
export function refusal(code: string, message: string | RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof Error && 'code' in error, String(error))
    assert.equal(error.code, code, error.message)
    if (typeof message === 'string') assert.equal(error.message, message)
    else assert.match(error.message, message)
    return true
  }
}
