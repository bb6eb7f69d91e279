import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { alice, aliceKey } from '../../../../identity/alice.ts'
import { signRequest } from '../../../../sigv4/sign-request.ts'
import type { HttpApiSnapshot } from '../../../../snapshot/http-api.ts'
import type { Principal } from '../../../../snapshot/identity.ts'
import { call, endAll, gateway } from '../../../test-gateway.ts'
import { httpStage, integration, route } from '../../fixtures.ts'

after(endAll)

const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:pets'
const arn = 'arn:aws:execute-api:us-east-1:123456789012:http1'
const accessKey = aliceKey

/** Alice, who may do what the statements say. */
function may(statements: readonly object[]): Principal {
  const Statement = statements.map((one) => ({ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*', ...one }))
  return alice(JSON.stringify({ Version: '2012-10-17', Statement }))
}

/** Every route needs a signature; its function echoes its event as the body of its reply. */
async function guarded(principal: Principal, { format = '2.0' as '1.0' | '2.0', stageName = '$default' } = {}) {
  const called = integration({ type: 'AWS_PROXY', uri: functionArn, payloadFormatVersion: format })
  const guard = { authorizer: { type: 'AWS_IAM' }, integration: called } as const
  const routes: HttpApiSnapshot['routes'] = [
    route('ANY /pets/{proxy+}', guard),
    route('GET /admin', guard),
    route('GET /open', { integration: called }),
  ]
  const { plane, port } = await gateway(httpStage(routes, { stageName }))
  await plane.publishIdentities([
    { kind: 'principal', id: principal.id, principal },
    { kind: 'access-key', id: accessKey.accessKeyId, accessKey },
  ])
  const host = 'http1.execute-api.us-east-1.amazonaws.com'
  function signed(path: string, { method = 'GET', body = '', key = accessKey, date = new Date() } = {}) {
    const options = { credentials: key, region: 'us-east-1', service: 'execute-api', date }
    return signRequest({ method, url: new URL(`https://${host}${path}`), body, headers: {} }, options)
  }
  async function answer(path: string, headers: Readonly<Record<string, string>>, method = 'GET', body = '') {
    const { status, body: text } = await call(port, path, {
      method,
      headers: { ...headers, host },
      ...(body && { body }),
    })
    return { status, body: text }
  }
  return { signed, answer }
}

/** The event that a function of format 2.0 got: its result is the body as it is. */
function eventOf(body: string) {
  return JSON.parse(JSON.parse(body).body)
}

const forbidden = { status: 403, body: '{"message":"Forbidden"}' }

describe('a call of an AWS_IAM route', () => {
  test('is let in by the policies of who signed, who is told to the function', async () => {
    const { signed, answer } = await guarded(may([{}]))
    const { status, body } = await answer('/pets/a%20b?x=1', signed('/pets/a%20b?x=1'))
    assert.equal(status, 200)
    assert.deepEqual(eventOf(body).requestContext.authorizer, {
      iam: {
        accessKey: 'AKIDALICE',
        accountId: '123456789012',
        callerId: 'AIDAALICE',
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: 'arn:aws:iam::123456789012:user/alice',
        userId: 'AIDAALICE',
      },
    })
  })

  test('tells functions of format 1.0 by their identity', async () => {
    const { signed, answer } = await guarded(may([{}]), { format: '1.0' })
    const { authorizer, identity } = JSON.parse((await answer('/pets/1', signed('/pets/1'))).body).requestContext
    assert.equal(authorizer, undefined)
    assert.equal(identity.userArn, 'arn:aws:iam::123456789012:user/alice')
  })

  test('with a body is let in by what the signature says of it', async () => {
    const { signed, answer } = await guarded(may([{}]))
    const headers = signed('/pets/1', { method: 'POST', body: '{"a":1}' })
    const { body } = await answer('/pets/1', headers, 'POST', '{"a":1}')
    assert.equal(Buffer.from(eventOf(body).body, 'base64').toString(), '{"a":1}')
    assert.deepEqual(await answer('/pets/1', headers, 'POST', '{"a":2}'), forbidden)
    assert.deepEqual(await answer('/pets/1', headers, 'PUT', '{"a":1}'), forbidden)
    assert.deepEqual(await answer('/pets/2', headers, 'POST', '{"a":1}'), forbidden)
  })

  test('is refused in one word, whatever is wrong', async () => {
    const { signed, answer } = await guarded(may([{}]))
    const other = { ...accessKey, secretAccessKey: 'a guess' }
    for (const headers of [
      {},
      { authorization: 'Bearer x' },
      { authorization: 'AWS4-HMAC-SHA256 Credential=x' },
      signed('/pets/1', { key: other }),
      signed('/pets/1', { key: { ...accessKey, accessKeyId: 'AKIDNOBODY' } }),
      signed('/pets/1', { date: new Date(Date.now() - 3_600_000) }),
    ]) {
      assert.deepEqual(await answer('/pets/1', headers), forbidden)
    }
    assert.equal((await answer('/open', {})).status, 200)
  })

  const policies: [name: string, statements: object[], stageName: string, isLetIn: boolean][] = [
    ['nothing', [{ Action: 's3:*' }], '$default', false],
    ['the route', [{ Resource: `${arn}/$default/GET/admin` }], '$default', true],
    ['the route at another stage', [{ Resource: `${arn}/prod/GET/admin` }], '$default', false],
    ['the route at its stage', [{ Resource: `${arn}/dev/GET/admin` }], 'dev', true],
    ['another verb', [{ Resource: `${arn}/$default/POST/admin` }], '$default', false],
    ['another route', [{ Resource: `${arn}/*/GET/pets/*` }], '$default', false],
    ['all but the route', [{}, { Effect: 'Deny', Resource: `${arn}/*/GET/admin` }], '$default', false],
  ]
  for (const [name, statements, stageName, isLetIn] of policies) {
    test(`of somebody who may invoke ${name} is ${isLetIn ? 'let in' : 'refused'}`, async () => {
      const { signed, answer } = await guarded(may(statements), { stageName })
      const path = stageName === '$default' ? '/admin' : `/${stageName}/admin`
      const { status, body } = await answer(path, signed(path))
      assert.equal(status, isLetIn ? 200 : 403, body)
    })
  }

  test('gets around no policy by another spelling of its path', async () => {
    const { signed, answer } = await guarded(may([{}, { Effect: 'Deny', Resource: `${arn}/*/GET/admin` }]))
    for (const path of ['/%61dmin', '/admi%6E', '/%61%64%6d%69%6e', '/admin%3Fx']) {
      assert.deepEqual(await answer(path, signed(path)), forbidden, path)
    }
  })

  test('of another account is refused: there is no policy of the API that could allow it', async () => {
    const { signed, answer } = await guarded({
      ...may([{}]),
      account: '999999999999',
      arn: 'arn:aws:iam::999999999999:user/alice',
    })
    assert.deepEqual(await answer('/admin', signed('/admin')), forbidden)
  })
})
