import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { run } from '../tools.ts'
import { connect, required } from './client.ts'
import { createMockApi } from './mock-api.ts'

/** What a `get-*` command of the AWS CLI prints. */
interface Printed {
  readonly items: readonly object[]
  readonly NextToken?: string
}

/** The client's connections. */
const atOnce = 32

const document = { openapi: '3.0.1', info: { title: 'wide', version: '1' }, paths: {} }

describe('the AWS CLI pages through', () => {
  let gatehouse: Gatehouse
  let api: APIGateway

  before(async () => {
    gatehouse = await startGatehouse()
    api = connect(gatehouse.url)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  async function aws(...args: string[]): Promise<Printed> {
    const endpoint = ['--endpoint-url', gatehouse.url, '--output', 'json']
    const { status, stdout, stderr } = await run('aws', ['apigateway', ...args, ...endpoint])
    assert.equal(status, 0, stderr)
    return JSON.parse(stdout)
  }

  /** Runs the command until it prints no further token, at most `maxItems` items a time. */
  async function takeAll(args: readonly string[], maxItems: number): Promise<Printed[]> {
    const printed: Printed[] = []
    for (let token: string | undefined; printed.length === 0 || token !== undefined; ) {
      const from = token === undefined ? [] : ['--starting-token', token]
      const part = await aws(...args, '--max-items', String(maxItems), ...from)
      printed.push(part)
      token = part.NextToken
    }
    return printed
  }

  /** Checks that the command, in parts of the asked size, gives each id once. */
  async function assertParts(args: readonly string[], expected: readonly string[], maxItems: number) {
    const parts = await takeAll(args, maxItems)
    assert.ok(parts.slice(0, -1).every(({ items }) => items.length === maxItems))
    assert.deepEqual(parts.flatMap(idsIn).sort(), expected.toSorted())
  }

  test('1,000 REST APIs', async () => {
    const ids = await create(1000, async (index) => (await api.createRestApi({ name: `api-${index}` })).id)
    await assertParts(['get-rest-apis'], ids, 400)
    assert.deepEqual(idsIn(await aws('get-rest-apis')).sort(), ids.toSorted())
    assert.equal((await aws('get-rest-apis', '--page-size', '7', '--max-items', '20')).items.length, 20)
    assert.equal((await aws('get-rest-apis', '--limit', '500', '--no-paginate')).items.length, 500)
  })

  test('1,000 API keys, and those of one usage plan', async () => {
    const usagePlanId = required((await api.createUsagePlan({ name: 'all' })).id)
    const rows = numbers(1000).map((index) => `key-${index},value-${String(index).padStart(30, '0')},${usagePlanId}`)
    const body = bytes(['name,key,usageplanIds', ...rows].join('\n'))
    const { ids = [] } = await api.importApiKeys({ format: 'csv', body })
    await assertParts(['get-api-keys', '--include-values'], ids, 600)
    await assertParts(['get-usage-plan-keys', '--usage-plan-id', usagePlanId], ids, 600)
    assert.equal((await aws('get-api-keys', '--name-query', 'key-99', '--page-size', '3')).items.length, 11)
  })

  test('1,000 documentation parts', async () => {
    const restApiId = required((await api.createRestApi({ name: 'documented' })).id)
    const documentationParts = numbers(1000).map((index) => ({
      location: { type: 'RESOURCE', path: `/${index}` },
      properties: {},
    }))
    const { ids = [] } = await api.importDocumentationParts({
      restApiId,
      body: bytes(JSON.stringify({ ...document, 'x-amazon-apigateway-documentation': { documentationParts } })),
    })
    await assertParts(['get-documentation-parts', '--rest-api-id', restApiId], ids, 600)
  })

  test('1,000 deployments', async () => {
    const { restApiId } = await createMockApi(api)
    const ids = await create(1000, async () => (await api.createDeployment({ restApiId })).id)
    await assertParts(['get-deployments', '--rest-api-id', restApiId], ids, 600)
  })

  // The quotas leave no room for more of the following.
  test('300 resources besides the root', async () => {
    const paths = Object.fromEntries(numbers(300).map((index) => [`/part-${index}`, {}]))
    const imported = await api.importRestApi({ body: bytes(JSON.stringify({ ...document, paths })) })
    const restApiId = required(imported.id)
    const { items = [] } = await api.getResources({ restApiId, limit: 500 })
    assert.equal(items.length, 301)
    const ids = items.map(({ id }) => required(id))
    await assertParts(['get-resources', '--rest-api-id', restApiId], ids, 180)
    const more = api.createResource({ restApiId, parentId: imported.rootResourceId, pathPart: 'more' })
    await assert.rejects(more, { name: 'LimitExceededException' })
  })

  test('300 usage plans', async () => {
    const region = 'eu-west-3'
    const there = connect(gatehouse.url, region)
    const ids = await create(300, async (index) => (await there.createUsagePlan({ name: `plan-${index}` })).id)
    await assertParts(['get-usage-plans', '--region', region], ids, 180)
  })
})

function idsIn({ items }: Printed): string[] {
  return items.map((item) => String(Reflect.get(item, 'id')))
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Creates so many things, some at once, and gives their ids. */
async function create(count: number, make: (index: number) => Promise<string | undefined>): Promise<string[]> {
  const ids: string[] = []
  let next = 0
  const work = async () => {
    while (next < count) ids.push(required(await make(next++)))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return ids
}
