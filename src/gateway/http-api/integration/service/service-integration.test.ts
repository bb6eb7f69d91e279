import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type ServiceIntegrationSubtype, serviceIntegrations } from '../../../../snapshot/service-integration.ts'
import { fixedIds, type InvocationValues, invocation, noCredentials } from '../../../fixtures.ts'
import type { AwsServices } from '../../../integration/aws-service/aws-service.ts'
import { type ServiceServer, startKinesis } from '../../../integration/aws-service/service-servers.ts'
import type { Send } from '../../../integration/upstream/upstream.ts'
import { upstreams } from '../../../integration/upstream/upstreams.ts'
import { deployedRoute, integration } from '../../fixtures.ts'
import { serviceIntegration } from './service-integration.ts'

const role = 'arn:aws:iam::123456789012:role/pets'
const credentials = { accessKeyId: 'AKID', secretAccessKey: 'very-secret' }
const services: AwsServices = { endpoints: [], roles: [{ arn: role, credentials }] }

interface Sent {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface Values extends InvocationValues {
  readonly parameters: Readonly<Record<string, string>>
  readonly variables?: Readonly<Record<string, string>>
  readonly services?: AwsServices
  readonly credentialsArn?: string
  readonly answer?: readonly string[]
  readonly status?: number
}

function handlerOf(subtype: string, values: Values, send: Send) {
  const { parameters: requestParameters, variables = {}, credentialsArn = role } = values
  const called = integration({ type: 'AWS_PROXY', subtype, credentialsArn, requestParameters })
  const deployed = deployedRoute('POST /pets/{petId}', { integration: called }, { variables })
  const now = () => Date.UTC(2026, 10, 21, 3, 4, 5)
  const outside = {
    services: values.services ?? services,
    credentials: noCredentials,
    send,
    ids: fixedIds,
    now,
    timeoutMs: 5_000,
  }
  return serviceIntegration(deployed, called, outside)
}

/** Calls a service that answers at once, and gives what it got and what the client gets. */
async function called(subtype: string, values: Values) {
  const seen: Sent[] = []
  const send: Send = (origin, { method, path, headers, body }, listener) => {
    const named = headers.flatMap((name, i) => (i % 2 === 0 ? [[name, headers[i + 1] ?? '']] : []))
    seen.push({ url: origin + path, method, headers: Object.fromEntries(named), body: String(body ?? '') })
    listener.onHead(values.status ?? 200, [...(values.answer ?? [])])
    listener.onData(Buffer.from('{"answer":1}'))
    listener.onEnd()
    return { resume() {}, abort() {} }
  }
  const reply = await handlerOf(subtype, values, send)(invocation({ method: 'POST', ...values }))
  return { sent: seen[0] ?? assert.fail('nothing was sent'), reply }
}

const noSend: Send = () => assert.fail('nothing is sent')

interface Expected {
  readonly url: string
  readonly target?: string
  readonly version?: '1.0' | '1.1'
  readonly scope: string
  readonly body?: unknown
}

const machine = 'arn:aws:states:us-east-1:123456789012:stateMachine:pets'
const queue = 'https://sqs.us-east-1.amazonaws.com/123456789012/pets'
const sqs = { url: 'https://sqs.us-east-1.amazonaws.com/', version: '1.0', scope: 'us-east-1/sqs' } as const
const states = { url: 'https://states.us-east-1.amazonaws.com/', version: '1.0', scope: 'us-east-1/states' } as const
const events = {
  url: 'https://events.us-east-1.amazonaws.com/',
  target: 'AWSEvents.PutEvents',
  version: '1.1',
  scope: 'us-east-1/events',
} as const

const body = '{"id": 7, "tags": ["a", "b"], "machine": {"x": 1}, "attributes": {"a": {"DataType": "String"}}}'

const requests: [subtype: ServiceIntegrationSubtype, parameters: Record<string, string>, expected: Expected][] = [
  [
    'EventBridge-PutEvents',
    { Detail: '$request.body', DetailType: '${request.path.petId}-seen', Source: 'pets' },
    { ...events, body: { Entries: [{ Detail: body, DetailType: '1-seen', Source: 'pets' }] } },
  ],
  [
    'EventBridge-PutEvents',
    {
      Detail: '{}',
      DetailType: 'd',
      Source: 's',
      Time: '2026-11-20T23:05:09.5Z',
      EventBusName: '$stageVariables.bus',
      Resources: '$request.body.tags',
      TraceHeader: '$request.header.x-trace',
      Region: 'eu-west-1',
    },
    {
      ...events,
      url: 'https://events.eu-west-1.amazonaws.com/',
      scope: 'eu-west-1/events',
      body: {
        Entries: [
          {
            Detail: '{}',
            DetailType: 'd',
            Source: 's',
            Time: 1_795_215_909.5,
            EventBusName: 'shop',
            Resources: ['a', 'b'],
            TraceHeader: 'Root=1',
          },
        ],
      },
    },
  ],
  [
    'SQS-SendMessage',
    { QueueUrl: queue, MessageBody: '$request.body' },
    { ...sqs, target: 'AmazonSQS.SendMessage', body: { QueueUrl: queue, MessageBody: body } },
  ],
  [
    'SQS-SendMessage',
    {
      QueueUrl: queue,
      MessageBody: 'm',
      DelaySeconds: '$request.querystring.delay',
      MessageAttributes: '{"Who": {"DataType": "String", "StringValue": "${request.header.x-who}"}}',
      MessageDeduplicationId: '$context.requestId',
      MessageGroupId: '$request.body.id',
      MessageSystemAttributes: '$request.body.attributes',
    },
    {
      ...sqs,
      target: 'AmazonSQS.SendMessage',
      body: {
        QueueUrl: queue,
        MessageBody: 'm',
        DelaySeconds: 5,
        MessageAttributes: { Who: { DataType: 'String', StringValue: '"}, "Admin": {"' } },
        MessageDeduplicationId: '11111111-2222-3333-4444-555555555555',
        MessageGroupId: '7',
        MessageSystemAttributes: { a: { DataType: 'String' } },
      },
    },
  ],
  [
    'SQS-ReceiveMessage',
    {
      QueueUrl: queue,
      AttributeNames: 'All, SentTimestamp',
      MaxNumberOfMessages: '10',
      MessageAttributeNames: '["a", "b"]',
      ReceiveRequestAttemptId: 'r',
      VisibilityTimeout: '30',
      WaitTimeSeconds: '0',
    },
    {
      ...sqs,
      target: 'AmazonSQS.ReceiveMessage',
      body: {
        QueueUrl: queue,
        AttributeNames: ['All', 'SentTimestamp'],
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['a', 'b'],
        ReceiveRequestAttemptId: 'r',
        VisibilityTimeout: 30,
        WaitTimeSeconds: 0,
      },
    },
  ],
  [
    'SQS-DeleteMessage',
    { QueueUrl: queue, ReceiptHandle: '$request.querystring.handle' },
    { ...sqs, target: 'AmazonSQS.DeleteMessage', body: { QueueUrl: queue, ReceiptHandle: 'h/+=' } },
  ],
  ['SQS-PurgeQueue', { QueueUrl: queue }, { ...sqs, target: 'AmazonSQS.PurgeQueue', body: { QueueUrl: queue } }],
  [
    'AppConfig-GetConfiguration',
    { Application: 'a b', Environment: 'é', Configuration: 'c/d', ClientId: '$request.header.x-who' },
    {
      url:
        'https://appconfig.us-east-1.amazonaws.com/applications/a%20b/environments/%C3%A9/configurations/c%2Fd' +
        '?client_id=%22%7D%2C%20%22Admin%22%3A%20%7B%22',
      scope: 'us-east-1/appconfig',
    },
  ],
  [
    'AppConfig-GetConfiguration',
    {
      Application: 'a',
      Environment: 'b',
      Configuration: 'c',
      ClientId: 'd',
      ClientConfigurationVersion: '2&x=1',
      Region: 'cn-north-1',
    },
    {
      url:
        'https://appconfig.cn-north-1.amazonaws.com.cn/applications/a/environments/b/configurations/c' +
        '?client_id=d&client_configuration_version=2%26x%3D1',
      scope: 'cn-north-1/appconfig',
    },
  ],
  [
    'Kinesis-PutRecord',
    {
      StreamName: 'pets',
      Data: '$request.body.tags',
      PartitionKey: '$request.body.id',
      SequenceNumberForOrdering: '49',
      ExplicitHashKey: '12',
    },
    {
      url: 'https://kinesis.us-east-1.amazonaws.com/',
      target: 'Kinesis_20131202.PutRecord',
      version: '1.1',
      scope: 'us-east-1/kinesis',
      body: {
        StreamName: 'pets',
        Data: Buffer.from('["a","b"]').toString('base64'),
        PartitionKey: '7',
        SequenceNumberForOrdering: '49',
        ExplicitHashKey: '12',
      },
    },
  ],
  [
    'StepFunctions-StartExecution',
    { StateMachineArn: machine, Name: 'n', Input: '$request.body.machine' },
    {
      ...states,
      target: 'AWSStepFunctions.StartExecution',
      body: { stateMachineArn: machine, name: 'n', input: '{"x":1}' },
    },
  ],
  [
    'StepFunctions-StartSyncExecution',
    { StateMachineArn: machine, Name: 'n', Input: '$request.body', TraceHeader: '$request.header.x-trace' },
    {
      ...states,
      url: 'https://sync-states.us-east-1.amazonaws.com/',
      target: 'AWSStepFunctions.StartSyncExecution',
      body: { stateMachineArn: machine, name: 'n', input: body, traceHeader: 'Root=1' },
    },
  ],
  [
    'StepFunctions-StopExecution',
    { ExecutionArn: 'arn:aws:states:us-east-1:123456789012:execution:pets:n', Cause: 'because', Error: 'E' },
    {
      ...states,
      target: 'AWSStepFunctions.StopExecution',
      body: { executionArn: 'arn:aws:states:us-east-1:123456789012:execution:pets:n', cause: 'because', error: 'E' },
    },
  ],
]

const asked: InvocationValues = {
  query: 'delay=5&handle=h%2F%2B%3D',
  headers: ['X-Who', '"}, "Admin": {"', 'X-Trace', 'Root=1', 'Content-Type', 'text/html', 'X-Amz-Target', 'Evil.Do'],
  body,
}

describe('a service integration sends', () => {
  for (const [subtype, parameters, expected] of requests) {
    test(`${subtype} with ${Object.keys(parameters).join(', ')}`, async () => {
      const { sent } = await called(subtype, { ...asked, parameters, variables: { bus: 'shop' } })
      const { headers } = sent
      const { url, target, version, scope, body: expectedBody } = expected
      assert.equal(sent.url, url)
      assert.equal(sent.method, target === undefined ? 'GET' : 'POST')
      assert.equal(headers['x-amz-target'], target)
      assert.equal(headers['content-type'], version && `application/x-amz-json-${version}`)
      assert.deepEqual(sent.body === '' ? undefined : JSON.parse(sent.body), expectedBody)
      assert.match(headers['authorization'] ?? '', new RegExp(`Credential=AKID/20261121/${scope}/aws4_request, `))
      assert.equal(headers['host'], new URL(url).host)
      assert.equal(headers['user-agent'], 'AmazonAPIGateway_http1')
      assert.equal(
        headers['x-amz-source-arn'],
        'arn:aws:execute-api:us-east-1:123456789012:http1/$default/POST/pets/{petId}',
      )
    })
  }

  test('every subtype', () => {
    assert.deepEqual(new Set(requests.map(([subtype]) => subtype)), new Set(Object.keys(serviceIntegrations)))
  })

  test('every parameter', () => {
    for (const [subtype, { required, optional }] of Object.entries(serviceIntegrations)) {
      const all = Object.keys({ ...required, ...optional }).filter((name) => name !== 'Region')
      const used = requests.filter(([one]) => one === subtype).flatMap(([, parameters]) => Object.keys(parameters))
      assert.deepEqual(new Set(used.filter((name) => name !== 'Region')), new Set(all), subtype)
    }
  })

  test('to configured endpoints', async () => {
    const endpoints = [{ service: 'states', url: 'http://127.0.0.1:9/base/' }]
    const values = { parameters: { StateMachineArn: machine }, services: { ...services, endpoints } }
    for (const subtype of ['StepFunctions-StartExecution', 'StepFunctions-StartSyncExecution']) {
      const { sent } = await called(subtype, values)
      assert.deepEqual([sent.url, sent.headers['host']], ['http://127.0.0.1:9/base/', '127.0.0.1:9'])
    }
  })

  test('where the call says', async () => {
    const parameters = { QueueUrl: queue, Region: '$request.querystring.region' }
    for (const region of ['us-west-2', 'us-east-1', 'us-west-2']) {
      const { sent } = await called('SQS-PurgeQueue', { parameters, query: `region=${region}` })
      assert.equal(sent.url, `https://sqs.${region}.amazonaws.com/`)
    }
  })
})

describe('a service integration answers', () => {
  test('what the service does', async () => {
    const parameters = { QueueUrl: queue }
    const answer = ['Content-Type', 'application/x-amz-json-1.0', 'x-amzn-RequestId', 'r', 'Connection', 'close']
    const { reply } = await called('SQS-PurgeQueue', { parameters, answer, status: 400 })
    assert.deepEqual([reply.status, reply.headers], [400, ['Content-Type', 'application/x-amz-json-1.0']])
    assert.equal(String(reply.body), '{"answer":1}')
  })
})

const badParameters = { type: 'BAD_REQUEST_PARAMETERS', status: 400, message: 'Bad Request' }

describe('a service integration refuses', () => {
  const refused: [name: string, subtype: string, parameters: Record<string, string>][] = [
    ['a call without a value', 'SQS-SendMessage', { QueueUrl: queue, MessageBody: '$request.body.none' }],
    ['a call without an optional value', 'SQS-PurgeQueue', { QueueUrl: queue, Region: '$request.header.none' }],
    ['an integration without a required parameter', 'SQS-SendMessage', { QueueUrl: queue }],
    ['an expression that is none', 'SQS-PurgeQueue', { QueueUrl: '$request.cookie.a' }],
    ['text for a number', 'SQS-ReceiveMessage', { QueueUrl: queue, WaitTimeSeconds: 'soon' }],
    [
      'text for an object',
      'SQS-SendMessage',
      { QueueUrl: queue, MessageBody: 'm', MessageAttributes: '$request.body.id' },
    ],
    [
      'an object with a text that is missing',
      'SQS-SendMessage',
      { QueueUrl: queue, MessageBody: 'm', MessageAttributes: '{"a": ["${request.header.none}"]}' },
    ],
    ['a list of anything', 'SQS-ReceiveMessage', { QueueUrl: queue, AttributeNames: '[1]' }],
    ['a time that is none', 'EventBridge-PutEvents', { Detail: '{}', DetailType: 'd', Source: 's', Time: 'noon' }],
    ['a region that is none', 'SQS-PurgeQueue', { QueueUrl: queue, Region: '$request.querystring.region' }],
    [
      'a path that leads out',
      'AppConfig-GetConfiguration',
      { Application: '..', Environment: 'b', Configuration: 'c', ClientId: 'd' },
    ],
    [
      'a path with a gap',
      'AppConfig-GetConfiguration',
      { Application: 'a', Environment: 'b', Configuration: '$request.querystring.empty', ClientId: 'd' },
    ],
  ]
  for (const [name, subtype, parameters] of refused) {
    test(name, async () => {
      const handler = handlerOf(subtype, { parameters }, noSend)
      const call = invocation({ body, query: 'region=evil.example/&empty=' })
      await assert.rejects(async () => handler(call), badParameters)
    })
  }

  test('what tells the log which value is missing', async () => {
    const handler = handlerOf('SQS-PurgeQueue', { parameters: { QueueUrl: '$request.body.queue' } }, noSend)
    await assert.rejects(async () => handler(invocation({ body })), {
      detail:
        'Unable to resolve property QueueUrl from source $request.body.queue. Please make sure that the request to ' +
        'API Gateway contains all the necessary fields specified in request parameters.',
    })
  })

  const configuration = { type: 'API_CONFIGURATION_ERROR', status: 500 }
  test('a role without credentials', async () => {
    const values = { parameters: { QueueUrl: queue }, credentialsArn: `${role}-other` }
    await assert.rejects(async () => handlerOf('SQS-PurgeQueue', values, noSend)(invocation()), configuration)
  })

  test('a subtype that there is not', async () => {
    for (const subtype of ['SNS-Publish', 'constructor']) {
      await assert.rejects(async () => handlerOf(subtype, { parameters: {} }, noSend)(invocation()), configuration)
    }
  })
})

describe('Kinesis', () => {
  const backends = upstreams()
  let server: ServiceServer
  before(async () => {
    server = await startKinesis()
    await json('CreateStream', { StreamName: 'pets', ShardCount: 1 })
  })
  after(async () => {
    backends.close()
    await server[Symbol.asyncDispose]()
  })

  async function json(action: string, input: object) {
    const headers = {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `Kinesis_20131202.${action}`,
      'X-Amz-Date': '20261121T030405Z',
      Authorization:
        'AWS4-HMAC-SHA256 Credential=a/20261121/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=x',
    }
    const response = await fetch(server.url, { method: 'POST', headers, body: JSON.stringify(input) })
    const text = await response.text()
    assert.equal(response.status, 200, text)
    return text === '' ? {} : JSON.parse(text)
  }

  test('keeps what a client sends, byte for byte', async () => {
    const endpoints = [{ service: 'kinesis', url: server.url }]
    const parameters = { StreamName: 'pets', Data: '$request.body', PartitionKey: '$request.path.petId' }
    const values = { parameters, services: { ...services, endpoints } }
    const sent = '{"name": "Zoë"}'
    const reply = await handlerOf('Kinesis-PutRecord', values, backends.over({}))(invocation({ body: sent }))
    assert.equal(reply.status, 200, String(reply.body))
    const { ShardId } = JSON.parse(String(reply.body))
    const iterator = { StreamName: 'pets', ShardId, ShardIteratorType: 'TRIM_HORIZON' }
    const { ShardIterator } = await json('GetShardIterator', iterator)
    const { Records } = await json('GetRecords', { ShardIterator })
    assert.deepEqual(
      Records.map(({ Data, PartitionKey }: Record<string, string>) => [
        Buffer.from(Data ?? '', 'base64').toString(),
        PartitionKey,
      ]),
      [[sent, '1']],
    )
  })
})
