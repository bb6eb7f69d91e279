import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createFunction, permit } from '../api.ts'
import type { Gatehouse } from '../gatehouse.ts'
import type { Key } from '../iam/clients.ts'
import { required } from '../management/client.ts'
import { callByBoto } from './signed/boto.ts'
import { type Answer, type Call, send, signBySdk } from './signed/call.ts'
import { type Callers, createCallers, type Side, sides, statement } from './signed/callers.ts'
import { startTokenIssuer, type TokenIssuer } from './signed/token-issuer.ts'
import { clientsBy, owner, startWithTwoAccounts, stranger } from './signed/two-accounts.ts'

type ResourcePolicy = Side | 'none'
type Result = 'allow' | 'implicit deny' | 'explicit deny'

/** AWS's tables A and B: what the caller's side and the resource policy say, the result in one account, and across two. */
const tables: readonly (readonly [caller: Side, resource: ResourcePolicy, a: Result, b: Result])[] = [
  ['Allow', 'Allow', 'allow', 'allow'],
  ['Allow', 'silent', 'allow', 'implicit deny'],
  ['Allow', 'Deny', 'explicit deny', 'explicit deny'],
  ['silent', 'Allow', 'allow', 'implicit deny'],
  ['silent', 'silent', 'implicit deny', 'implicit deny'],
  ['silent', 'Deny', 'explicit deny', 'explicit deny'],
  ['Deny', 'Allow', 'explicit deny', 'explicit deny'],
  ['Deny', 'silent', 'explicit deny', 'explicit deny'],
  ['Deny', 'Deny', 'explicit deny', 'explicit deny'],
  // Without a resource policy, nothing but the caller's side speaks; and across accounts, nothing can allow.
  ['Allow', 'none', 'allow', 'implicit deny'],
  ['silent', 'none', 'implicit deny', 'implicit deny'],
  ['Deny', 'none', 'explicit deny', 'explicit deny'],
]

/** Without another side, the resource policy has to allow. */
const alone: readonly (readonly [resource: ResourcePolicy, result: Result])[] = [
  ['none', 'allow'],
  ['Allow', 'allow'],
  ['silent', 'implicit deny'],
  ['Deny', 'explicit deny'],
]

/** Says what its token says, and how often it was asked. */
const source = `
let asked = 0
export const handler = async ({ authorizationToken, methodArn }) => {
  asked++
  const Effect = authorizationToken === 'Deny' ? 'Deny' : 'Allow'
  const Resource = authorizationToken === 'silent' ? methodArn.replace('/GET/', '/PUT/') : methodArn
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource }]
  return { principalId: 'somebody', policyDocument: { Version: '2012-10-17', Statement }, context: { asked } }
}`

/** Paths of every API, each behind another authorization. */
const types = { signed: 'AWS_IAM', custom: 'CUSTOM', pool: 'COGNITO_USER_POOLS', open: 'NONE' } as const

