import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
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

type Settings = Omit<Request<'CreateIntegration'>, 'ApiId'>

let fixture: FixtureV2
let ApiId: string
beforeEach(async () => {
  fixture = await openFixtureV2()
  ApiId = await fixture.createHttpApi()
})
afterEach(() => fixture.close())

const create = (settings: Settings) => fixture.operations.CreateIntegration({ ApiId, ...settings }, fixture.caller)

const web: Settings = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'GET', IntegrationUri: 'https://example.com' }
const lambda: Settings = { IntegrationType: 'AWS_PROXY', IntegrationUri: functionArn, PayloadFormatVersion: '2.0' }
const queue: Settings = {
  IntegrationType: 'AWS_PROXY',
  IntegrationSubtype: 'SQS-SendMessage',
  PayloadFormatVersion: '1.0',
  CredentialsArn: roleArn,
  RequestParameters: { QueueUrl: 'https://sqs.example.com/q', MessageBody: '$request.body' },
}
const listener = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/orders/0123456789abcdef/fedcba98'
const service = 'arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0123456789abcdef'
const link: Settings = {
  ...web,
  IntegrationUri: listener,
  ConnectionType: 'VPC_LINK',
  ConnectionId: '${stageVariables.link}',
}

describe('CreateIntegration', () => {
  test('fills in what the request leaves open, for a web server', async () => {
    const integration = await create(web)
    const { IntegrationId } = integration
    assert.deepEqual(integration, {
      ...web,
      IntegrationId,
      ConnectionType: 'INTERNET',
      PayloadFormatVersion: '1.0',
      TimeoutInMillis: 30_000,
    })
    assert.deepEqual(await fixture.operations.GetIntegration({ ApiId, IntegrationId }, fixture.caller), integration)
  })

  test('fills in what the request leaves open, for a function', async () => {
    const { IntegrationMethod, TimeoutInMillis } = await create(lambda)
    assert.deepEqual([IntegrationMethod, TimeoutInMillis], ['POST', 30_000])
  })

  const taken: [name: string, settings: Settings][] = [
    ['a function by its invocation', { ...lambda, IntegrationUri: functionUri }],
    ['a function of a stage variable', { ...lambda, IntegrationUri: `${functionArn}:\${stageVariables.alias}` }],
    ['a URL with path and stage variables', { ...web, IntegrationUri: 'http://${stageVariables.host}/{proxy}' }],
    ['a service', queue],
    ['a private backend by a stage variable', link],
    ['the name to verify of a private backend', { ...link, TlsConfig: { ServerNameToVerify: 'example.com' } }],
    [
      'mappings of requests and responses',
      {
        ...web,
        RequestParameters: { 'overwrite:path': '/v2${request.path}', 'append:header.x': '$context.requestId' },
        ResponseParameters: { 500: { 'overwrite:statuscode': '502', 'remove:header.server': "''" } },
      },
    ],
  ]
  for (const [name, settings] of taken) {
    test(`takes ${name}`, async () => {
      const { IntegrationId } = await create(settings)
      const stored = await fixture.operations.GetIntegration({ ApiId, IntegrationId }, fixture.caller)
      for (const [member, value] of Object.entries(settings))
        assert.deepEqual({ ...stored }[member as keyof Settings], value)
    })
  }

  const refusals: [name: string, settings: Settings, message: string | RegExp][] = [
    [
      'MOCK',
      { IntegrationType: 'MOCK' },
      /^Currently, an API with a protocol type of HTTP may only be associated with/,
    ],
    [
      'a function without a payload format',
      { IntegrationType: 'AWS_PROXY', IntegrationUri: functionArn },
      /^PayloadFormatVersion is a required parameter/,
    ],
    ['an unknown payload format', { ...lambda, PayloadFormatVersion: '3.0' }, 'Unsupported PayloadFormatVersion: 3.0'],
    [
      'payload format 2.0 of a web server',
      { ...web, PayloadFormatVersion: '2.0' },
      'PayloadFormatVersion 2.0 is not supported for integration of type HTTP_PROXY',
    ],
    [
      'a web server without a method',
      { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://example.com' },
      /^HttpMethod parameter method must be specified/,
    ],
    ['an unknown method', { ...web, IntegrationMethod: 'FETCH' }, 'Invalid HTTP method identifier specified'],
    ['a URL that is none', { ...web, IntegrationUri: 'ftp://example.com' }, 'Invalid HTTP endpoint specified for URI'],
    [
      'a function that is none',
      { ...lambda, IntegrationUri: 'https://example.com' },
      /must be the ARN of a Lambda function/,
    ],
    ['a timeout that is too long', { ...web, TimeoutInMillis: 30_001 }, 'Timeout should be between 50 ms and 30000 ms'],
    ['templates', { ...web, RequestTemplates: {} }, 'RequestTemplates is not currently supported for HTTP APIs.'],
    ['passthrough behavior', { ...web, PassthroughBehavior: 'NEVER' }, /^PassthroughBehavior is not currently/],
    ['content handling', { ...web, ContentHandlingStrategy: 'CONVERT_TO_TEXT' }, /^ContentHandlingStrategy is not/],
    ['a template selection', { ...web, TemplateSelectionExpression: 'x' }, /^TemplateSelectionExpression is not/],
    ['credentials that are none', { ...web, CredentialsArn: 'me' }, 'Invalid ARN specified in the request'],
    [
      'a VPC link without its id',
      { ...web, IntegrationUri: listener, ConnectionType: 'VPC_LINK' },
      'ConnectionId must be set to vpcLinkId for ConnectionType VPC_LINK',
    ],
    [
      'a VPC link to a URL',
      { ...link, IntegrationUri: 'https://example.com' },
      'For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.',
    ],
    [
      'a VPC link to a load balancer',
      { ...link, IntegrationUri: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/orders/0123' },
      /should be a valid ELB listener ARN/,
    ],
    ['attributes of a listener', { ...link, IntegrationUri: `${listener}?stage=prod` }, /a valid Cloud Map service/],
    ['attributes without values', { ...link, IntegrationUri: `${service}?stage` }, /a valid Cloud Map service/],
    [
      'a VPC link to a function',
      { ...lambda, ConnectionType: 'VPC_LINK', ConnectionId: 'x' },
      /not supported for integration of type AWS_PROXY/,
    ],
    ['a link over the internet', { ...web, ConnectionId: 'x' }, /needs the ConnectionType VPC_LINK/],
    ['TLS settings over the internet', { ...web, TlsConfig: {} }, /private integrations only/],
    [
      'a reserved header',
      { ...web, RequestParameters: { 'overwrite:header.Authorization': 'x' } },
      /Operations on header Authorization are restricted/,
    ],
    [
      'an unknown place',
      { ...web, RequestParameters: { 'overwrite:body': 'x' } },
      /Invalid Request Actioned Parameter/,
    ],
    [
      'an unknown source',
      { ...web, RequestParameters: { 'overwrite:header.x': '$request.cookie.y' } },
      /Invalid mapping expression specified: \$request\.cookie\.y/,
    ],
    ['a response status that is none', { ...web, ResponseParameters: { 199: {} } }, 'Status Code 199 is not valid'],
    [
      'a response place that is none',
      { ...web, ResponseParameters: { 200: { 'append:querystring.x': 'y' } } },
      /Invalid Response Actioned Parameter destination specified: append:querystring\.x/,
    ],
    ['an unknown subtype', { ...queue, IntegrationSubtype: 'SNS-Publish' }, 'Operation: SNS-Publish is not supported.'],
    ['a subtype in payload format 2.0', { ...queue, PayloadFormatVersion: '2.0' }, /is not supported\.$/],
    ['a subtype of a web server', { ...queue, IntegrationType: 'HTTP_PROXY' }, /IntegrationSubtype is not supported/],
    ['a subtype with a URI', { ...queue, IntegrationUri: functionArn }, /IntegrationUri is not supported/],
    [
      'a subtype without a required parameter',
      { ...queue, RequestParameters: { QueueUrl: 'x' } },
      /^Operation: SQS-SendMessage requires enabling passthrough, or defining all of the following/,
    ],
    [
      'a subtype with an unknown parameter',
      { ...queue, RequestParameters: { ...queue.RequestParameters, Color: 'red' } },
      /does not support the parameter Color/,
    ],
    [
      'a subtype parameter that reads nothing',
      { ...queue, RequestParameters: { QueueUrl: 'x', MessageBody: '$request.cookie' } },
      /Invalid mapping expression/,
    ],
  ]
  for (const [name, settings, message] of refusals) {
    test(`refuses ${name}`, () => assert.rejects(create(settings), badRequest(message)))
  }

  test('refuses a subtype without a role', () => {
    const { CredentialsArn: _, ...settings } = queue
    const message = 'Role ARN must be specified for AWS integration configuration with Subtype: SQS-SendMessage'
    return assert.rejects(create(settings), badRequest(message))
  })

  test('refuses the role of another account', () =>
    assert.rejects(
      create({ ...queue, CredentialsArn: 'arn:aws:iam::210987654321:role/other' }),
      refusal('AccessDeniedException', 'Cross-account pass role is not allowed.'),
    ))

  test('refuses a VPC link that is not there', () =>
    assert.rejects(
      create({ ...link, ConnectionId: 'nothing' }),
      refusal('NotFoundException', 'Invalid VpcLink identifier specified nothing'),
    ))

  test('takes a VPC link that is there', async () => {
    const request = { Name: 'inner', SubnetIds: ['subnet-1'] }
    const { VpcLinkId = '' } = await fixture.operations.CreateVpcLink(request, fixture.caller)
    assert.equal((await create({ ...link, ConnectionId: VpcLinkId })).ConnectionId, VpcLinkId)
  })
})

describe('UpdateIntegration', () => {
  test('changes what it is given, and takes away what is empty', async () => {
    const { operations, caller } = fixture
    const { IntegrationId } = await create({
      ...web,
      Description: 'The backend',
      RequestParameters: { 'append:header.a': '1', 'append:header.b': '2' },
      ResponseParameters: { 200: { 'append:header.c': '3' }, 500: { 'overwrite:statuscode': '502' } },
    })
    const integration = await operations.UpdateIntegration(
      {
        ApiId,
        IntegrationId,
        Description: '',
        IntegrationMethod: 'ANY',
        RequestParameters: { 'append:header.a': '', 'append:header.d': '4' },
        ResponseParameters: { 200: {} },
      },
      caller,
    )
    assert.deepEqual(integration, {
      IntegrationId,
      ...web,
      IntegrationMethod: 'ANY',
      ConnectionType: 'INTERNET',
      PayloadFormatVersion: '1.0',
      TimeoutInMillis: 30_000,
      RequestParameters: { 'append:header.b': '2', 'append:header.d': '4' },
      ResponseParameters: { 500: { 'overwrite:statuscode': '502' } },
    })
    assert.deepEqual(await operations.GetIntegration({ ApiId, IntegrationId }, caller), integration)
  })

  test('leaves what it refuses as it was', async () => {
    const { operations, caller } = fixture
    const integration = await create(web)
    const { IntegrationId } = integration
    await assert.rejects(
      operations.UpdateIntegration({ ApiId, IntegrationId, IntegrationUri: 'nowhere' }, caller),
      badRequest(/Invalid HTTP endpoint/),
    )
    assert.deepEqual(await operations.GetIntegration({ ApiId, IntegrationId }, caller), integration)
  })
})

describe('DeleteIntegration', () => {
  test('refuses one that routes lead to', async () => {
    const { operations, caller } = fixture
    const { IntegrationId } = await create(web)
    const RouteId = await fixture.createRoute(ApiId, 'GET /', { Target: `integrations/${IntegrationId}` })
    await assert.rejects(
      operations.DeleteIntegration({ ApiId, IntegrationId }, caller),
      refusal(
        'ConflictException',
        `Cannot delete Integration because it is referenced by the following Routes with Ids: [${RouteId}]`,
      ),
    )
    await operations.DeleteRoute({ ApiId, RouteId }, caller)
    await operations.DeleteIntegration({ ApiId, IntegrationId }, caller)
    const unknown = refusal('NotFoundException', `Invalid Integration identifier specified ${IntegrationId}`)
    await assert.rejects(operations.GetIntegration({ ApiId, IntegrationId }, caller), unknown)
    await assert.rejects(operations.DeleteIntegration({ ApiId, IntegrationId }, caller), unknown)
  })
})

test('of WebSocket APIs, integrations have other defaults and limits', async () => {
  ApiId = await fixture.createHttpApi(webSocket)
  const mock = await create({ IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode":200}' } })
  assert.deepEqual(
    [mock.TimeoutInMillis, mock.PassthroughBehavior, mock.IntegrationResponseSelectionExpression],
    [29_000, 'WHEN_NO_MATCH', '${integration.response.statuscode}'],
  )
  const message = 'Timeout should be between 50 ms and 29000 ms'
  await assert.rejects(create({ IntegrationType: 'MOCK', TimeoutInMillis: 30_000 }), badRequest(message))
  await assert.rejects(create(lambda), badRequest('Unsupported PayloadFormatVersion: 2.0'))
})
