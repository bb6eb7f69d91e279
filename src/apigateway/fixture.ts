import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Sdk from '@aws-sdk/client-api-gateway'
import { type Cipher, createCipher } from '../secrets/cipher.ts'
import { openSqliteStore } from '../storage/sqlite/open.ts'
import type { Revision, Store } from '../storage/store.ts'
import type { Caller, Input } from '../wire/operation.ts'
import { apiGatewayOperations } from './api-gateway-operations.ts'
import type { Dependencies } from './dependencies.ts'
import type { MethodIds } from './method/method.ts'

/** The built operations over an empty store, for tests. */
export interface Fixture {
  readonly operations: Operations
  readonly store: Store
  readonly cipher: Cipher
  readonly caller: Caller
  /** Every revision since the start, in order. */
  readonly revisions: readonly Revision[]
  /** The caches that were flushed since the start, in order. */
  readonly flushed: readonly string[]
  /** Lets so many milliseconds pass. */
  wait(ms: number): void
  /** Creates an API. */
  createApi(name?: string): Promise<TestApi>
  close(): Promise<void>
}

/** An API to work on. */
export interface TestApi {
  readonly restApiId: string
  readonly rootId: string
  /** Creates a child of the root, or of another resource, and gives its id. */
  createResource(pathPart: string, parentId?: string): Promise<string>
  /** Creates a `GET` without authorization, of the root unless told otherwise, and gives the path labels that name it. */
  createMethod(options?: { resourceId?: string; httpMethod?: string }): Promise<MethodIds>
  /** Gives a method an integration with a public URL. */
  integrate(ids: MethodIds): Promise<void>
  /** Gives an API with one method at least a deployment, with or without a stage, and gives its id. */
  deploy(stageName?: string): Promise<string>
}

/** One entry of any update's `patchOperations`. */
export type Patch = NonNullable<Input<typeof Sdk, 'UpdateRestApi'>['patchOperations']>[number]

type Operations = ReturnType<typeof apiGatewayOperations>

/** The configuration has backends for it. */
export const networkLoadBalancer =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/mine/0123456789abcdef'

/** When a fixture's clock starts. */
export const startMs = Date.UTC(2026, 0, 1)

/** Opens a store in a folder of its own; ids count upwards, and the clock moves only by `wait`. */
export async function openFixture(
  settings: Partial<Pick<Dependencies, 'accountRate' | 'flushResponses'>> = {},
): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-apigateway-'))
  const store = await openSqliteStore(folder)
  const revisions: Revision[] = []
  store.onRevision((revision) => revisions.push(revision))
  const flushed: string[] = []
  let drawn = 0
  let nowMs = startMs
  const cipher = createCipher(Buffer.alloc(32))
  const newId = (length: number) => `i${String(drawn++).padStart(length - 1, '0')}`
  const operations = apiGatewayOperations({
    store,
    now: () => new Date(nowMs),
    newId,
    newSecret: (length) => `S${String(drawn++).padStart(length - 1, '0')}`,
    cipher,
    vpcLinkTargets: [{ arn: networkLoadBalancer }],
    maxIntegrationTimeoutMs: 29_000,
    recordUsage: async () => {},
    flushResponses: async (name) => flushed.push(name) > 0,
    testMethod: async () => {
      throw new Error('There is no data plane')
    },
    testAuthorizer: async () => {
      throw new Error('There is no data plane')
    },
    ...settings,
    generateCertificate: async (createdDate) => ({
      certificate: 'certificate',
      privateKey: 'private key',
      expirationDate: new Date(createdDate.getTime() + 1000),
    }),
  })
  const caller = { account: '123456789012', region: 'us-east-1', requestId: 'r' }
  return {
    operations,
    store,
    cipher,
    caller,
    revisions,
    flushed,
    wait(ms) {
      nowMs += ms
    },
    async createApi(name = 'pets') {
      const { id = '', rootResourceId = '' } = await operations.CreateRestApi({ name }, caller)
      return testApi(operations, caller, id, rootResourceId)
    },
    async close() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

function testApi(operations: Operations, caller: Caller, restApiId: string, rootId: string): TestApi {
  return {
    restApiId,
    rootId,
    async createResource(pathPart, parentId = rootId) {
      const { id = '' } = await operations.CreateResource({ restApiId, parentId, pathPart }, caller)
      return id
    },
    async createMethod({ resourceId = rootId, httpMethod = 'GET' } = {}) {
      const ids = { restApiId, resourceId, httpMethod }
      await operations.PutMethod({ ...ids, authorizationType: 'NONE' }, caller)
      return ids
    },
    async integrate(ids) {
      const uri = 'https://example.com/'
      await operations.PutIntegration({ ...ids, type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri }, caller)
    },
    async deploy(stageName) {
      const { id = '' } = await operations.CreateDeployment({ restApiId, ...(stageName && { stageName }) }, caller)
      return id
    },
  }
}
