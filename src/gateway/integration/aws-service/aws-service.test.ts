import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SignatureV4 } from '@smithy/signature-v4'
import { Sha256 } from '../../../sigv4/oracle-hash.ts'
import type { RestIntegration } from '../../../snapshot/rest-api.ts'
import { deployed, fixedIds, invocation, noCredentials } from '../../fixtures.ts'
import type { IntegrationRequest } from '../backend.ts'
import type { Send, UpstreamRequest } from '../upstream/upstream.ts'
import { type AwsServices, awsService } from './aws-service.ts'

const role = 'arn:aws:iam::123456789012:role/pets'
const credentials = { accessKeyId: 'AKID', secretAccessKey: 'very-secret' }
const services: AwsServices = { endpoints: [], roles: [{ arn: role, credentials }] }
const nowMs = Date.UTC(2026, 10, 21, 3, 4, 5)

/** What was sent: header names in lower case. */
interface Sent {
  readonly origin: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface Values {
  readonly uri: string
  readonly integration?: Partial<RestIntegration>
  readonly variables?: Readonly<Record<string, string>>
  readonly services?: AwsServices
  readonly request?: Partial<IntegrationRequest>
}

/** Calls a service that answers 200, and gives what it got. */
async function sent(values: Values): Promise<Sent> {
  const seen: Sent[] = []
  const send: Send = (origin, request, listener) => {
    seen.push({ origin, ...request, headers: named(request), body: String(request.body ?? '') })
    listener.onHead(200, ['Content-Type', 'application/json'])
    listener.onEnd()
    return { resume() {}, abort() {} }
  }
  const answer = await call(values, send)
  assert.deepEqual([answer.status, answer.selectionText, answer.body.length], [200, '200', 0])
  assert.equal(answer.trace, 'Root=1-2-3;Parent=53995c3f42cd8ad8;Sampled=0')
  return seen[0] ?? assert.fail('nothing was sent')
}

async function call({ uri, integration, variables = {}, services: given = services, request }: Values, send: Send) {
  const method = deployed({ uri, credentials: role, ...integration }, { httpMethod: 'POST', variables })
  const outside = {
    services: given,
    credentials: noCredentials,
    send,
    ids: fixedIds,
    now: () => nowMs,
    timeoutMs: 29_000,
  }
  return awsService(method, outside)(
    {
      httpMethod: 'POST',
      path: new Map(),
      querystring: new Map(),
      headers: new Map(),
      contentType: 'application/json',
      body: '',
      trace: 'Root=1-2-3',
      ...request,
    },
    invocation({ method: 'POST' }),
  )
}

const noSend: Send = () => assert.fail('nothing is sent')

function named({ headers }: UpstreamRequest): Record<string, string> {
  return Object.fromEntries(headers.flatMap((name, i) => (i % 2 === 0 ? [[name, headers[i + 1] ?? '']] : [])))
}

const mapped = (values: Readonly<Record<string, string>>) =>
  new Map(Object.entries(values).map(([name, value]) => [name, [value]]))

describe('awsService', () => {
  const uris: readonly (readonly [string, string, IntegrationRequest['path']?])[] = [
    ['us-east-1:sns:action/Publish', 'https://sns.us-east-1.amazonaws.com/?Action=Publish'],
    [
      'eu-west-1:sqs:action/SendMessage&QueueUrl=https%3A%2F%2Fx/1&MessageBody=a b',
      'https://sqs.eu-west-1.amazonaws.com/?Action=SendMessage&QueueUrl=https%3A%2F%2Fx%2F1&MessageBody=a%20b',
    ],
    ['us-east-1:sqs:path/123456789012/pets', 'https://sqs.us-east-1.amazonaws.com/123456789012/pets'],
    [
      'us-east-1:s3:path/{bucket}/{key+}',
      'https://s3.us-east-1.amazonaws.com/b/a%20b/%C3%A9%2B%28c%29',
      mapped({ bucket: 'b', key: 'a%20b/é+(c)' }),
    ],
    ['us-east-1:s3:path/b?list-type=2&prefix=x/', 'https://s3.us-east-1.amazonaws.com/b?list-type=2&prefix=x%2F'],
    ['us-east-1:pets.s3:path/a', 'https://pets.s3.us-east-1.amazonaws.com/a'],
    ['us-east-1:{bucket}.s3:path/a', 'https://pets.s3.us-east-1.amazonaws.com/a', mapped({ bucket: 'pets' })],
    ['cn-north-1:dynamodb:action/GetItem', 'https://dynamodb.cn-north-1.amazonaws.com/?Action=GetItem'],
    ['eu-west-1:iam:action/GetUser&Version=2010-05-08', 'https://iam.amazonaws.com/?Action=GetUser&Version=2010-05-08'],
  ]
  for (const [rest, expected, path = new Map()] of uris) {
    test(`calls ${rest}`, async () => {
      const { origin, path: target } = await sent({ uri: `arn:aws:apigateway:${rest}`, request: { path } })
      assert.equal(origin + target, expected)
    })
  }

  test('calls China by its own names', async () => {
    const { origin } = await sent({ uri: 'arn:aws-cn:apigateway:cn-north-1:sns:action/Publish' })
    assert.equal(origin, 'https://sns.cn-north-1.amazonaws.com.cn')
  })

  const operations: readonly (readonly [string, string, string])[] = [
    ['dynamodb:action/PutItem', 'DynamoDB_20120810.PutItem', 'application/x-amz-json-1.0'],
    ['kinesis:action/PutRecord', 'Kinesis_20131202.PutRecord', 'application/x-amz-json-1.1'],
    ['ssm:action/GetParameter', 'AmazonSSM.GetParameter', 'application/x-amz-json-1.1'],
    ['states:action/StartExecution', 'AWSStepFunctions.StartExecution', 'application/x-amz-json-1.0'],
  ]
  for (const [rest, target, type] of operations) {
    test(`names the operation of ${rest}`, async () => {
      const { headers, body } = await sent({ uri: `arn:aws:apigateway:us-east-1:${rest}`, request: { body: '{}' } })
      assert.deepEqual([headers['x-amz-target'], headers['content-type'], body], [target, type, '{}'])
    })
  }

  test('names an operation that a placeholder stands for, and none without a body', async () => {
    const uri = 'arn:aws:apigateway:us-east-1:dynamodb:action/{operation}'
    const path = mapped({ operation: 'Query' })
    const { headers, path: target } = await sent({ uri, request: { path, body: '{}' } })
    assert.deepEqual([headers['x-amz-target'], target], ['DynamoDB_20120810.Query', '/?Action=Query'])
    const bare = await sent({ uri, request: { path } })
    assert.deepEqual([bare.headers['x-amz-target'], bare.headers['content-type']], [undefined, undefined])
  })

  test('leaves the operation of other services to a mapped header', async () => {
    const uri = 'arn:aws:apigateway:us-east-1:events:action/PutEvents'
    const bare = await sent({ uri, request: { body: '{}' } })
    assert.deepEqual([bare.headers['x-amz-target'], bare.headers['content-type']], [undefined, 'application/json'])
    const headers = mapped({ 'X-Amz-Target': 'AWSEvents.PutEvents', 'Content-Type': 'application/x-amz-json-1.1' })
    const full = await sent({ uri, request: { body: '{}', headers } })
    assert.equal(full.headers['x-amz-target'], 'AWSEvents.PutEvents')
    assert.equal(full.headers['content-type'], 'application/x-amz-json-1.1')
  })

  test('sends mapped query parameters and headers, and says who calls', async () => {
    const { path, headers } = await sent({
      uri: 'arn:aws:apigateway:us-east-1:sns:action/Publish',
      request: {
        querystring: new Map([
          ['Message', ['50% é', 'b']],
          ['TopicArn', ['arn:aws:sns']],
        ]),
        headers: new Map([['X-Extra', ['1', '2']]]),
      },
    })
    assert.equal(path, '/?Action=Publish&Message=50%25%20%C3%A9&Message=b&TopicArn=arn%3Aaws%3Asns')
    const { 'x-amz-source-arn': source, 'x-amzn-apigateway-api-id': api, 'user-agent': agent, ...more } = headers
    assert.equal(source, 'arn:aws:execute-api:us-east-1:123456789012:abc123/dev/POST/pets/*')
    assert.deepEqual([api, agent], ['abc123', 'AmazonAPIGateway_abc123'])
    assert.deepEqual(
      [more['accept'], more['x-extra'], more['x-amzn-trace-id']],
      ['application/json', '1,2', 'Root=1-2-3'],
    )
    assert.equal(more['content-type'], undefined)
  })

  test('lets no mapped header touch the signature', async () => {
    const names = ['Host', 'Authorization', 'X-Amz-Date', 'X-Amz-Security-Token', 'x-amz-content-sha256']
    const headers = mapped(Object.fromEntries(names.map((name) => [name, 'forged'])))
    const { headers: got } = await sent({
      uri: 'arn:aws:apigateway:us-east-1:sns:action/Publish',
      request: { headers },
    })
    assert.ok(!Object.values(got).includes('forged'))
    assert.equal(got['x-amz-security-token'], undefined)
  })

  test('fills in stage variables, in the role too', async () => {
    const { origin, path } = await sent({
      uri: 'arn:aws:apigateway:${stageVariables.region}:sqs:path/${stageVariables.queue}',
      integration: { credentials: 'arn:aws:iam::123456789012:role/${stageVariables.role}' },
      variables: { region: 'eu-west-1', queue: '1/pets', role: 'pets' },
    })
    assert.equal(origin + path, 'https://sqs.eu-west-1.amazonaws.com/1/pets')
  })
})

describe('Configured endpoints', () => {
  const endpoints = [
    { service: 'data.iot', url: 'http://127.0.0.1:1' },
    { service: 's3', region: 'eu-west-1', url: 'http://127.0.0.1:2/base/' },
    { service: 's3', url: 'https://minio.example.com', signingName: 'minio' },
  ]
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['eu-west-1:s3:path/b/k', 'http://127.0.0.1:2/base/b/k', '127.0.0.1:2', 'eu-west-1/s3'],
    ['us-east-1:s3:path/b/k', 'https://minio.example.com/b/k', 'minio.example.com', 'us-east-1/minio'],
    ['us-east-1:b.s3:path/k', 'https://minio.example.com/k', 'b.minio.example.com', 'us-east-1/minio'],
    ['us-east-1:data.iot:path/t', 'http://127.0.0.1:1/t', '127.0.0.1:1', 'us-east-1/iotdata'],
    ['us-east-1:sns:path/t', 'https://sns.us-east-1.amazonaws.com/t', 'sns.us-east-1.amazonaws.com', 'us-east-1/sns'],
  ]
  for (const [rest, expected, host, scope] of cases) {
    test(`serve ${rest}`, async () => {
      const uri = `arn:aws:apigateway:${rest}`
      const { origin, path, headers } = await sent({ uri, services: { ...services, endpoints } })
      assert.deepEqual([origin + path, headers['host']], [expected, host])
      assert.ok(
        headers['authorization']?.startsWith(`AWS4-HMAC-SHA256 Credential=AKID/20261121/${scope}/aws4_request, `),
      )
    })
  }
})

