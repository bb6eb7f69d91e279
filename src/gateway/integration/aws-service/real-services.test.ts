import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { deployed, fixedIds, invocation, noCredentials } from '../../fixtures.ts'
import type { IntegrationRequest } from '../backend.ts'
import { upstreams } from '../upstream/upstreams.ts'
import { awsService } from './aws-service.ts'
import { type ServiceServer, startDynamoDb, startKinesis, startS3 } from './service-servers.ts'

const role = 'arn:aws:iam::123456789012:role/pets'
const backends = upstreams()
const send = backends.over({})
after(() => backends.close())

/** Calls the service behind a server by an integration, signed with a key. */
function caller(service: string, server: () => ServiceServer, accessKeyId = 'S3RVER') {
  return async (rest: string, request: Partial<IntegrationRequest> = {}) => {
    const services = {
      endpoints: [{ service, url: server().url }],
      roles: [{ arn: role, credentials: { accessKeyId, secretAccessKey: 'S3RVER' } }],
    }
    const uri = `arn:aws:apigateway:us-east-1:${rest}`
    const outside = { services, credentials: noCredentials, send, ids: fixedIds, now: Date.now, timeoutMs: 5_000 }
    const backend = awsService(deployed({ uri, credentials: role }), outside)
    const empty = { path: new Map(), querystring: new Map(), headers: new Map(), contentType: 'application/json' }
    return backend({ httpMethod: 'POST', ...empty, body: '', trace: 'Root=1', ...request }, invocation())
  }
}

describe('DynamoDB', () => {
  let server: ServiceServer
  const call = caller('dynamodb', () => server)
  const json = async (action: string, body: unknown) => {
    const answer = await call(`dynamodb:action/${action}`, { body: JSON.stringify(body) })
    return { status: answer.status, text: answer.selectionText, body: JSON.parse(String(answer.body)) }
  }
  before(async () => {
    server = await startDynamoDb()
    const { status } = await json('CreateTable', {
      TableName: 'Pets',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    })
    assert.equal(status, 200)
  })
  after(() => server[Symbol.asyncDispose]())

  test('stores an item and finds it', async () => {
    const item = { id: { S: '7' }, name: { S: 'Zoë' } }
    assert.deepEqual(await json('PutItem', { TableName: 'Pets', Item: item }), { status: 200, text: '200', body: {} })
    const { body } = await json('Query', {
      TableName: 'Pets',
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: '7' } },
    })
    assert.deepEqual(body.Items, [item])
  })

  test('answers its own errors', async () => {
    const { status, text, body } = await json('GetItem', { TableName: 'None', Key: { id: { S: '7' } } })
    assert.deepEqual([status, text], [400, '400'])
    assert.match(body.__type, /ResourceNotFoundException$/)
  })
})

describe('S3', () => {
  let server: ServiceServer
  const call = caller('s3', () => server)
  before(async () => {
    server = await startS3('files')
  })
  after(() => server[Symbol.asyncDispose]())

  const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => i % 256))
  const keys = ['pets.png', 'a%20b/c+(d)&é.bin', "it's=100%25.png"]
  for (const key of keys) {
    test(`takes the bytes of ${key} and gives them back`, async () => {
      const path = new Map([['key', [key]]])
      const put = { httpMethod: 'PUT', path, contentType: 'image/png', body: bytes }
      assert.equal((await call('s3:path/files/{key}', put)).status, 200)
      const got = await call('s3:path/files/{key}', { httpMethod: 'GET', path })
      assert.equal(got.status, 200)
      assert.ok(got.body.equals(bytes))
      assert.equal(got.headers[got.headers.findIndex((name) => /^content-type$/i.test(name)) + 1], 'image/png')
    })
  }

  test('lists what a mapped prefix names', async () => {
    await call('s3:path/files/pets/1 é', { httpMethod: 'PUT', body: 'x' })
    const querystring = new Map([['prefix', ['pets/']]])
    const { status, body } = await call('s3:path/files?list-type=2', { httpMethod: 'GET', querystring })
    assert.equal(status, 200)
    assert.match(String(body), /<Key>pets\/1 é<\/Key>/)
  })

  test('refuses an unknown key', async () => {
    const answer = await caller('s3', () => server, 'AKUNKNOWN')('s3:path/files/x', { httpMethod: 'GET' })
    assert.deepEqual([answer.status, answer.selectionText], [403, '403'])
    assert.match(String(answer.body), /InvalidAccessKeyId/)
  })
})

test('A service that cannot be reached is told: 504', async () => {
  const nowhere = { url: 'http://127.0.0.1:1', async [Symbol.asyncDispose]() {} }
  await assert.rejects(caller('sns', () => nowhere)('sns:action/Publish'), {
    type: 'INTEGRATION_FAILURE',
    status: 504,
    message: 'Network error communicating with endpoint',
  })
})

describe('Kinesis', () => {
  let server: ServiceServer
  const call = caller('kinesis', () => server)
  const json = async (action: string, body: unknown) => {
    const answer = await call(`kinesis:action/${action}`, { body: JSON.stringify(body) })
    assert.equal(answer.status, 200, String(answer.body))
    return String(answer.body) === '' ? {} : JSON.parse(String(answer.body))
  }
  before(async () => {
    server = await startKinesis()
    await json('CreateStream', { StreamName: 'pets', ShardCount: 1 })
  })
  after(() => server[Symbol.asyncDispose]())

  test('keeps a record', async () => {
    const Data = Buffer.from('Zoë').toString('base64')
    const { ShardId } = await json('PutRecord', { StreamName: 'pets', PartitionKey: '7', Data })
    const { ShardIterator } = await json('GetShardIterator', {
      StreamName: 'pets',
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    })
    const { Records } = await json('GetRecords', { ShardIterator })
    assert.deepEqual(
      Records.map(({ Data }: { Data: string }) => Data),
      [Data],
    )
  })
})
