import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { startMs } from '../../apigateway/fixture.ts'
import {
  badRequest,
  type FixtureV2,
  functionArn,
  functionUri,
  openFixtureV2,
  refusal,
  roleArn,
  webSocket,
} from '../fixture.ts'
import type { Request } from '../operations.ts'
import { snapshots } from './deployment.ts'

let fixture: FixtureV2
let ApiId: string
beforeEach(async () => {
  fixture = await openFixtureV2()
  ApiId = await fixture.createHttpApi()
})
afterEach(() => fixture.close())

const snapshot = (deploymentId = '') =>
  fixture.store.read((reader) => reader.get(snapshots, '123456789012/us-east-1', `${ApiId}/${deploymentId}`))

async function createAuthorizer(settings: Partial<Request<'CreateAuthorizer'>>): Promise<string> {
  const request: Request<'CreateAuthorizer'> = {
    ApiId,
    Name: 'who',
    AuthorizerType: 'REQUEST',
    AuthorizerUri: functionUri,
    AuthorizerPayloadFormatVersion: '2.0',
    IdentitySource: ['$request.header.x'],
    ...settings,
  }
  return (await fixture.operations.CreateAuthorizer(request, fixture.caller)).AuthorizerId
}

describe('CreateDeployment', () => {
  test('freezes the API as it stands', async () => {
    const { operations, caller } = fixture
    await operations.UpdateApi(
      { ApiId, CorsConfiguration: { AllowOrigins: ['*'], MaxAge: 5 }, DisableExecuteApiEndpoint: true },
      caller,
    )
    const web = await fixture.createIntegration(ApiId, {
      RequestParameters: { 'append:header.a': 'b' },
      ResponseParameters: { 500: { 'overwrite:statuscode': '502' } },
      TimeoutInMillis: 50,
    })
    const lambda = await fixture.createIntegration(ApiId, {
      IntegrationType: 'AWS_PROXY',
      IntegrationMethod: 'POST',
      IntegrationUri: functionArn,
      PayloadFormatVersion: '2.0',
    })
    const link = await fixture.createIntegration(ApiId, {
      IntegrationUri: 'arn:aws:servicediscovery:us-east-1:123456789012:service/srv-1',
      ConnectionType: 'VPC_LINK',
      ConnectionId: '${stageVariables.link}',
      TlsConfig: { ServerNameToVerify: 'inner.example.com' },
    })
    const queue = await fixture.createIntegration(ApiId, {
      IntegrationType: 'AWS_PROXY',
      IntegrationSubtype: 'SQS-PurgeQueue',
      IntegrationUri: '',
      IntegrationMethod: '',
      PayloadFormatVersion: '1.0',
      CredentialsArn: roleArn,
      RequestParameters: { QueueUrl: 'https://sqs.example.com/q' },
    })
    const tokens = await createAuthorizer({
      AuthorizerType: 'JWT',
      AuthorizerUri: '',
      AuthorizerPayloadFormatVersion: '',
      JwtConfiguration: { Issuer: 'https://issuer.example.com', Audience: ['me'] },
    })
    const decider = await createAuthorizer({ EnableSimpleResponses: true, AuthorizerResultTtlInSeconds: 60 })
    const routeIds = [
      await fixture.createRoute(ApiId, '$default', { Target: `integrations/${web}` }),
      await fixture.createRoute(ApiId, 'DELETE /queue', {
        Target: `integrations/${queue}`,
        AuthorizationType: 'AWS_IAM',
      }),
      await fixture.createRoute(ApiId, 'GET /', {
        Target: `integrations/${lambda}`,
        AuthorizationType: 'JWT',
        AuthorizerId: tokens,
        AuthorizationScopes: ['read'],
        OperationName: 'root',
      }),
      await fixture.createRoute(ApiId, 'GET /inner', {
        Target: `integrations/${link}`,
        AuthorizationType: 'CUSTOM',
        AuthorizerId: decider,
      }),
      await fixture.createRoute(ApiId, 'GET /nowhere'),
    ]
    const deployment = await operations.CreateDeployment({ ApiId, Description: 'One' }, caller)
    const { DeploymentId = '' } = deployment
    assert.deepEqual(deployment, {
      DeploymentId,
      AutoDeployed: false,
      CreatedDate: new Date(startMs),
      DeploymentStatus: 'DEPLOYED',
      Description: 'One',
    })
    assert.deepEqual(await operations.GetDeployment({ ApiId, DeploymentId }, caller), deployment)
    const none = { requestParameters: {}, responseParameters: {} }
    assert.deepEqual(await snapshot(DeploymentId), {
      apiId: ApiId,
      name: 'pets',
      disableExecuteApiEndpoint: true,
      cors: { allowOrigins: ['*'], maxAge: 5 },
      routes: [
        {
          routeId: routeIds[0],
          routeKey: '$default',
          integration: {
            integrationId: web,
            type: 'HTTP_PROXY',
            uri: 'https://example.com',
            method: 'ANY',
            payloadFormatVersion: '1.0',
            timeoutInMillis: 50,
            requestParameters: { 'append:header.a': 'b' },
            responseParameters: { 500: { 'overwrite:statuscode': '502' } },
          },
        },
        {
          routeId: routeIds[1],
          routeKey: 'DELETE /queue',
          authorizer: { type: 'AWS_IAM' },
          integration: {
            integrationId: queue,
            type: 'AWS_PROXY',
            subtype: 'SQS-PurgeQueue',
            credentialsArn: roleArn,
            payloadFormatVersion: '1.0',
            timeoutInMillis: 30_000,
            requestParameters: { QueueUrl: 'https://sqs.example.com/q' },
            responseParameters: {},
          },
        },
        {
          routeId: routeIds[2],
          routeKey: 'GET /',
          operationName: 'root',
          authorizer: {
            type: 'JWT',
            authorizerId: tokens,
            issuer: 'https://issuer.example.com',
            audience: ['me'],
            identitySource: ['$request.header.x'],
            scopes: ['read'],
          },
          integration: {
            integrationId: lambda,
            type: 'AWS_PROXY',
            uri: functionArn,
            method: 'POST',
            payloadFormatVersion: '2.0',
            timeoutInMillis: 30_000,
            ...none,
          },
        },
        {
          routeId: routeIds[3],
          routeKey: 'GET /inner',
          authorizer: {
            type: 'REQUEST',
            authorizerId: decider,
            uri: functionUri,
            identitySource: ['$request.header.x'],
            payloadFormatVersion: '2.0',
            enableSimpleResponses: true,
            resultTtlInSeconds: 60,
          },
          integration: {
            integrationId: link,
            type: 'HTTP_PROXY',
            uri: 'arn:aws:servicediscovery:us-east-1:123456789012:service/srv-1',
            method: 'ANY',
            connectionId: '${stageVariables.link}',
            payloadFormatVersion: '1.0',
            timeoutInMillis: 30_000,
            ...none,
            serverNameToVerify: 'inner.example.com',
          },
        },
        { routeId: routeIds[4], routeKey: 'GET /nowhere' },
      ],
    })
  })

  test('goes to a stage', async () => {
    const { operations, caller } = fixture
    await fixture.createRoute(ApiId, 'GET /')
    await operations.CreateStage({ ApiId, StageName: 'dev' }, caller)
    const { DeploymentId } = await operations.CreateDeployment({ ApiId, StageName: 'dev' }, caller)
    assert.equal((await operations.GetStage({ ApiId, StageName: 'dev' }, caller)).DeploymentId, DeploymentId)
  })

  test('refuses an API without routes', async () => {
    const { operations, caller } = fixture
    const sockets = await fixture.createHttpApi(webSocket)
    for (const [apiId, message] of [
      [ApiId, 'Unable to deploy API because no routes exist in this API'],
      [sockets, 'At least one route is required before deploying the Api.'],
    ] as const) {
      await assert.rejects(operations.CreateDeployment({ ApiId: apiId }, caller), badRequest(message))
    }
  })

  test('refuses a stage that is not there, and one that deploys every change', async () => {
    const { operations, caller } = fixture
    await fixture.createRoute(ApiId, 'GET /')
    await assert.rejects(
      operations.CreateDeployment({ ApiId, StageName: 'dev' }, caller),
      refusal('NotFoundException', 'Invalid stage identifier specified'),
    )
    await operations.CreateStage({ ApiId, StageName: 'dev', AutoDeploy: true }, caller)
    await assert.rejects(operations.CreateDeployment({ ApiId, StageName: 'dev' }, caller), badRequest(/Auto Deploy/))
  })

  test('refuses credentials that nobody has, by name', async () => {
    const { operations, caller } = fixture
    const callers = 'arn:aws:iam::*:user/*'
    const decider = await createAuthorizer({ AuthorizerCredentialsArn: callers })
    await fixture.createRoute(ApiId, 'GET /one', { AuthorizationType: 'CUSTOM', AuthorizerId: decider })
    const lambda = { IntegrationType: 'AWS_PROXY', IntegrationUri: functionArn, PayloadFormatVersion: '2.0' } as const
    const withRole = await fixture.createIntegration(ApiId, { ...lambda, CredentialsArn: roleArn })
    await fixture.createRoute(ApiId, 'GET /two', { Target: `integrations/${withRole}` })
    const asCaller = await fixture.createIntegration(ApiId, { ...lambda, CredentialsArn: callers })
    await fixture.createRoute(ApiId, 'GET /three', { Target: `integrations/${asCaller}` })
    await fixture.createRoute(ApiId, 'GET /four', { Target: `integrations/${asCaller}`, AuthorizationType: 'AWS_IAM' })
    const message = [
      `Cannot deploy: route GET /one has an authorizer with credentials ${callers}, but nobody has signed yet`,
      `route GET /three has an integration with credentials ${callers}, but its callers do not sign`,
    ].join('; ')
    await assert.rejects(operations.CreateDeployment({ ApiId }, caller), badRequest(message))
  })

  test('refuses WebSocket APIs', async () => {
    ApiId = await fixture.createHttpApi(webSocket)
    await fixture.createRoute(ApiId, '$connect')
    await assert.rejects(
      fixture.operations.CreateDeployment({ ApiId }, fixture.caller),
      badRequest('Cannot deploy: the API is a WebSocket API, which this version does not serve'),
    )
  })
})

