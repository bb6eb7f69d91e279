import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { APIGateway, PatchOperation } from '@aws-sdk/client-api-gateway'
import { type Gatehouse, startGatehouse, temporaryFolder } from '../gatehouse.ts'
import { add, connect, replace, required } from '../management/client.ts'
import { send } from './signed/call.ts'
import { apiKey, awsIam, deployDocument, documentOf, type GuardedPath, scheme } from './signed/guarded-api.ts'
import { startTokenIssuer, type TokenIssuer } from './signed/token-issuer.ts'

const poolArn = (name: string) => `arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_${name}`
const statement = (Effect: string) => ({
  Effect,
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/*',
})
const policy = (Effect: string) => JSON.stringify({ Version: '2012-10-17', Statement: [statement(Effect)] })

/** What of an API a change is made to. */
interface Place {
  readonly api: APIGateway
  readonly restApiId: string
  readonly resourceId: string
  readonly authorizerId: string
}

const method =
  (patchOperations: PatchOperation[]) =>
  ({ api, authorizerId: _, ...place }: Place) =>
    api.updateMethod({ ...place, httpMethod: 'ANY', patchOperations })
const restApi =
  (patchOperations: PatchOperation[]) =>
  ({ api, restApiId }: Place) =>
    api.updateRestApi({ restApiId, patchOperations })
const authorizer =
  (patchOperations: PatchOperation[]) =>
  ({ api, restApiId, authorizerId }: Place) =>
    api.updateAuthorizer({ restApiId, authorizerId, patchOperations })

type Change = (place: Place) => Promise<unknown>

/** What a call with a good token gets as the API was imported, and once a change is deployed. */
const changes: readonly (readonly [
  name: string,
  guard: keyof typeof guards,
  before: number,
  change: Change,
  after: number,
])[] = [
  ['that a method takes signed calls only', 'open', 200, method([replace('/authorizationType', 'AWS_IAM')]), 403],
  [
    'that a method takes calls without a signature',
    'signed',
    403,
    method([replace('/authorizationType', 'NONE')]),
    200,
  ],
  ['that a method requires an API key', 'open', 200, method([replace('/apiKeyRequired', 'true')]), 403],
  ['that a method requires no API key', 'keyed', 403, method([replace('/apiKeyRequired', 'false')]), 200],
  ['that a method asks for a scope', 'pool', 200, method([add('/authorizationScopes', 'pets/read')]), 401],
  ['that a method is no longer behind a user pool', 'pool', 200, method([replace('/authorizationType', 'NONE')]), 200],
  ['a resource policy that denies', 'open', 200, restApi([replace('/policy', policy('Deny'))]), 403],
  ['a resource policy that allows', 'denied', 403, restApi([replace('/policy', policy('Allow'))]), 200],
  ['that there is no resource policy', 'denied', 403, restApi([replace('/policy', '')]), 200],
  [
    "an authorizer's pools",
    'pool',
    200,
    authorizer([
      add('/providerARNs', poolArn('other')),
      { op: 'remove', path: '/providerARNs', value: poolArn('people') },
    ]),
    401,
  ],
  [
    "an authorizer's source",
    'pool',
    200,
    authorizer([replace('/identitySource', 'method.request.header.X-Token')]),
    401,
  ],
  ["an authorizer's validation", 'pool', 200, authorizer([replace('/identityValidationExpression', 'nobody')]), 401],
]

const guards = {
  open: {},
  signed: { security: [{ signed: [] }] },
  keyed: { security: [{ keyed: [] }] },
  pool: { security: [{ pool: [] }] },
  denied: {},
} satisfies Record<string, GuardedPath>

describe('what a deployment has frozen', () => {
  let gatehouse: Gatehouse
  let issuer: TokenIssuer
  let api: APIGateway
  before(async () => {
    issuer = await startTokenIssuer()
    const { issuer: url, jwksUri } = issuer
    const file = join(await temporaryFolder(), 'gatehouse.json')
    const other = { arn: poolArn('other'), issuer: `${url}/other`, jwksUri }
    await writeFile(file, JSON.stringify({ userPools: [other, { arn: '*', issuer: url, jwksUri }] }))
    gatehouse = await startGatehouse({ args: ['--config', file] })
    api = connect(gatehouse.url)
  })
  after(async () => {
    await gatehouse[Symbol.asyncDispose]()
    await issuer[Symbol.asyncDispose]()
  })

  async function deployed(guard: keyof typeof guards): Promise<Place> {
    const pool = scheme('cognito_user_pools', { type: 'cognito_user_pools', providerARNs: [poolArn('people')] })
    const more = guard === 'denied' ? { 'x-amazon-apigateway-policy': JSON.parse(policy('Deny')) } : {}
    // Every guard is there, so that a change can name it.
    const paths = { '/': guards[guard], '/other': { security: [{ pool: [] }] } }
    const restApiId = await deployDocument(api, documentOf(paths, { signed: awsIam, keyed: apiKey, pool }, more))
    const { rootResourceId } = await api.getRestApi({ restApiId })
    const { items = [] } = await api.getAuthorizers({ restApiId })
    return { api, restApiId, resourceId: required(rootResourceId), authorizerId: required(items[0]?.id) }
  }

  async function call(restApiId: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
    const Host = `${restApiId}.execute-api.localhost`
    const token = { Authorization: `Bearer ${issuer.token()}` }
    const sent = {
      gateway: gatehouse.url,
      method: 'GET',
      target: '/dev',
      headers: { Host, ...token, ...headers },
      body: '',
    }
    return (await send(sent)).status
  }

  for (const [name, guard, atFirst, change, after] of changes) {
    test(`does not yet know ${name}`, async () => {
      const place = await deployed(guard)
      const { restApiId } = place
      // Without a token, a method that looks as before is seen to be guarded by something else.
      const statuses = async () => [await call(restApiId), await call(restApiId, { Authorization: '' })]
      const before = await statuses()
      assert.equal(before[0], atFirst)
      const first = required((await api.getStage({ restApiId, stageName: 'dev' })).deploymentId)
      await change(place)
      assert.deepEqual(await statuses(), before)
      await api.createDeployment({ restApiId, stageName: 'dev' })
      assert.equal(await call(restApiId), after)
      await api.updateStage({ restApiId, stageName: 'dev', patchOperations: [replace('/deploymentId', first)] })
      assert.deepEqual(await statuses(), before)
    })
  }

  test('has an authorizer that is deleted since', async () => {
    const { restApiId, authorizerId } = await deployed('pool')
    const { items = [] } = await api.getResources({ restApiId })
    for (const { id } of items) {
      const patchOperations = [replace('/authorizationType', 'NONE')]
      await api.updateMethod({ restApiId, resourceId: required(id), httpMethod: 'ANY', patchOperations })
    }
    await api.deleteAuthorizer({ restApiId, authorizerId })
    assert.deepEqual([await call(restApiId), await call(restApiId, { Authorization: '' })], [200, 401])
    await api.createDeployment({ restApiId, stageName: 'dev' })
    assert.deepEqual([await call(restApiId), await call(restApiId, { Authorization: '' })], [200, 200])
  })

  test('is where keys come from, and not what they may do: keys, plans and rates hold at once', async () => {
    const { restApiId } = await deployed('keyed')
    const value = 'a-key-of-more-than-twenty-characters'
    const withKey = () => call(restApiId, { 'x-api-key': value })
    const statuses: number[] = [await withKey()]
    const note = async (change: Promise<unknown>) => {
      await change
      statuses.push(await withKey())
    }
    const key = await api.createApiKey({ value, enabled: true })
    const keyId = required(key.id)
    const apiStages = [{ apiId: restApiId, stage: 'dev' }]
    const plan = await api.createUsagePlan({ name: 'plan', apiStages })
    const usagePlanId = required(plan.id)
    await note(api.createUsagePlanKey({ usagePlanId, keyId, keyType: 'API_KEY' }))
    await note(api.updateApiKey({ apiKey: keyId, patchOperations: [replace('/enabled', 'false')] }))
    await note(api.updateApiKey({ apiKey: keyId, patchOperations: [replace('/enabled', 'true')] }))
    const never = [replace('/throttle/rateLimit', '0'), replace('/throttle/burstLimit', '0')]
    const patchOperations = [replace('/apiKeySource', 'AUTHORIZER')]
    await note(api.updateRestApi({ restApiId, patchOperations }))
    await note(api.createDeployment({ restApiId, stageName: 'dev' }))
    await api.updateRestApi({ restApiId, patchOperations: [replace('/apiKeySource', 'HEADER')] })
    await note(api.createDeployment({ restApiId, stageName: 'dev' }))
    await note(api.updateUsagePlan({ usagePlanId, patchOperations: never }))
    const removed = [{ op: 'remove', path: '/apiStages', value: `${restApiId}:dev` } as const]
    await note(api.updateUsagePlan({ usagePlanId, patchOperations: removed }))
    assert.deepEqual(statuses, [403, 200, 403, 200, 200, 403, 200, 429, 403])
  })
})
