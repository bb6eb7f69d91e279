import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { badRequest, type FixtureV2, openFixtureV2, refusal } from '../fixture.ts'

let fixture: FixtureV2
beforeEach(async () => {
  fixture = await openFixtureV2()
})
afterEach(() => fixture.close())

describe('integration responses', () => {
  test('are records of WebSocket APIs', async () => {
    const { operations, caller, store } = fixture
    const ApiId = await fixture.createHttpApi({
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    })
    const IntegrationId = await fixture.createIntegration(ApiId, { IntegrationType: 'HTTP' })
    const ids = { ApiId, IntegrationId }
    const settings = { IntegrationResponseKey: '/2\\d\\d/', ResponseTemplates: { $default: '{}' } }
    const response = await operations.CreateIntegrationResponse({ ...ids, ...settings }, caller)
    const { IntegrationResponseId } = response
    assert.deepEqual(response, { IntegrationResponseId, ...settings })
    const changed = { ...ids, IntegrationResponseId, TemplateSelectionExpression: '$default' }
    const updated = await operations.UpdateIntegrationResponse(changed, caller)
    assert.deepEqual(updated, { ...response, TemplateSelectionExpression: '$default' })
    assert.deepEqual(await operations.GetIntegrationResponse({ ...ids, IntegrationResponseId }, caller), updated)
    assert.deepEqual((await operations.GetIntegrationResponses(ids, caller)).Items, [updated])
    await assert.rejects(
      operations.CreateIntegrationResponse({ ...ids, ...settings }, caller),
      refusal('ConflictException', /already exists/),
    )
    await assert.rejects(
      operations.CreateIntegrationResponse({ ...ids, IntegrationResponseKey: '200' }, caller),
      badRequest('Invalid integration response key: 200'),
    )
    await operations.DeleteIntegrationResponse({ ...ids, IntegrationResponseId }, caller)
    await assert.rejects(
      operations.GetIntegrationResponse({ ...ids, IntegrationResponseId }, caller),
      refusal('NotFoundException', `Invalid IntegrationResponse identifier specified ${IntegrationResponseId}`),
    )
    await operations.CreateIntegrationResponse({ ...ids, ...settings }, caller)
    await operations.DeleteIntegration(ids, caller)
    assert.deepEqual(await store.read((reader) => reader.scopes({ name: 'v2-integration-response' })), [])
  })

  test('are not of HTTP APIs', async () => {
    const { operations, caller } = fixture
    const ApiId = await fixture.createHttpApi()
    const IntegrationId = await fixture.createIntegration(ApiId)
    await assert.rejects(
      operations.CreateIntegrationResponse({ ApiId, IntegrationId, IntegrationResponseKey: '$default' }, caller),
      badRequest('IntegrationResponses are currently not supported for this API protocol type.'),
    )
  })
})