describe('automatic deployments', () => {
  const stages = ['$default', 'dev']
  beforeEach(async () => {
    for (const StageName of stages) {
      await fixture.operations.CreateStage({ ApiId, StageName, AutoDeploy: true }, fixture.caller)
    }
  })

  /** What both stages serve now. */
  async function deployed() {
    const { operations, caller } = fixture
    const [one, other] = (await operations.GetStages({ ApiId }, caller)).Items
    assert.equal(one?.DeploymentId, other?.DeploymentId)
    return snapshot(one?.DeploymentId)
  }

  test('follow every change of the API', async () => {
    const { operations, caller } = fixture
    assert.equal(await deployed(), undefined)
    const RouteId = await fixture.createRoute(ApiId, 'GET /')
    assert.deepEqual((await deployed())?.routes, [{ routeId: RouteId, routeKey: 'GET /' }])
    const IntegrationId = await fixture.createIntegration(ApiId)
    await operations.UpdateRoute({ ApiId, RouteId, Target: `integrations/${IntegrationId}` }, caller)
    await operations.UpdateIntegration({ ApiId, IntegrationId, TimeoutInMillis: 77 }, caller)
    assert.equal((await deployed())?.routes[0]?.integration?.timeoutInMillis, 77)
    const AuthorizerId = await createAuthorizer({})
    await operations.UpdateRoute({ ApiId, RouteId, AuthorizationType: 'CUSTOM', AuthorizerId }, caller)
    await operations.UpdateAuthorizer({ ApiId, AuthorizerId, AuthorizerPayloadFormatVersion: '1.0' }, caller)
    const authorizer = (await deployed())?.routes[0]?.authorizer
    assert.equal(authorizer?.type === 'REQUEST' && authorizer.payloadFormatVersion, '1.0')
    await operations.UpdateApi({ ApiId, CorsConfiguration: { AllowOrigins: ['*'] } }, caller)
    assert.deepEqual((await deployed())?.cors, { allowOrigins: ['*'] })
    await operations.DeleteCorsConfiguration({ ApiId }, caller)
    assert.equal((await deployed())?.cors, undefined)
    await operations.DeleteRoute({ ApiId, RouteId }, caller)
    assert.deepEqual((await deployed())?.routes, [])
  })

  test('are told of as such', async () => {
    const { operations, caller } = fixture
    await fixture.createRoute(ApiId, 'GET /')
    const [deployment, ...others] = (await operations.GetDeployments({ ApiId }, caller)).Items
    assert.deepEqual(others, [])
    assert.deepEqual(deployment, {
      DeploymentId: deployment?.DeploymentId,
      AutoDeployed: true,
      CreatedDate: new Date(startMs),
      DeploymentStatus: 'DEPLOYED',
      Description: 'Automatic deployment triggered by changes to the Api configuration',
    })
  })

  test('that fail leave the stage as it was, and are told of', async () => {
    const { operations, caller } = fixture
    const RouteId = await fixture.createRoute(ApiId, 'GET /')
    const before = await deployed()
    const AuthorizerId = await createAuthorizer({ AuthorizerCredentialsArn: 'arn:aws:iam::*:user/*' })
    await operations.UpdateRoute({ ApiId, RouteId, AuthorizationType: 'CUSTOM', AuthorizerId }, caller)
    assert.deepEqual(await deployed(), before)
    const { LastDeploymentStatusMessage = '' } = await operations.GetStage({ ApiId, StageName: 'dev' }, caller)
    assert.match(LastDeploymentStatusMessage, /^Deployment attempt failed: Cannot deploy: route GET \//)
    const failed = (await operations.GetDeployments({ ApiId }, caller)).Items.filter(
      ({ DeploymentStatus }) => DeploymentStatus === 'FAILED',
    )
    assert.equal(failed.length, 1)
    await assert.rejects(
      operations.CreateStage({ ApiId, StageName: 'old', DeploymentId: failed[0]?.DeploymentId ?? '' }, caller),
      badRequest(/has failed$/),
    )
  })

  test('are forgotten after a hundred, but for those that are served', async () => {
    const { operations, caller } = fixture
    await fixture.createRoute(ApiId, 'GET /')
    const [first] = (await operations.GetDeployments({ ApiId }, caller)).Items
    const StageName = 'pinned'
    await operations.CreateStage({ ApiId, StageName, DeploymentId: first?.DeploymentId ?? '' }, caller)
    for (let index = 0; index < 103; index++) {
      fixture.wait(1)
      await operations.UpdateApi({ ApiId, Description: `${index}` }, caller)
    }
    const { Items } = await operations.GetDeployments({ ApiId, MaxResults: '500' }, caller)
    assert.equal(Items.length, 102)
    assert.equal(Items[0]?.DeploymentId, first?.DeploymentId)
    assert.ok(await snapshot(first?.DeploymentId))
    assert.ok(await deployed())
  })
})

test('UpdateDeployment describes, and DeleteDeployment deletes what no stage serves', async () => {
  const { operations, caller } = fixture
  await fixture.createRoute(ApiId, 'GET /')
  const { DeploymentId = '' } = await operations.CreateDeployment({ ApiId }, caller)
  const described = await operations.UpdateDeployment({ ApiId, DeploymentId, Description: 'One' }, caller)
  assert.equal(described.Description, 'One')
  await operations.CreateStage({ ApiId, StageName: 'dev', DeploymentId }, caller)
  await assert.rejects(
    operations.DeleteDeployment({ ApiId, DeploymentId }, caller),
    badRequest('Active stages pointing to this deployment must be moved or deleted'),
  )
  await operations.DeleteStage({ ApiId, StageName: 'dev' }, caller)
  await operations.DeleteDeployment({ ApiId, DeploymentId }, caller)
  const unknown = refusal('NotFoundException', `Invalid Deployment identifier specified ${DeploymentId}`)
  await assert.rejects(operations.GetDeployment({ ApiId, DeploymentId }, caller), unknown)
  assert.equal(await snapshot(DeploymentId), undefined)
})
