import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { badRequest, type FixtureV2, openFixtureV2, refusal } from '../fixture.ts'

let fixture: FixtureV2
beforeEach(async () => {
  fixture = await openFixtureV2()
})
afterEach(() => fixture.close())

describe('route responses', () => {
  test('are records of WebSocket APIs', async () => {
    const { operations, caller } = fixture
    const ApiId = await fixture.createHttpApi({
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    })
    const RouteId = await fixture.createRoute(ApiId, 'say')
    const ids = { ApiId, RouteId }
    const settings = { RouteResponseKey: '$default', ResponseModels: { $default: 'Message' } }
    const response = await operations.CreateRouteResponse({ ...ids, ...settings }, caller)
    const { RouteResponseId } = response
    assert.deepEqual(response, { RouteResponseId, ...settings })
    const changed = { ...ids, RouteResponseId, ModelSelectionExpression: '$default' }
    const updated = await operations.UpdateRouteResponse(changed, caller)
    assert.deepEqual(updated, { ...response, ModelSelectionExpression: '$default' })
    assert.deepEqual(await operations.GetRouteResponse({ ...ids, RouteResponseId }, caller), updated)
    assert.deepEqual((await operations.GetRouteResponses(ids, caller)).Items, [updated])
    await assert.rejects(
      operations.CreateRouteResponse({ ...ids, RouteResponseKey: '$default' }, caller),
      refusal('ConflictException', /already exists/),
    )
    await operations.DeleteRouteResponse({ ...ids, RouteResponseId }, caller)
    await assert.rejects(
      operations.GetRouteResponse({ ...ids, RouteResponseId }, caller),
      refusal('NotFoundException', `Invalid RouteResponse identifier specified ${RouteResponseId}`),
    )
    await assert.rejects(
      operations.CreateRouteResponse({ ...ids, RouteResponseKey: 'other' }, caller),
      badRequest('Currently, only $default is supported as a RouteResponseKey.'),
    )
  })

  test('are not of HTTP APIs', async () => {
    const { operations, caller } = fixture
    const ApiId = await fixture.createHttpApi()
    const RouteId = await fixture.createRoute(ApiId, 'GET /')
    await assert.rejects(
      operations.CreateRouteResponse({ ApiId, RouteId, RouteResponseKey: '$default' }, caller),
      badRequest('RouteResponses are currently not supported for this API protocol type.'),
    )
  })

  test('go with their route', async () => {
    const { operations, caller, store } = fixture
    const ApiId = await fixture.createHttpApi({
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    })
    const RouteId = await fixture.createRoute(ApiId, 'say')
    await operations.CreateRouteResponse({ ApiId, RouteId, RouteResponseKey: '$default' }, caller)
    await operations.DeleteRoute({ ApiId, RouteId }, caller)
    assert.deepEqual(await store.read((reader) => reader.scopes({ name: 'v2-route-response' })), [])
  })
})
