import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture } from '../fixture.ts'
import { readStageChange } from '../stage/stage-change.ts'

const fixture = await openFixture()
const { operations, caller, createApi, store } = fixture
after(fixture.close)

const scope = '123456789012/us-east-1'
const lambda =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations'

async function served(restApiId: string) {
  const { stage } = await store.read((reader) => readStageChange(reader, scope, `${restApiId}/dev`, fixture.cipher))
  assert.ok(stage)
  return stage
}

test('freezes each kind of integration with what it needs, and resources with methods only', async () => {
  const api = await createApi('zoo')
  const { restApiId } = api
  const pets = await api.createResource('pets')
  const proxy = await api.createResource('{proxy+}', pets)
  await api.createResource('empty')
  const add = { op: 'add' as const, path: '/binaryMediaTypes/image~1png' }
  const disable = { op: 'replace' as const, path: '/disableExecuteApiEndpoint', value: 'true' }
  const keySource = { op: 'replace' as const, path: '/apiKeySource', value: 'AUTHORIZER' }
  const compress = { op: 'replace' as const, path: '/minimumCompressionSize', value: '0' }
  await operations.UpdateRestApi({ restApiId, patchOperations: [add, disable, keySource, compress] }, caller)

  const get = { restApiId, resourceId: pets, httpMethod: 'GET' }
  await operations.PutMethod({ ...get, authorizationType: 'NONE', operationName: 'list' }, caller)
  const invoke = { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: lambda, timeoutInMillis: 500 } as const
  await operations.PutIntegration({ ...get, ...invoke, requestTemplates: { 'a/b': '$input' } }, caller)
  await operations.PutIntegrationResponse({ ...get, statusCode: '200' }, caller)

  const any = { restApiId, resourceId: proxy, httpMethod: 'ANY' }
  const declared = { 'method.request.path.proxy': true }
  await operations.PutMethod({ ...any, authorizationType: 'NONE', requestParameters: declared }, caller)
  const requestParameters = { 'integration.request.path.p': 'method.request.path.proxy' }
  const forward = {
    type: 'HTTP_PROXY',
    integrationHttpMethod: 'ANY',
    uri: 'http://x.test/{p}',
    requestParameters,
  } as const
  await operations.PutIntegration({ ...any, ...forward }, caller)

  const mock = await api.createMethod()
  await operations.PutIntegration({ ...mock, type: 'MOCK', requestTemplates: { 'application/json': '{}' } }, caller)
  await operations.PutMethodResponse(
    { ...mock, statusCode: '200', responseParameters: { 'method.response.header.x': true } },
    caller,
  )
  const response = {
    responseParameters: { 'method.response.header.x': "'y'" },
    responseTemplates: { 'text/plain': 'ok' },
  }
  await operations.PutIntegrationResponse({ ...mock, statusCode: '200', ...response }, caller)
  await operations.PutIntegrationResponse({ ...mock, statusCode: '404', selectionPattern: '4..' }, caller)

  const gatewayResponse = {
    responseType: 'DEFAULT_4XX' as const,
    responseParameters: { 'gatewayresponse.header.x': "'y'" },
    responseTemplates: { 'text/plain': 'no' },
  }
  await operations.PutGatewayResponse({ restApiId, ...gatewayResponse }, caller)

  await api.deploy('dev')
  const { resources, ...rest } = (await served(restApiId)).api
  assert.deepEqual(rest, {
    restApiId,
    name: 'zoo',
    binaryMediaTypes: ['image/png'],
    disableExecuteApiEndpoint: true,
    apiKeySource: 'AUTHORIZER',
    minimumCompressionSize: 0,
    gatewayResponses: [gatewayResponse],
  })
  const proxied = { requestTemplates: {}, responses: [] }
  assert.deepEqual(resources, [
    {
      resourceId: api.rootId,
      path: '/',
      methods: {
        GET: {
          integration: {
            type: 'MOCK',
            timeoutInMillis: 29000,
            requestParameters: {},
            requestTemplates: { 'application/json': '{}' },
            responses: [
              { statusCode: '200', ...response },
              {
                statusCode: '404',
                selectionPattern: '4..',
                responseParameters: {},
                responseTemplates: {},
                undeclared: true,
              },
            ],
          },
        },
      },
    },
    {
      resourceId: pets,
      path: '/pets',
      methods: {
        GET: {
          operationName: 'list',
          integration: {
            type: 'AWS_PROXY',
            uri: lambda,
            httpMethod: 'POST',
            timeoutInMillis: 500,
            requestParameters: {},
            ...proxied,
          },
        },
      },
    },
    {
      resourceId: proxy,
      path: '/pets/{proxy+}',
      methods: {
        ANY: {
          integration: {
            type: 'HTTP_PROXY',
            uri: 'http://x.test/{p}',
            httpMethod: 'ANY',
            timeoutInMillis: 29000,
            requestParameters,
            ...proxied,
          },
        },
      },
    },
  ])
})