describe('Signatures agree with the AWS SDK', () => {
  const temporary = { ...credentials, sessionToken: 'token/+=' }
  const cases: readonly (readonly [string, Partial<Values>])[] = [
    ['s3:path/{key}', { request: { path: mapped({ key: 'a%20b/é+(c)' }), body: Buffer.from([0, 255, 1]) } }],
    ['lambda:path/2015-03-31/functions/{f}', { request: { path: mapped({ f: 'arn:aws:lambda:x' }) } }],
    ['sns:action/Publish', { request: { querystring: mapped({ b: "it's", a: '/ +', A: '*' }) } }],
    ['dynamodb:action/PutItem', { request: { body: '{"a":"é"}' } }],
    ['sqs:action/X', { services: { endpoints: [], roles: [{ arn: '*', credentials: temporary }] } }],
    ['sqs:path/1', { request: { body: Buffer.alloc(3_000_000, 7) } }],
  ]
  for (const [rest, values] of cases) {
    test(rest, async () => {
      const [service = ''] = rest.split(':')
      const seen = await sent({ uri: `arn:aws:apigateway:us-east-1:${rest}`, ...values })
      const url = new URL(seen.origin + seen.path)
      const signed = /SignedHeaders=([^,]*)/.exec(seen.headers['authorization'] ?? '')?.[1]?.split(';') ?? []
      const token = seen.headers['x-amz-security-token']
      const oracle = new SignatureV4({
        service,
        region: 'us-east-1',
        credentials: token === undefined ? credentials : temporary,
        sha256: Sha256,
        uriEscapePath: service !== 's3',
      })
      const { headers } = await oracle.sign(
        {
          method: 'POST',
          protocol: url.protocol,
          hostname: url.hostname,
          path: seen.path.replace(/\?.*/, ''),
          query: Object.fromEntries(url.searchParams),
          headers: Object.fromEntries(signed.map((name) => [name, seen.headers[name] ?? ''])),
          body: values.request?.body ?? '',
        },
        { signingDate: new Date(nowMs) },
      )
      assert.equal(seen.headers['authorization'], headers['authorization'])
      assert.ok(signed.includes('host') && signed.includes('x-amz-date') && signed.includes('x-amz-source-arn'))
    })
  }
})

