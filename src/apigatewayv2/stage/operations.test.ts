import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { startMs } from '../../apigateway/fixture.ts'
import { badRequest, type FixtureV2, openFixtureV2, refusal, webSocket } from '../fixture.ts'
import type { Request } from '../operations.ts'
import { listHttpStageChanges, listServedHttpApis, readHttpStageChange } from './stage-change.ts'

type Settings = Omit<Request<'CreateStage'>, 'ApiId'>

let fixture: FixtureV2
let ApiId: string
beforeEach(async () => {
  fixture = await openFixtureV2()
  ApiId = await fixture.createHttpApi()
})
afterEach(() => fixture.close())

const scope = '123456789012/us-east-1'
const create = (settings: Settings) => fixture.operations.CreateStage({ ApiId, ...settings }, fixture.caller)
const served = (stageName: string) =>
  fixture.store.read((reader) => readHttpStageChange(reader, scope, `${ApiId}/${stageName}`))

async function deploy(): Promise<string> {
  const { DeploymentId = '' } = await fixture.operations.CreateDeployment({ ApiId }, fixture.caller)
  return DeploymentId
}

describe('CreateStage', () => {
  test('fills in what the request leaves open', async () => {
    const stage = await create({ StageName: 'dev' })
    assert.deepEqual(stage, {
      StageName: 'dev',
      DefaultRouteSettings: { DetailedMetricsEnabled: false },
      RouteSettings: {},
      StageVariables: {},
      Tags: {},
      CreatedDate: new Date(startMs),
      LastUpdatedDate: new Date(startMs),
    })
    assert.deepEqual(await fixture.operations.GetStage({ ApiId, StageName: 'dev' }, fixture.caller), stage)
  })

  test('serves no route of an HTTP API before there is a deployment', async () => {
    await create({ StageName: 'dev' })
    const { stage } = await served('dev')
    assert.deepEqual(
      [stage?.stageName, stage?.deploymentId, stage?.api],
      ['dev', undefined, { apiId: ApiId, name: 'pets', disableExecuteApiEndpoint: false, routes: [] }],
    )
    ApiId = await fixture.createHttpApi(webSocket)
    await create({ StageName: 'dev' })
    assert.deepEqual(await served('dev'), { apiId: ApiId, stageName: 'dev' })
  })

  test('serves a deployment under settings of its own', async () => {
    await fixture.createRoute(ApiId, 'GET /')
    await fixture.createRoute(ApiId, 'POST /')
    const DeploymentId = await deploy()
    await create({
      StageName: '$default',
      DeploymentId,
      StageVariables: { edition: 'two' },
      DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 3 },
      RouteSettings: { 'GET /': { ThrottlingRateLimit: 0.5 }, 'POST /': { DetailedMetricsEnabled: false } },
    })
    const { stage } = await served('$default')
    assert.deepEqual(
      { ...stage, api: stage?.api.routes.map(({ routeKey }) => routeKey) },
      {
        protocolType: 'HTTP',
        account: '123456789012',
        region: 'us-east-1',
        stageName: '$default',
        deploymentId: DeploymentId,
        variables: { edition: 'two' },
        defaultThrottling: { rateLimit: 5, burstLimit: 3 },
        throttling: {
          'GET /': { rateLimit: 0.5, burstLimit: 5000 },
          'POST /': { rateLimit: 10_000, burstLimit: 5000 },
        },
        api: ['GET /', 'POST /'],
      },
    )
    const all = await fixture.store.read(listHttpStageChanges)
    assert.deepEqual(all, [{ apiId: ApiId, stageName: '$default', stage }])
    assert.deepEqual([...(await fixture.store.read(listServedHttpApis))], [ApiId])
  })

  test('deploys at once what deploys every change, if there is anything', async () => {
    const empty = await create({ StageName: 'empty', AutoDeploy: true })
    assert.deepEqual(
      [empty.DeploymentId, empty.LastDeploymentStatusMessage],
      [undefined, 'Deployment attempt failed: Unable to deploy API because no routes exist in this API'],
    )
    assert.deepEqual((await fixture.operations.GetDeployments({ ApiId }, fixture.caller)).Items, [])
    await fixture.createRoute(ApiId, 'GET /')
    const { DeploymentId, LastDeploymentStatusMessage } = await create({ StageName: 'full', AutoDeploy: true })
    assert.equal(LastDeploymentStatusMessage, `Successfully deployed stage with deployment ID '${DeploymentId}'`)
  })

  const refusals: [name: string, settings: Settings, message: string | RegExp][] = [
    ['a name with other characters', { StageName: 'a b' }, 'Stage name only allows a-zA-Z0-9_'],
    ['another $ name', { StageName: '$live' }, 'Stage name only allows a-zA-Z0-9_'],
    [
      'a variable that is none',
      { StageName: 'dev', StageVariables: { 'a-b': '', 'c d': 'x' } },
      /^Invalid stage variable name/,
    ],
    ['a value that no variable has', { StageName: 'dev', StageVariables: { a: '<' } }, /^Invalid stage variable value/],
    [
      'a deployment of what deploys every change',
      { StageName: 'dev', AutoDeploy: true, DeploymentId: 'x' },
      'Deployment ID cannot be set on a stage while Auto Deploy is enabled.',
    ],
    [
      'a log whose lines name no call',
      { StageName: 'dev', AccessLogSettings: { Format: '$context.status' } },
      'Access Log format must include either $context.requestId or $context.extendedRequestId',
    ],
    [
      'a log that goes elsewhere',
      { StageName: 'dev', AccessLogSettings: { DestinationArn: 'arn:aws:s3:::b' } },
      /^The ARN must be a valid CloudWatch Logs log group/,
    ],
    [
      'execution logs',
      { StageName: 'dev', DefaultRouteSettings: { LoggingLevel: 'INFO' } },
      'Execution logs are not supported on protocolType HTTP',
    ],
    ['data traces', { StageName: 'dev', DefaultRouteSettings: { DataTraceEnabled: true } }, /^Execution logs are not/],
    [
      'metrics',
      { StageName: 'dev', DefaultRouteSettings: { DetailedMetricsEnabled: true } },
      /^Cannot set DetailedMetricsEnabled/,
    ],
    ['a client certificate', { StageName: 'dev', ClientCertificateId: 'x' }, /^Client certificates are not supported/],
  ]
  for (const [name, settings, message] of refusals) {
    test(`refuses ${name}`, () => assert.rejects(create(settings), badRequest(message)))
  }

  test('refuses a deployment and a route that are not there', async () => {
    await assert.rejects(
      create({ StageName: 'dev', DeploymentId: 'nothing' }),
      refusal('NotFoundException', 'Invalid Deployment identifier specified nothing'),
    )
    await assert.rejects(
      create({ StageName: 'dev', RouteSettings: { 'GET /': {} } }),
      refusal('NotFoundException', 'Unable to find Route by key GET / within the provided RouteSettings'),
    )
  })

  test('refuses a name that is taken, and one stage too many', async () => {
    for (let index = 0; index < 10; index++) await create({ StageName: `s${index}` })
    await assert.rejects(create({ StageName: 's0' }), refusal('ConflictException', 'Stage already exists'))
    await assert.rejects(create({ StageName: 's' }), refusal('TooManyRequestsException', /^Maximum number of Stages/))
    assert.equal((await fixture.operations.GetStages({ ApiId }, fixture.caller)).Items.length, 10)
  })
})

