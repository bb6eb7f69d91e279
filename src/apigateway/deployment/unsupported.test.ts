import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch, type TestApi } from '../fixture.ts'
import { methodKey, methods } from '../method/method.ts'

const fixture = await openFixture()
const { operations, caller, createApi, store } = fixture
after(fixture.close)

const scope = '123456789012/us-east-1'
const lambda =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations'
const streaming = lambda.replace('2015-03-31', '2021-11-15').replace('/invocations', '/response-streaming-invocations')
const role = 'arn:aws:iam::123456789012:role/r'

/** An API with a mock `GET /pets` that answers 200 and declares a header. */
async function mocked() {
  const api = await createApi()
  const ids = await api.createMethod({ resourceId: await api.createResource('pets') })
  await operations.PutIntegration({ ...ids, type: 'MOCK' }, caller)
  const responseParameters = { 'method.response.header.x': true }
  await operations.PutMethodResponse({ ...ids, statusCode: '200', responseParameters }, caller)
  return { ...api, ids }
}

type Mocked = Awaited<ReturnType<typeof mocked>>

function cannotDeploy(api: TestApi, problem: string) {
  return assert.rejects(api.deploy('dev'), { code: 'BadRequestException', message: `Cannot deploy: ${problem}` })
}

describe('A deployment is refused for an API that', () => {
  const patches: [Patch[], string][] = [
    [
      [{ op: 'replace', path: '/policy', value: '{}' }],
      'has a resource policy that is none: Syntax errors in policy. (Statement[0])',
    ],
    [
      [{ op: 'replace', path: '/securityPolicy', value: 'TLS_1_2' }],
      'has securityPolicy TLS_1_2, which this version does not enforce',
    ],
    [
      [{ op: 'replace', path: '/endpointAccessMode', value: 'STRICT' }],
      'has endpointAccessMode STRICT, which this version does not enforce',
    ],
  ]
  for (const [patchOperations, problem] of patches) {
    test(problem, async () => {
      const api = await mocked()
      await operations.UpdateRestApi({ restApiId: api.restApiId, patchOperations }, caller)
      await cannotDeploy(api, `the API ${problem}`)
    })
  }
})

test('A deployment is refused for a gateway response whose status ends no answer', async () => {
  const api = await mocked()
  const ids = { restApiId: api.restApiId, responseType: 'DEFAULT_4XX' } as const
  await operations.PutGatewayResponse({ ...ids, statusCode: '100' }, caller)
  await cannotDeploy(api, 'gateway response DEFAULT_4XX has statusCode 100, with which no answer can end')
  await operations.DeleteGatewayResponse(ids, caller)
  await api.deploy('dev')
})

describe('A deployment is refused for a method that', () => {
  const settings: [object, string][] = [
    [{ authorizationType: 'CUSTOM' }, 'has authorizationType CUSTOM, but an authorizer of type undefined'],
  ]
  for (const [change, problem] of settings) {
    test(problem, async () => {
      const api = await mocked()
      const method = await operations.GetMethod(api.ids, caller)
      await store.write((transaction) => transaction.put(methods, scope, methodKey(api.ids), { ...method, ...change }))
      await cannotDeploy(api, `method GET /pets ${problem}`)
    })
  }
})

describe('A deployment is refused for an integration that', () => {
  const http = { type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'http://x.test/' }
  const proxy = { type: 'AWS_PROXY', integrationHttpMethod: 'POST' }
  const elsewhere = 'does not invoke a Lambda function by 2015-03-31/functions/…/invocations'
  const settings: [string, object, string][] = [
    ['streams', { ...proxy, uri: streaming }, elsewhere],
    [
      'invokes a function whole, and streams',
      { ...proxy, uri: lambda, responseTransferMode: 'STREAM' },
      'does not invoke a Lambda function by 2021-11-15/functions/…/response-streaming-invocations',
    ],
    [
      'goes to Firehose',
      { ...proxy, uri: 'arn:aws:apigateway:us-east-1:firehose:action/PutRecord', credentials: role },
      elsewhere,
    ],
    [
      'calls a function through a VPC link',
      { ...proxy, uri: lambda, connectionType: 'VPC_LINK', connectionId: 'l' },
      'has connectionType VPC_LINK, which holds for HTTP and HTTP_PROXY only',
    ],
    [
      'has a target without a VPC link',
      { ...http, integrationTarget: 'arn:x' },
      'has an integrationTarget, but no connectionType VPC_LINK',
    ],
    [
      'calls a service as its caller, whom nobody knows',
      {
        type: 'AWS',
        integrationHttpMethod: 'POST',
        uri: 'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem',
        credentials: 'arn:aws:iam::*:user/*',
      },
      'has credentials arn:aws:iam::*:user/*, but the method has authorizationType NONE',
    ],
    ['has credentials', { ...http, credentials: role }, 'has credentials, which hold for AWS and AWS_PROXY only'],
    [
      'converts contents for a function',
      { ...proxy, uri: lambda, contentHandling: 'CONVERT_TO_BINARY' },
      'has contentHandling CONVERT_TO_BINARY, which this version does not apply to AWS_PROXY',
    ],
    [
      'skips the TLS checks of a function',
      { ...proxy, uri: lambda, tlsConfig: { insecureSkipVerification: true } },
      'has tlsConfig.insecureSkipVerification, which holds for HTTP and HTTP_PROXY only',
    ],
    [
      'transfers in a stream what is mapped',
      { ...http, type: 'HTTP', responseTransferMode: 'STREAM' },
      'has responseTransferMode STREAM, which HTTP does not run',
    ],
  ]
  for (const [name, integration, problem] of settings) {
    test(name, async () => {
      const api = await mocked()
      await operations.PutIntegration({ ...api.ids, type: 'MOCK', ...integration }, caller)
      await cannotDeploy(api, `the integration of method GET /pets ${problem}`)
    })
  }
})