describe('awsService refuses', () => {
  const configuration = { type: 'API_CONFIGURATION_ERROR', status: 500, message: 'Internal server error' }

  test('a role without credentials, and shows no secret', async () => {
    const uri = 'arn:aws:apigateway:us-east-1:sns:action/Publish'
    const integration = { credentials: 'arn:aws:iam::123456789012:role/other' }
    await assert.rejects(call({ uri, integration }, noSend), (error: Error & { detail: string }) => {
      assert.deepEqual({ ...configuration, ...error, message: error.message }, { ...error, ...configuration })
      assert.match(error.detail, /^Execution failed due to configuration error: API Gateway does not have permission/)
      assert.match(error.detail, /assume the provided role arn:aws:iam::123456789012:role\/other: no entry of `roles`/)
      assert.ok(!JSON.stringify(error).includes('very-secret'))
      return true
    })
  })

  const cases: readonly (readonly [string, string, Partial<IntegrationRequest>?])[] = [
    ['a URI that is no ARN of a service', 'arn:aws:apigateway:us-east-1:sns:${stageVariables.none}'],
    ['a placeholder without a value', 'arn:aws:apigateway:us-east-1:s3:path/{bucket}/a'],
    ['a host label that is none', 'arn:aws:apigateway:us-east-1:{b}.s3:path/a', { path: mapped({ b: 'x/@evil' }) }],
  ]
  for (const [name, uri, request = {}] of cases) {
    test(`${name}`, () => assert.rejects(call({ uri, request }, noSend), configuration))
  }

  for (const key of ['..', '.', '%2e%2E', '../other/key', 'a/../../other']) {
    test(`a caller’s path that leads out: ${key}`, () => {
      const uri = 'arn:aws:apigateway:us-east-1:s3:path/pets/{key+}'
      const refusal = call({ uri, request: { path: mapped({ key }) } }, noSend)
      return assert.rejects(refusal, { type: 'DEFAULT_4XX', status: 400, message: 'Bad Request' })
    })
  }
})