describe('UpdateStage', () => {
  test('changes what it is given, member by member', async () => {
    const { operations, caller } = fixture
    await fixture.createRoute(ApiId, 'GET /')
    const AccessLogSettings = {
      DestinationArn: 'arn:aws:logs:us-east-1:123456789012:log-group:calls',
      Format: '$context.requestId',
    }
    await create({
      StageName: 'dev',
      Description: 'For us',
      StageVariables: { a: '1', b: '2' },
      RouteSettings: { 'GET /': { ThrottlingRateLimit: 1 } },
      AccessLogSettings,
    })
    fixture.wait(1000)
    const stage = await operations.UpdateStage(
      {
        ApiId,
        StageName: 'dev',
        Description: '',
        StageVariables: { a: '', c: '3' },
        RouteSettings: { 'GET /': { ThrottlingBurstLimit: 2 } },
        DefaultRouteSettings: { ThrottlingRateLimit: 3 },
      },
      caller,
    )
    assert.deepEqual(stage, {
      StageName: 'dev',
      StageVariables: { b: '2', c: '3' },
      RouteSettings: { 'GET /': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 } },
      DefaultRouteSettings: { DetailedMetricsEnabled: false, ThrottlingRateLimit: 3 },
      AccessLogSettings,
      Tags: {},
      CreatedDate: new Date(startMs),
      LastUpdatedDate: new Date(startMs + 1000),
    })
  })

  test('points a stage at another deployment', async () => {
    const { operations, caller, revisions } = fixture
    await fixture.createRoute(ApiId, 'GET /one')
    const first = await deploy()
    await fixture.createRoute(ApiId, 'GET /two')
    const second = await deploy()
    await create({ StageName: 'dev', DeploymentId: second })
    await operations.UpdateStage({ ApiId, StageName: 'dev', DeploymentId: first }, caller)
    assert.deepEqual(
      (await served('dev')).stage?.api.routes.map(({ routeKey }) => routeKey),
      ['GET /one'],
    )
    assert.deepEqual(revisions.at(-1)?.key, `${ApiId}/dev`)
  })

  test('that turns automatic deployments on deploys at once', async () => {
    const { operations, caller } = fixture
    await fixture.createRoute(ApiId, 'GET /')
    await create({ StageName: 'dev' })
    const stage = await operations.UpdateStage({ ApiId, StageName: 'dev', AutoDeploy: true }, caller)
    assert.ok(stage.DeploymentId)
    const off = await operations.UpdateStage({ ApiId, StageName: 'dev', AutoDeploy: false }, caller)
    assert.deepEqual([off.AutoDeploy, off.DeploymentId], [undefined, stage.DeploymentId])
  })

  test('refuses a deployment while every change is deployed', async () => {
    const { operations, caller } = fixture
    await create({ StageName: 'dev', AutoDeploy: true })
    await assert.rejects(
      operations.UpdateStage({ ApiId, StageName: 'dev', DeploymentId: 'x' }, caller),
      badRequest('Deployment ID cannot be set on a stage while Auto Deploy is enabled.'),
    )
  })

  test('goes on after a route with settings has gone', async () => {
    const { operations, caller } = fixture
    const RouteId = await fixture.createRoute(ApiId, 'GET /')
    await create({ StageName: 'dev', RouteSettings: { 'GET /': { ThrottlingRateLimit: 1 } } })
    await operations.DeleteRoute({ ApiId, RouteId }, caller)
    const stage = await operations.UpdateStage({ ApiId, StageName: 'dev', Description: 'x' }, caller)
    assert.deepEqual(stage.RouteSettings, { 'GET /': { ThrottlingRateLimit: 1 } })
  })
})

