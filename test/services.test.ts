import assert from 'node:assert/strict'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type ServiceServer, startDynamoDb, startS3 } from '../src/gateway/integration/aws-service/service-servers.ts'
import { type Gatehouse, startGatehouse, temporaryFolder } from './gatehouse.ts'
import { run, toolEnvironment } from './tools.ts'

/** The examples that call AWS services: each against a server of its own kind. */
describe('examples/services', () => {
  let folder: string
  let s3: ServiceServer
  let dynamodb: ServiceServer
  let gatehouse: Gatehouse

  before(async () => {
    folder = await temporaryFolder()
    s3 = await startS3('other')
    dynamodb = await startDynamoDb()
    const config = join(folder, 'gatehouse.json')
    await writeFile(config, await configuration(s3.url, dynamodb.url))
    const env = { SERVICES_ACCESS_KEY_ID: 'S3RVER', SERVICES_SECRET_ACCESS_KEY: 'S3RVER' }
    gatehouse = await startGatehouse({ args: ['--config', config], env })
  })
  after(async () => {
    await gatehouse[Symbol.asyncDispose]()
    await s3[Symbol.asyncDispose]()
    await dynamodb[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  async function example(name: string): Promise<string[]> {
    const env = { ...toolEnvironment(), GATEHOUSE_URL: gatehouse.url, S3_URL: s3.url, DYNAMODB_URL: dynamodb.url }
    const { status, stdout, stderr } = await run(path(name), [], { env })
    assert.equal(status, 0, stderr)
    return stdout.trimEnd().split('\n')
  }

  test('files.sh keeps binary files in S3', async () => {
    assert.deepEqual(await example('files.sh'), [
      'PUT 200',
      'GET 200 image/png',
      'the same bytes',
      '{"message": "There is no such file"} 404',
    ])
  })

  test('pets.sh keeps pets in DynamoDB', async () => {
    assert.deepEqual(await example('pets.sh'), [
      '{"message": "created"} 201',
      '{"message": "created"} 201',
      '{"message": "created"} 201',
      '{"message": "ConditionalCheckFailedException"} 409',
      '{"message": "Unsupported Media Type"} 415',
      '{"count": 2, "pets": [{"name": "Rex", "price": 249.99}, {"name": "Zo\\u00EB \\"Z\\"", "price": 100}]} 200',
    ])
  })
})

function path(name: string): string {
  return fileURLToPath(new URL(`../examples/services/${name}`, import.meta.url))
}

/** The examples' own configuration, with the ports of these servers. */
async function configuration(s3: string, dynamodb: string): Promise<string> {
  const text = await readFile(path('gatehouse.json'), 'utf8')
  return text.replace('http://127.0.0.1:4568', s3).replace('http://127.0.0.1:4567', dynamodb)
}
