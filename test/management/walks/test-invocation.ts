import assert from 'node:assert/strict'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { replace } from '../client.ts'
import { createMockApi } from '../mock-api.ts'

/** Calls of methods as they stand. */
export async function walkTestInvocation(api: APIGateway): Promise<void> {
  const { restApiId, rootId } = await createMockApi(api, 'tested')
  const method = { restApiId, resourceId: rootId, httpMethod: 'GET' }
  await api.updateIntegration({
    ...method,
    patchOperations: [{ op: 'add', path: '/requestTemplates/application~1json', value: '{"statusCode": 200}' }],
  })
  await api.putMethodResponse({
    ...method,
    statusCode: '200',
    responseParameters: { 'method.response.header.X-A': true },
  })
  await api.putIntegrationResponse({
    ...method,
    statusCode: '200',
    responseParameters: { 'method.response.header.X-A': "'a'" },
    responseTemplates: { 'application/json': '{"status": "ok"}' },
  })
  // Neither a deployment nor whoever may call has a say.
  await api.updateMethod({ ...method, patchOperations: [replace('/authorizationType', 'AWS_IAM')] })

  const {
    log = '',
    latency,
    $metadata,
    ...result
  } = await api.testInvokeMethod({
    ...method,
    pathWithQueryString: '/?page=2',
    headers: { Accept: 'text/plain' },
    multiValueHeaders: { 'X-B': ['1', '2'] },
    body: 'hello',
  })
  assert.deepEqual(result, {
    status: 200,
    body: '{"status": "ok"}',
    headers: { 'Content-Type': 'application/json', 'X-A': 'a' },
    multiValueHeaders: { 'Content-Type': ['application/json'], 'X-A': ['a'] },
  })
  assert.ok(typeof latency === 'number' && $metadata.httpStatusCode === 200)
  assert.match(log, /^Execution log for request [0-9a-f-]{36}\n/)
  for (const line of [
    'HTTP Method: GET, Resource Path: /',
    'Method request query string: {page=2}',
    'Method request headers: {Accept=text/plain, X-B=1,2}',
    'Method request body before transformations: hello',
    'Method completed with status: 200',
  ]) {
    assert.ok(log.includes(` : ${line}\n`), log)
  }

  const unknown = { name: 'NotFoundException', message: 'Invalid Resource identifier specified' }
  await assert.rejects(api.testInvokeMethod({ ...method, restApiId: 'nothere' }), unknown)
  await assert.rejects(api.testInvokeMethod({ ...method, resourceId: 'nothere' }), unknown)
  await assert.rejects(api.testInvokeMethod({ ...method, httpMethod: 'PUT' }), {
    name: 'NotFoundException',
    message: 'Invalid Method identifier specified',
  })
  await api.putMethod({ ...method, httpMethod: 'ANY', authorizationType: 'NONE' })
  await assert.rejects(api.testInvokeMethod({ ...method, httpMethod: 'POST' }), {
    name: 'BadRequestException',
    message: 'No integration defined for method',
  })
  await api.putIntegration({ ...method, httpMethod: 'ANY', type: 'MOCK' })
  assert.equal((await api.testInvokeMethod({ ...method, httpMethod: 'POST' })).status, 500)
  await api.deleteRestApi({ restApiId })
}
