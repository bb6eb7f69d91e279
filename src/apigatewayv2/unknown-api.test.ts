import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixtureV2, refusal } from './fixture.ts'
import type { Request } from './operations.ts'

const fixture = await openFixtureV2()
after(fixture.close)

const { operations, caller } = fixture
const ApiId = 'nothing'
const ids = {
  ApiId,
  RouteId: 'r',
  IntegrationId: 'i',
  AuthorizerId: 'a',
  ModelId: 'm',
  DeploymentId: 'd',
  StageName: 's',
  RouteResponseId: 'rr',
  IntegrationResponseId: 'ir',
  RouteKey: 'GET /',
  RequestParameterKey: 'k',
}
const integration: Request<'CreateIntegration'> = { ApiId, IntegrationType: 'MOCK' }
const authorizer: Request<'CreateAuthorizer'> = { ApiId, Name: 'a', AuthorizerType: 'JWT', IdentitySource: [] }

/** Every operation on an API, and on what belongs to one. */
const calls: Readonly<Record<string, () => Promise<unknown>>> = {
  GetApi: () => operations.GetApi(ids, caller),
  UpdateApi: () => operations.UpdateApi({ ApiId }, caller),
  DeleteApi: () => operations.DeleteApi(ids, caller),
  DeleteCorsConfiguration: () => operations.DeleteCorsConfiguration(ids, caller),
  CreateRoute: () => operations.CreateRoute({ ApiId, RouteKey: 'GET /' }, caller),
  GetRoute: () => operations.GetRoute(ids, caller),
  GetRoutes: () => operations.GetRoutes({ ApiId }, caller),
  UpdateRoute: () => operations.UpdateRoute({ ApiId, RouteId: 'r' }, caller),
  DeleteRoute: () => operations.DeleteRoute(ids, caller),
  DeleteRouteRequestParameter: () => operations.DeleteRouteRequestParameter(ids, caller),
  CreateRouteResponse: () => operations.CreateRouteResponse({ ApiId, RouteId: 'r', RouteResponseKey: 'k' }, caller),
  GetRouteResponse: () => operations.GetRouteResponse(ids, caller),
  GetRouteResponses: () => operations.GetRouteResponses({ ApiId, RouteId: 'r' }, caller),
  UpdateRouteResponse: () => operations.UpdateRouteResponse({ ApiId, RouteId: 'r', RouteResponseId: 'x' }, caller),
  DeleteRouteResponse: () => operations.DeleteRouteResponse(ids, caller),
  CreateIntegration: () => operations.CreateIntegration(integration, caller),
  GetIntegration: () => operations.GetIntegration(ids, caller),
  GetIntegrations: () => operations.GetIntegrations({ ApiId }, caller),
  UpdateIntegration: () => operations.UpdateIntegration({ ApiId, IntegrationId: 'i' }, caller),
  DeleteIntegration: () => operations.DeleteIntegration(ids, caller),
  CreateIntegrationResponse: () =>
    operations.CreateIntegrationResponse({ ApiId, IntegrationId: 'i', IntegrationResponseKey: 'k' }, caller),
  GetIntegrationResponse: () => operations.GetIntegrationResponse(ids, caller),
  GetIntegrationResponses: () => operations.GetIntegrationResponses({ ApiId, IntegrationId: 'i' }, caller),
  UpdateIntegrationResponse: () =>
    operations.UpdateIntegrationResponse({ ApiId, IntegrationId: 'i', IntegrationResponseId: 'x' }, caller),
  DeleteIntegrationResponse: () => operations.DeleteIntegrationResponse(ids, caller),
  CreateAuthorizer: () => operations.CreateAuthorizer(authorizer, caller),
  GetAuthorizer: () => operations.GetAuthorizer(ids, caller),
  GetAuthorizers: () => operations.GetAuthorizers({ ApiId }, caller),
  UpdateAuthorizer: () => operations.UpdateAuthorizer({ ApiId, AuthorizerId: 'a' }, caller),
  DeleteAuthorizer: () => operations.DeleteAuthorizer(ids, caller),
  CreateModel: () => operations.CreateModel({ ApiId, Name: 'm', Schema: '{}' }, caller),
  GetModel: () => operations.GetModel(ids, caller),
  GetModels: () => operations.GetModels({ ApiId }, caller),
  GetModelTemplate: () => operations.GetModelTemplate(ids, caller),
  UpdateModel: () => operations.UpdateModel({ ApiId, ModelId: 'm' }, caller),
  DeleteModel: () => operations.DeleteModel(ids, caller),
  CreateDeployment: () => operations.CreateDeployment({ ApiId }, caller),
  GetDeployment: () => operations.GetDeployment(ids, caller),
  GetDeployments: () => operations.GetDeployments({ ApiId }, caller),
  UpdateDeployment: () => operations.UpdateDeployment({ ApiId, DeploymentId: 'd' }, caller),
  DeleteDeployment: () => operations.DeleteDeployment(ids, caller),
  CreateStage: () => operations.CreateStage({ ApiId, StageName: 's' }, caller),
  GetStage: () => operations.GetStage(ids, caller),
  GetStages: () => operations.GetStages({ ApiId }, caller),
  UpdateStage: () => operations.UpdateStage({ ApiId, StageName: 's' }, caller),
  DeleteStage: () => operations.DeleteStage(ids, caller),
  DeleteAccessLogSettings: () => operations.DeleteAccessLogSettings(ids, caller),
  DeleteRouteSettings: () => operations.DeleteRouteSettings(ids, caller),
  ResetAuthorizersCache: () => operations.ResetAuthorizersCache(ids, caller),
}

describe('an API that is not there', () => {
  for (const [name, call] of Object.entries(calls)) {
    test(`is not found by ${name}`, () =>
      assert.rejects(call(), refusal('NotFoundException', `Invalid API identifier specified ${ApiId}`)))
  }
})