describe('A deployment is refused for an integration response that', () => {
  const settings: [string, object, string][] = [
    [
      'is selected by looking ahead',
      { selectionPattern: '(?!2)...' },
      'has selectionPattern (?!2)..., which this version cannot match in linear time',
    ],
  ]
  for (const [name, response, problem] of settings) {
    test(name, async () => {
      const api = await mocked()
      await operations.PutIntegrationResponse({ ...api.ids, statusCode: '200', ...response }, caller)
      await cannotDeploy(api, `integration response 200 of method GET /pets ${problem}`)
    })
  }
})

describe('A deployment is not refused for', () => {
  const put = (integration: object) => async (api: Mocked) => {
    await operations.PutIntegration({ ...api.ids, type: 'MOCK', ...integration }, caller)
  }
  const settings: [string, (api: Mocked) => Promise<unknown>][] = [
    [
      'an API key source',
      ({ restApiId }) => {
        const change = { op: 'replace' as const, path: '/apiKeySource', value: 'AUTHORIZER' }
        return operations.UpdateRestApi({ restApiId, patchOperations: [change] }, caller)
      },
    ],
    [
      'settings at their defaults',
      ({ restApiId }) => {
        const patchOperations: Patch[] = [
          { op: 'replace', path: '/securityPolicy', value: 'TLS_1_0' },
          { op: 'replace', path: '/endpointAccessMode', value: 'BASIC' },
          { op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' },
        ]
        return operations.UpdateRestApi({ restApiId, patchOperations }, caller)
      },
    ],
    [
      'any template, as its calls fail where it does not parse',
      put({ requestTemplates: { 'application/json': '{"statusCode": $input.params("code")}', 'a/b': '#if(' } }),
    ],
    [
      'any template of a proxy',
      put({ type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: lambda, requestTemplates: { 'a/b': '$input' } }),
    ],
    [
      'an HTTP proxy that streams for 15 minutes',
      put({
        type: 'HTTP_PROXY',
        integrationHttpMethod: 'GET',
        uri: 'http://x.test/',
        responseTransferMode: 'STREAM',
        timeoutInMillis: 900_000,
      }),
    ],
    [
      'a function that streams',
      put({
        type: 'AWS_PROXY',
        integrationHttpMethod: 'POST',
        uri: streaming,
        responseTransferMode: 'STREAM',
      }),
    ],
    [
      'an HTTP integration that converts contents and restricts what passes through',
      put({
        type: 'HTTP',
        integrationHttpMethod: 'POST',
        uri: 'http://x.test/',
        contentHandling: 'CONVERT_TO_TEXT',
        passthroughBehavior: 'NEVER',
        cacheKeyParameters: ['method.request.path.id'],
      }),
    ],
    ['a function behind mappings', put({ type: 'AWS', integrationHttpMethod: 'POST', uri: lambda })],
    [
      'an AWS service that a role calls',
      put({
        type: 'AWS',
        integrationHttpMethod: 'POST',
        uri: 'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem',
        credentials: role,
      }),
    ],
    [
      'a response selected in the syntax of Java, with mapped headers',
      (api) =>
        operations.PutIntegrationResponse(
          {
            ...api.ids,
            statusCode: '200',
            selectionPattern: '(?i)2..',
            contentHandling: 'CONVERT_TO_BINARY',
            responseParameters: { 'method.response.header.x': 'integration.response.body.a' },
          },
          caller,
        ),
    ],
    [
      'a static, stage, or context source, or one in the body',
      put({
        type: 'HTTP_PROXY',
        integrationHttpMethod: 'GET',
        uri: 'http://x.test/',
        tlsConfig: { insecureSkipVerification: false },
        requestParameters: {
          'integration.request.header.a': "'a'",
          'integration.request.header.b': 'stageVariables.b',
          'integration.request.header.c': 'context.stage',
          'integration.request.header.d': 'method.request.body.a',
        },
      }),
    ],
    [
      'a function that a stage variable names',
      put({ type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: lambda.replace(':f/', ':${stageVariables.f}/') }),
    ],
  ]
  for (const [name, prepare] of settings) {
    test(name, async () => {
      const api = await mocked()
      await prepare(api)
      await api.deploy('dev')
    })
  }
})

test('A refusal names every setting, and a redeployment is refused while the old deployment is served', async () => {
  const api = await mocked()
  const deploymentId = await api.deploy('dev')
  const method = await operations.GetMethod(api.ids, caller)
  const custom = { ...method, authorizationType: 'CUSTOM' }
  await store.write((transaction) => transaction.put(methods, scope, methodKey(api.ids), custom))
  const policy: Patch[] = [{ op: 'replace', path: '/policy', value: '{}' }]
  await operations.UpdateRestApi({ restApiId: api.restApiId, patchOperations: policy }, caller)
  await cannotDeploy(
    api,
    'the API has a resource policy that is none: Syntax errors in policy. (Statement[0]); method GET /pets has authorizationType CUSTOM, but an authorizer of type undefined',
  )
  const stage = await operations.GetStage({ restApiId: api.restApiId, stageName: 'dev' }, caller)
  assert.equal(stage.deploymentId, deploymentId)
})
