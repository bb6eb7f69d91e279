import assert from 'node:assert/strict'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { type Clients, createFunction, permit } from '../../api.ts'
import { required } from '../client.ts'

/** Lets in whoever bears `good`, fails for `broken`, and refuses everybody else. It tells what it was asked. */
const guard = `
export const handler = async ({ authorizationToken, headers, ...event }) => {
  const token = authorizationToken ?? headers['X-Token']
  if (token === 'broken') throw new Error('Out of order')
  if (token !== 'good') throw new Error('Unauthorized')
  const Statement = [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }]
  return { principalId: 'somebody', policyDocument: { Version: '2012-10-17', Statement }, context: { path: event.path ?? '' } }
}
`

/** Runs of authorizers as they stand. */
export async function walkTestAuthorizer(api: APIGateway, clients: Clients): Promise<void> {
  const restApiId = required((await api.createRestApi({ name: 'guarded' })).id)
  const functionArn = await createFunction(clients, 'guard', guard)
  const authorizerUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`
  const settings = { restApiId, authorizerUri, identitySource: 'method.request.header.X-Token' }
  const token = await api.createAuthorizer({ ...settings, name: 'token', type: 'TOKEN' })
  const ids = { restApiId, authorizerId: required(token.id) }
  const withToken = (value: string) => api.testInvokeAuthorizer({ ...ids, headers: { 'X-Token': value } })

  const forbidden = await withToken('good')
  assert.equal(forbidden.clientStatus, 500)
  assert.match(
    forbidden.log ?? '',
    / : Execution failed due to configuration error: Invalid permissions on Lambda function\n.* : AuthorizerConfigurationException\n$/,
  )

  await permit(clients, functionArn, restApiId)
  const { log = '', latency, $metadata: _, ...found } = await withToken('good')
  const resource = `arn:aws:execute-api:us-east-1:123456789012:${restApiId}/ESTestInvoke-stage/GET/`
  assert.deepEqual(found, {
    clientStatus: 0,
    principalId: 'somebody',
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: resource }],
    }),
  })
  assert.ok(typeof latency === 'number')
  assert.match(log, /^Execution log for request [0-9a-f-]{36}\n/)
  assert.match(log, / : Incoming identity: \*{4}\n/)
  assert.match(log, / : Successfully completed authorizer execution\n$/)

  const statusOf = async (value: string) => (await withToken(value)).clientStatus
  assert.deepEqual([await statusOf('bad'), await statusOf(''), await statusOf('broken')], [401, 401, 500])

  const identitySource = 'method.request.header.X-Token,method.request.querystring.page,stageVariables.color'
  const request = await api.createAuthorizer({ ...settings, identitySource, name: 'request', type: 'REQUEST' })
  const call = {
    restApiId,
    authorizerId: required(request.id),
    pathWithQueryString: '/pets?page=2',
    multiValueHeaders: { 'X-Token': ['good'] },
  }
  assert.equal((await api.testInvokeAuthorizer(call)).clientStatus, 401)
  const whole = await api.testInvokeAuthorizer({ ...call, stageVariables: { color: 'blue' } })
  assert.deepEqual([whole.clientStatus, whole.principalId], [0, 'somebody'])
  assert.match(whole.policy ?? '', /ESTestInvoke-stage\/GET\/pets"/)

  const pool = await api.createAuthorizer({
    restApiId,
    name: 'pool',
    type: 'COGNITO_USER_POOLS',
    identitySource: 'method.request.header.Authorization',
    providerARNs: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_none'],
  })
  const bearer = { restApiId, authorizerId: required(pool.id), headers: { Authorization: 'forged' } }
  assert.notEqual((await api.testInvokeAuthorizer(bearer)).clientStatus, 0)

  await assert.rejects(api.testInvokeAuthorizer({ ...ids, authorizerId: 'nothere' }), {
    name: 'NotFoundException',
    message: 'Invalid Authorizer identifier specified',
  })
  await api.deleteRestApi({ restApiId })
}
