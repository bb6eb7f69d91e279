import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { alice, aliceKey } from '../../../identity/alice.ts'
import { signRequest } from '../../../sigv4/sign-request.ts'
import { method, stage } from '../../fixtures.ts'
import { call, endAll, gateway, host } from '../../test-gateway.ts'

after(endAll)

const iam = method({
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  responses: [
    {
      statusCode: '200',
      responseParameters: {},
      responseTemplates: { 'application/json': '$context.identity.userArn $context.identity.accessKey' },
    },
  ],
})
const served = stage(
  { '/pets/{proxy+}': { ANY: { ...iam, authorizer: { type: 'AWS_IAM' } } } },
  { minimumCompressionSize: 10_000_000 },
)
const accessKey = aliceKey
const principal = alice(
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}}',
)

function signed(path: string, verb = 'GET', body = '', at = host, headers: Record<string, string> = {}) {
  const options = { credentials: accessKey, region: 'us-east-1', service: 'execute-api', date: new Date() }
  return signRequest({ method: verb, url: new URL(`https://${at}${path}`), body, headers }, options)
}

describe('a call of an AWS_IAM method', async () => {
  const { plane, port } = await gateway(served)
  const allow = () =>
    plane.publishIdentities([
      { kind: 'principal', id: principal.id, principal },
      { kind: 'access-key', id: accessKey.accessKeyId, accessKey },
    ])
  await allow()

  const paths = [
    '/dev/pets/1',
    '/dev/pets/a%20b',
    '/dev/pets/a//b/',
    '/dev/pets/%2F?a=1&a=%20',
    '/dev/pets/ü'.replace('ü', '%C3%BC'),
  ]
  for (const path of paths) {
    test(`that is signed is answered: ${path}`, async () => {
      const { status, body } = await call(port, path, { headers: signed(path) })
      assert.deepEqual([status, body], [200, 'arn:aws:iam::123456789012:user/alice AKIDALICE'])
    })
  }

  test('is signed by the path that is called, where that holds the API', async () => {
    const path = '/_aws/execute-api/abc123/dev/pets/1'
    const { status } = await call(port, path, { headers: signed(path, 'GET', '', 'localhost') })
    assert.equal(status, 200)
  })

  test('is signed by the verb that is sent, not by the one that replaces it', async () => {
    const override = { 'x-http-method-override': 'DELETE' }
    const headers = signed('/dev/pets/1', 'POST', 'x', host, override)
    assert.equal((await call(port, '/dev/pets/1', { method: 'POST', body: 'x', headers })).status, 200)
  })

  test('is signed with its body as it is sent, compressed or not', async () => {
    const headers = signed('/dev/pets/1', 'POST', 'hello')
    assert.equal((await call(port, '/dev/pets/1', { method: 'POST', body: 'hello', headers })).status, 200)
    const forged = await call(port, '/dev/pets/1', { method: 'POST', body: 'hellO', headers })
    assert.equal(forged.headers['x-amzn-errortype'], 'InvalidSignatureException')
    const chunked = { ...headers, 'transfer-encoding': 'chunked' }
    assert.equal((await call(port, '/dev/pets/1', { method: 'POST', body: 'hello', headers: chunked })).status, 200)
  })

  test('that is not signed is refused', async () => {
    const { status, body, headers } = await call(port, '/dev/pets/1')
    assert.deepEqual(
      [status, body, headers['x-amzn-errortype']],
      [403, '{"message":"Missing Authentication Token"}', 'MissingAuthenticationTokenException'],
    )
  })

  test('is refused from the moment on at which its key is gone', async () => {
    await plane.publishIdentities([{ kind: 'access-key', id: accessKey.accessKeyId }])
    const { status, body, headers } = await call(port, '/dev/pets/1', { headers: signed('/dev/pets/1') })
    assert.deepEqual(
      [status, body, headers['x-amzn-errortype']],
      [403, '{"message":"The security token included in the request is invalid."}', 'UnrecognizedClientException'],
    )
    await allow()
  })

  test('that matches no method is told about an Authorization header that is no signature', async () => {
    const answer = async (headers: Record<string, string>) => {
      const { status, body } = await call(port, '/dev/none', { headers })
      return [status, JSON.parse(body).message.slice(0, 47)]
    }
    assert.deepEqual(await answer({}), [403, 'Missing Authentication Token'])
    assert.deepEqual(await answer(signed('/dev/none')), [403, 'Missing Authentication Token'])
    const told = 'Invalid key=value pair (missing equal-sign) in '
    assert.deepEqual(await answer({ authorization: 'Bearer abc' }), [403, told])
  })
})