describe('A deployed stage', () => {
  test('serves nothing of later edits until the next deployment, and exactly the older API after a rollback', async () => {
    const api = await createApi()
    const { restApiId } = api
    const ids = await api.createMethod({ resourceId: await api.createResource('pets') })
    await api.integrate(ids)
    const first = await api.deploy('dev')
    const before = await served(restApiId)

    const rename = { op: 'replace' as const, path: '/name', value: 'renamed' }
    await operations.UpdateRestApi({ restApiId, patchOperations: [rename] }, caller)
    const move = { op: 'replace' as const, path: '/pathPart', value: 'dogs' }
    await operations.UpdateResource({ restApiId, resourceId: ids.resourceId, patchOperations: [move] }, caller)
    await operations.PutIntegration({ ...ids, type: 'MOCK' }, caller)
    await api.createResource('more')
    assert.deepEqual(await served(restApiId), before)

    await api.deploy('dev')
    const after = await served(restApiId)
    assert.deepEqual([after.api.name, after.api.resources[0]?.path], ['renamed', '/dogs'])

    await operations.DeleteResource({ restApiId, resourceId: ids.resourceId }, caller)
    const back = { op: 'replace' as const, path: '/deploymentId', value: first }
    await operations.UpdateStage({ restApiId, stageName: 'dev', patchOperations: [back] }, caller)
    assert.deepEqual(await served(restApiId), before)
  })
})

test('freezes the resource policy with whole ARNs, and who signs', async () => {
  const api = await createApi('guarded')
  const { restApiId } = api
  const method = await api.createMethod()
  await operations.UpdateMethod(
    { ...method, patchOperations: [{ op: 'replace', path: '/authorizationType', value: 'AWS_IAM' }] },
    caller,
  )
  await operations.PutIntegration({ ...method, type: 'MOCK' }, caller)
  const statement = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/dev/*' }
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  const patchOperations = [{ op: 'replace' as const, path: '/policy', value: policy }]
  await operations.UpdateRestApi({ restApiId, patchOperations }, caller)
  await api.deploy('dev')
  const { api: frozen } = await served(restApiId)
  const whole = policy.replace('execute-api:/dev', `arn:aws:execute-api:us-east-1:123456789012:${restApiId}/dev`)
  assert.equal(frozen.policy, whole)
  assert.deepEqual(frozen.resources[0]?.methods['GET']?.authorizer, { type: 'AWS_IAM' })
})

test('Where an API can be reached from changes without a deployment', async () => {
  const api = await createApi()
  const { restApiId } = api
  await api.integrate(await api.createMethod())
  await api.deploy('dev')
  assert.equal((await served(restApiId)).privateEndpoint, undefined)
  const changes = [
    { op: 'replace' as const, path: '/endpointConfiguration/types/EDGE', value: 'REGIONAL' },
    { op: 'replace' as const, path: '/endpointConfiguration/types/REGIONAL', value: 'PRIVATE' },
    { op: 'add' as const, path: '/endpointConfiguration/vpcEndpointIds', value: 'vpce-0a1' },
  ]
  await operations.UpdateRestApi({ restApiId, patchOperations: changes }, caller)
  assert.deepEqual((await served(restApiId)).privateEndpoint, { vpcEndpointIds: ['vpce-0a1'] })
  assert.equal(fixture.revisions.at(-1)?.key, `${restApiId}/dev`)
  const told = fixture.revisions.length
  const rename = { op: 'replace' as const, path: '/name', value: 'renamed' }
  await operations.UpdateRestApi({ restApiId, patchOperations: [rename] }, caller)
  assert.equal(fixture.revisions.length, told)
})
