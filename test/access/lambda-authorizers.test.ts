import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { APIGateway, CreateAuthorizerCommandInput } from '@aws-sdk/client-api-gateway'
import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { clientsOf, createFunction } from '../api.ts'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connect, replace, required } from '../management/client.ts'

/** Decides by the token's first word, and tells how often it was asked. */
const source = `
let asked = 0
export const handler = async (event) => {
  asked++
  const token = event.type === 'TOKEN' ? event.authorizationToken : event.headers['x-who']
  const [word, resource = event.methodArn] = token.split(' ')
  if (word === 'unauthorized') throw new Error('Unauthorized')
  if (word === 'broken') throw new Error('no')
  if (word === 'nothing') return {}
  const Effect = word === 'deny' ? 'Deny' : 'Allow'
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource: resource }]
  return {
    principalId: 'user|' + word,
    policyDocument: { Version: '2012-10-17', Statement },
    context: { asked, isKnown: true, name: 'Ada' },
    usageIdentifierKey: 'a-key-of-more-than-twenty-characters',
  }
}`

describe('a method behind a Lambda authorizer', () => {
  let gatehouse: Gatehouse
  let api: APIGateway
  let functionArn: string
  before(async () => {
    // One worker: what it remembers is counted.
    gatehouse = await startGatehouse({ args: ['--workers', '1'] })
    api = connect(gatehouse.url)
    functionArn = await createFunction(clientsOf(gatehouse.url), 'gatekeeper', source)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  const uriOf = (arn: string) => `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`

  async function guarded(settings: Partial<CreateAuthorizerCommandInput> = {}, policy?: object) {
    const { id, rootResourceId } = await api.createRestApi({
      name: 'guarded',
      ...(policy && { policy: JSON.stringify(policy) }),
    })
    const restApiId = required(id)
    const authorizer = await api.createAuthorizer({
      restApiId,
      name: 'gatekeeper',
      type: 'TOKEN',
      identitySource: 'method.request.header.Authorization',
      authorizerUri: uriOf(functionArn),
      authorizerResultTtlInSeconds: 0,
      ...settings,
    })
    const authorizerId = required(authorizer.id)
    for (const httpMethod of ['GET', 'POST']) {
      const method = { restApiId, resourceId: required(rootResourceId), httpMethod }
      await api.putMethod({ ...method, authorizationType: 'CUSTOM', authorizerId })
      await api.putMethodResponse({ ...method, statusCode: '200' })
      await api.putIntegration({
        ...method,
        type: 'MOCK',
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
      })
      const template = `{"who": "$context.authorizer.principalId", "name": "$context.authorizer.name",
        "asked": $context.authorizer.asked, "known": "$context.authorizer.isKnown"}`
      await api.putIntegrationResponse({
        ...method,
        statusCode: '200',
        responseTemplates: { 'application/json': template },
      })
    }
    await api.createDeployment({ restApiId, stageName: 'dev' })
    await clientsOf(gatehouse.url).lambda.send(
      new AddPermissionCommand({
        FunctionName: 'gatekeeper',
        StatementId: `from-${restApiId}`,
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `arn:aws:execute-api:us-east-1:123456789012:${restApiId}/authorizers/${authorizerId}`,
      }),
    )
    return { restApiId, authorizerId }
  }

  async function call(restApiId: string, headers: Record<string, string> = {}, method = 'GET') {
    const response = await fetch(`${gatehouse.url}/_aws/execute-api/${restApiId}/dev`, { method, headers })
    return [response.status, response.headers.get('x-amzn-errortype'), JSON.parse(await response.text())]
  }
  const withToken = (restApiId: string, token: string, method?: string) =>
    call(restApiId, { Authorization: token }, method)
  const unauthorized = [401, 'UnauthorizedException', { message: 'Unauthorized' }]
  const notAllowed = [403, 'AccessDeniedException', { Message: 'User is not authorized to access this resource' }]
  const denied = [
    403,
    'AccessDeniedException',
    { Message: 'User is not authorized to access this resource with an explicit deny' },
  ]
  const broken = [500, 'AuthorizerConfigurationException', { message: null }]

  test('answers as its function says', async () => {
    const { restApiId } = await guarded({ identityValidationExpression: '\\w+( .*)?' })
    const [status, , body] = await withToken(restApiId, 'allow')
    assert.equal(status, 200)
    assert.deepEqual({ ...body, asked: 0 }, { who: 'user|allow', name: 'Ada', asked: 0, known: 'true' })
    assert.deepEqual(await withToken(restApiId, 'deny'), denied)
    assert.deepEqual(await withToken(restApiId, 'allow arn:aws:execute-api:*:*:*/dev/PUT/*'), notAllowed)
    assert.deepEqual(await withToken(restApiId, 'unauthorized'), unauthorized)
    assert.deepEqual(await withToken(restApiId, 'broken'), broken)
    assert.deepEqual(await withToken(restApiId, 'nothing'), broken)
    assert.deepEqual(await call(restApiId), unauthorized)
    assert.deepEqual(await withToken(restApiId, '!'), unauthorized)
  })

  test('asks once for a caller, for all methods, until its cache is flushed', async () => {
    const { restApiId } = await guarded({ authorizerResultTtlInSeconds: 300 })
    const askedFor = async (token: string, method?: string) => (await withToken(restApiId, token, method))[2].asked
    const first = await askedFor('allow arn:aws:execute-api:*')
    assert.equal(await askedFor('allow arn:aws:execute-api:*'), first)
    assert.equal(await askedFor('allow arn:aws:execute-api:*', 'POST'), first)
    assert.equal(await askedFor('allow arn:aws:execute-api:*:*:*'), first + 1)
    // The policy that was returned for one method is asked about another.
    assert.equal((await withToken(restApiId, 'allow'))[0], 200)
    assert.deepEqual(await withToken(restApiId, 'allow', 'POST'), notAllowed)
    await api.flushStageAuthorizersCache({ restApiId, stageName: 'dev' })
    assert.equal(await askedFor('allow arn:aws:execute-api:*'), first + 3)
  })

  test('reads several sources of a request', async () => {
    const identitySource = 'method.request.header.x-who, method.request.header.x-what'
    const { restApiId } = await guarded({ type: 'REQUEST', identitySource })
    assert.equal((await call(restApiId, { 'x-who': 'allow', 'x-what': 'y' }))[0], 200)
    assert.deepEqual(await call(restApiId, { 'x-who': 'allow' }), unauthorized)
    assert.deepEqual(await call(restApiId, { 'x-who': 'deny', 'x-what': 'y' }), denied)
  })

  test('is closed where the function may not be called, or is not there', async () => {
    const { restApiId, authorizerId } = await guarded()
    const patch = async (value: string) => {
      await api.updateAuthorizer({ restApiId, authorizerId, patchOperations: [replace('/authorizerUri', value)] })
      await api.createDeployment({ restApiId, stageName: 'dev' })
    }
    await patch(uriOf(functionArn.replace('gatekeeper', 'nobody')))
    assert.deepEqual(await withToken(restApiId, 'allow'), broken)
    const other = await createFunction(clientsOf(gatehouse.url), 'stranger', source)
    await patch(uriOf(other))
    assert.deepEqual(await withToken(restApiId, 'allow'), broken)
    await patch(uriOf(functionArn))
    assert.equal((await withToken(restApiId, 'allow'))[0], 200)
  })

  test('stays under the resource policy of its API', async () => {
    const Statement = [
      { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/dev/POST/*' },
      { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/dev/PUT/*' },
    ]
    const { restApiId } = await guarded({}, { Version: '2012-10-17', Statement })
    const before = (await withToken(restApiId, 'allow'))[2].asked
    assert.deepEqual(await withToken(restApiId, 'allow', 'POST'), denied)
    // The function was not even asked.
    assert.equal((await withToken(restApiId, 'allow'))[2].asked, before + 1)
    assert.deepEqual(await withToken(restApiId, 'deny'), denied)
  })

  test('may name the API key of its caller', async () => {
    const { restApiId } = await guarded()
    await api.updateRestApi({ restApiId, patchOperations: [replace('/apiKeySource', 'AUTHORIZER')] })
    const { rootResourceId } = await api.getRestApi({ restApiId })
    const method = { restApiId, resourceId: required(rootResourceId), httpMethod: 'GET' }
    await api.updateMethod({ ...method, patchOperations: [replace('/apiKeyRequired', 'true')] })
    await api.createDeployment({ restApiId, stageName: 'dev' })
    assert.deepEqual(await withToken(restApiId, 'allow'), [403, 'ForbiddenException', { message: 'Forbidden' }])
    const key = await api.createApiKey({ enabled: true, value: 'a-key-of-more-than-twenty-characters' })
    const plan = await api.createUsagePlan({ name: 'p', apiStages: [{ apiId: restApiId, stage: 'dev' }] })
    const usagePlanId = required(plan.id)
    await api.createUsagePlanKey({ usagePlanId, keyId: required(key.id), keyType: 'API_KEY' })
    assert.equal((await withToken(restApiId, 'allow'))[0], 200)
    assert.deepEqual(await call(restApiId, { 'x-api-key': 'a-key-of-more-than-twenty-characters' }), unauthorized)
  })

  test('is not deployed with what cannot be enforced', async () => {
    const refused = async (path: string, value: string, message: RegExp) => {
      const { restApiId, authorizerId } = await guarded()
      await api.updateAuthorizer({ restApiId, authorizerId, patchOperations: [replace(path, value)] })
      await assert.rejects(api.createDeployment({ restApiId, stageName: 'dev' }), {
        name: 'BadRequestException',
        message,
      })
    }
    await refused('/identityValidationExpression', '(a)\\1', /identityValidationExpression \(a\)\\1/)
    await refused('/authorizerCredentials', 'arn:aws:iam::*:user/*', /authorizerCredentials arn:aws:iam/)
  })
})