test('settings are taken away one by one', async () => {
  const { operations, caller } = fixture
  await fixture.createRoute(ApiId, 'GET /')
  await create({
    StageName: 'dev',
    AccessLogSettings: { Format: '$context.requestId' },
    RouteSettings: { 'GET /': { ThrottlingRateLimit: 1 } },
  })
  await operations.DeleteAccessLogSettings({ ApiId, StageName: 'dev' }, caller)
  await operations.DeleteRouteSettings({ ApiId, StageName: 'dev', RouteKey: 'GET /' }, caller)
  const { AccessLogSettings, RouteSettings } = await operations.GetStage({ ApiId, StageName: 'dev' }, caller)
  assert.deepEqual([AccessLogSettings, RouteSettings], [undefined, {}])
})

test('ResetAuthorizersCache has the stage compiled anew', async () => {
  const { operations, caller, revisions } = fixture
  await create({ StageName: 'dev' })
  const before = revisions.length
  await operations.ResetAuthorizersCache({ ApiId, StageName: 'dev' }, caller)
  assert.deepEqual(
    revisions.slice(before).map(({ topic, key }) => [topic, key]),
    [['http-stage', `${ApiId}/dev`]],
  )
})

test('DeleteStage stops what it served', async () => {
  const { operations, caller } = fixture
  await fixture.createRoute(ApiId, 'GET /')
  await create({ StageName: 'dev', AutoDeploy: true })
  assert.ok((await served('dev')).stage)
  await operations.DeleteStage({ ApiId, StageName: 'dev' }, caller)
  assert.deepEqual(await served('dev'), { apiId: ApiId, stageName: 'dev' })
  const unknown = refusal('NotFoundException', 'Invalid stage identifier specified')
  for (const operation of ['GetStage', 'DeleteStage', 'DeleteAccessLogSettings', 'ResetAuthorizersCache'] as const) {
    await assert.rejects(operations[operation]({ ApiId, StageName: 'dev' }, caller), unknown, operation)
  }
})

test('of WebSocket APIs, stages have settings of logs', async () => {
  ApiId = await fixture.createHttpApi(webSocket)
  const { DefaultRouteSettings } = await create({ StageName: 'dev' })
  assert.deepEqual(DefaultRouteSettings, {
    DetailedMetricsEnabled: false,
    DataTraceEnabled: false,
    LoggingLevel: 'OFF',
  })
  await assert.rejects(create({ StageName: '$default' }), badRequest(/^Stage name only allows/))
})