describe("AWS's evaluation tables, through real calls", () => {
  let gatehouse: Gatehouse
  let tokens: TokenIssuer
  let functionArn: string
  const apis = new Map<string, string>()
  const callers = new Map<string, Callers>()
  const clients = () => clientsBy(owner.rootKey, gatehouse.url)

  before(async () => {
    tokens = await startTokenIssuer()
    const { issuer, jwksUri } = tokens
    // One worker: the authorizer's calls are counted.
    gatehouse = await startWithTwoAccounts({ userPools: [{ arn: '*', issuer, jwksUri }] }, { args: ['--workers', '1'] })
    functionArn = await createFunction(clients(), 'gatekeeper', source)
    apis.set('none', await deployApi())
    for (const side of sides) {
      apis.set(side, await deployApi({ ...statement(side), Principal: '*' }))
      for (const home of [owner, stranger])
        callers.set(`${home.account} ${side}`, await createCallers(gatehouse.url, home, side))
    }
  })
  after(async () => {
    await gatehouse[Symbol.asyncDispose]()
    await tokens[Symbol.asyncDispose]()
  })

  /** An API with one method behind each authorization. @param said By its resource policy, but for the resource. */
  async function deployApi(said?: object): Promise<string> {
    const { apigateway } = clients()
    const policy = said && JSON.stringify({ Version: '2012-10-17', Statement: { ...said, Resource: 'execute-api:/*' } })
    const { id, rootResourceId } = await apigateway.createRestApi({ name: 'guarded', ...(policy && { policy }) })
    const restApiId = required(id)
    const authorizer = (type: 'TOKEN' | 'COGNITO_USER_POOLS', settings: object) =>
      apigateway.createAuthorizer({
        restApiId,
        name: type,
        type,
        identitySource: 'method.request.header.Authorization',
        authorizerResultTtlInSeconds: 0,
        ...settings,
      })
    const authorizerUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`
    const lambda = await authorizer('TOKEN', { authorizerUri })
    const providerARNs = [`arn:aws:cognito-idp:us-east-1:${owner.account}:userpool/us-east-1_people`]
    const pool = await authorizer('COGNITO_USER_POOLS', { providerARNs })
    const authorizerIds: Partial<Record<string, string | undefined>> = {
      CUSTOM: lambda.id,
      COGNITO_USER_POOLS: pool.id,
    }
    for (const [pathPart, authorizationType] of Object.entries(types)) {
      const resource = await apigateway.createResource({ restApiId, parentId: required(rootResourceId), pathPart })
      const method = { restApiId, resourceId: required(resource.id), httpMethod: 'GET' }
      const authorizerId = authorizerIds[authorizationType]
      await apigateway.putMethod({ ...method, authorizationType, ...(authorizerId !== undefined && { authorizerId }) })
      await apigateway.putMethodResponse({ ...method, statusCode: '200' })
      const requestTemplates = { 'application/json': '{"statusCode": 200}' }
      await apigateway.putIntegration({ ...method, type: 'MOCK', requestTemplates })
      const responseTemplates = { 'application/json': '$context.identity.userArn $context.authorizer.asked' }
      await apigateway.putIntegrationResponse({ ...method, statusCode: '200', responseTemplates })
    }
    await apigateway.createDeployment({ restApiId, stageName: 'dev' })
    await permit(clients(), functionArn, restApiId)
    return restApiId
  }

  const callOf = (resource: string, path: keyof typeof types, more: Partial<Call> = {}): Call => ({
    gateway: gatehouse.url,
    host: `${required(apis.get(resource))}.execute-api.localhost`,
    path: `/dev/${path}`,
    ...more,
  })
  const call = async (made: Call) => send(await signBySdk(made))

  const tableA = (home: typeof owner) => home === owner
  const kinds = ['user', 'session'] as const
  const signedCases = [owner, stranger].flatMap((home) =>
    tables.flatMap(([side, resource, a, b]) =>
      kinds.map((kind) => ({ home, side, resource, kind, result: tableA(home) ? a : b })),
    ),
  )
  const keyOf = (home: typeof owner, side: Side, kind: (typeof kinds)[number]): Key => {
    const found = callers.get(`${home.account} ${side}`)
    assert.ok(found)
    return found[kind]
  }

  for (const { home, side, resource, kind, result } of signedCases) {
    const table = tableA(home) ? 'A' : 'B'
    test(`table ${table}, a ${kind} signs by the SDK: ${side}, resource policy ${resource}: ${result}`, async () => {
      const key = keyOf(home, side, kind)
      assert.equal(resultOf(await call(callOf(resource, 'signed', { key }))), result)
      assert.equal(resultOf(await call(callOf(resource, 'signed', { key, expiresSeconds: 60 }))), result)
    })
  }

  test('tables A and B, signed by botocore in the headers and in the query', async () => {
    const forms = [{}, { expiresSeconds: 60 }]
    const cases = signedCases.flatMap((each) => forms.map((form) => ({ ...each, form })))
    const answers = await callByBoto(
      cases.map(({ home, side, resource, kind, form }) =>
        callOf(resource, 'signed', { key: keyOf(home, side, kind), ...form }),
      ),
    )
    const told = (index: number) =>
      `${cases[index]?.home.account} ${cases[index]?.kind} ${cases[index]?.side} ${cases[index]?.resource}`
    assert.deepEqual(
      answers.map((answer, index) => `${told(index)}: ${resultOf(answer)}`),
      cases.map(({ result }, index) => `${told(index)}: ${result}`),
    )
  })

  test('who has not signed is let in by no policy', async () => {
    for (const resource of ['none', ...sides]) {
      const { status, errorType } = await call(callOf(resource, 'signed'))
      assert.deepEqual([status, errorType], [403, 'MissingAuthenticationTokenException'])
    }
  })

  test('is told who it is, and which side was silent or denied', async () => {
    const userOf = (home: typeof owner, side: Side) => `arn:aws:iam::${home.account}:user/user-${side}`
    const text = async (home: typeof owner, side: Side, resource: ResourcePolicy) =>
      (await call(callOf(resource, 'signed', { key: keyOf(home, side, 'user') }))).body
    const asked = (who: string, resource: string) =>
      `{"Message":"User: ${who} is not authorized to perform: execute-api:Invoke on resource: ` +
      `arn:aws:execute-api:us-east-1:********9012:${required(apis.get(resource))}/dev/GET/signed`
    assert.equal(await text(owner, 'Allow', 'Allow'), `${userOf(owner, 'Allow')} `)
    const unallowed = (by: string) => ` because no ${by} allows the execute-api:Invoke action"}`
    for (const [home, side, resource, end] of [
      [owner, 'silent', 'silent', unallowed('identity-based policy')],
      [owner, 'Allow', 'Deny', ' with an explicit deny in a resource-based policy"}'],
      [owner, 'Deny', 'Allow', ' with an explicit deny in an identity-based policy"}'],
      [stranger, 'Allow', 'silent', unallowed('resource-based policy')],
      [stranger, 'silent', 'Allow', unallowed('identity-based policy')],
    ] as const) {
      assert.equal(await text(home, side, resource), asked(userOf(home, side), resource) + end)
    }
  })

  for (const [side, resource, result] of tables) {
    test(`a Lambda authorizer, table A: ${side}, resource policy ${resource}: ${result}`, async () => {
      const asked = async (of: string) =>
        Number((await call(callOf(of, 'custom', { headers: { Authorization: 'Allow' } }))).body.trim())
      const before = await asked('none')
      const answer = await call(callOf(resource, 'custom', { headers: { Authorization: side } }))
      assert.equal(resultOf(answer), result)
      // What the resource policy denies costs no invocation.
      assert.equal((await asked('none')) - before, resource === 'Deny' ? 1 : 2)
    })
  }

  for (const [resource, result] of alone) {
    test(`a user pool, a good token, resource policy ${resource}: ${result}`, async () => {
      const headers = { Authorization: `Bearer ${tokens.token()}` }
      assert.equal(resultOf(await call(callOf(resource, 'pool', { headers }))), result)
    })
    test(`a user pool, an expired token or none, resource policy ${resource}: 401`, async () => {
      for (const headers of [{}, { Authorization: tokens.token({ exp: 1 }) }]) {
        const { status, errorType } = await call(callOf(resource, 'pool', { headers }))
        assert.deepEqual([status, errorType], [401, 'UnauthorizedException'])
      }
    })
    test(`no authorization, resource policy ${resource}: ${result}`, async () => {
      assert.equal(resultOf(await call(callOf(resource, 'open'))), result)
    })
  }

  /** Who a resource policy's Allow names, and what comes of it for somebody whose own policies are silent. */
  const named: readonly (readonly [name: string, principal: { readonly AWS: string }, who: Side, a: Result])[] = [
    ['the user', { AWS: `arn:aws:iam::${owner.account}:user/user-silent` }, 'silent', 'allow'],
    ['another user', { AWS: `arn:aws:iam::${owner.account}:user/user-Deny` }, 'silent', 'implicit deny'],
    ['the account, which leaves it to the account', { AWS: owner.account }, 'silent', 'implicit deny'],
    ['the account, with the leave of the account', { AWS: owner.account }, 'Allow', 'allow'],
    ['the other account', { AWS: stranger.account }, 'silent', 'implicit deny'],
  ]
  for (const [name, Principal, side, result] of named) {
    test(`a resource policy that names ${name}: ${result}`, async () => {
      apis.set(name, await deployApi({ ...statement('Allow'), Principal }))
      assert.equal(resultOf(await call(callOf(name, 'signed', { key: keyOf(owner, side, 'user') }))), result)
      assert.equal(resultOf(await call(callOf(name, 'open'))), 'implicit deny')
      const isNamed = Principal.AWS === stranger.account
      const foreign = await call(callOf(name, 'signed', { key: keyOf(stranger, 'Allow', 'user') }))
      assert.equal(resultOf(foreign), isNamed ? 'allow' : 'implicit deny')
    })
  }
})

function resultOf({ status, errorType, body }: Answer): Result | string {
  if (status === 200) return 'allow'
  if (status !== 403 || errorType !== 'AccessDeniedException') return `${status} ${errorType} ${body}`
  return body.includes(' with an explicit deny') ? 'explicit deny' : 'implicit deny'
}
