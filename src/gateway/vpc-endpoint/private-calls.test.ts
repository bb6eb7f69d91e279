import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { alice, aliceKey } from '../../identity/alice.ts'
import { signRequest } from '../../sigv4/sign-request.ts'
import type { IdentityChange } from '../../snapshot/identity.ts'
import type { DeployedStage, RestApiSnapshot, RestMethod } from '../../snapshot/rest-api.ts'
import { functionUri, method, stage } from '../fixtures.ts'
import { httpStage, route } from '../http-api/fixtures.ts'
import { call, endAll, gateway, host, toFunction } from '../test-gateway.ts'

after(endAll)

const everybody = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const from = (operator: string, key: string, value: string) =>
  document({ ...everybody, Condition: { [operator]: { [key]: value } } })

const context = '$context.identity.vpceId $context.identity.vpcId $context.identity.sourceIp $context.domainName'
const mock = method({
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  responses: [{ statusCode: '200', responseParameters: {}, responseTemplates: { 'application/json': context } }],
})

/** A private API, open to everybody who comes through a VPC endpoint unless told otherwise. */
function privately(api: Partial<RestApiSnapshot> = {}, authorizer?: RestMethod['authorizer']): DeployedStage {
  const pets = { ...mock, ...(authorizer && { authorizer }) }
  return {
    ...stage({ '/pets': { ANY: pets }, '/f': { GET: toFunction } }, { policy: document(everybody), ...api }),
    privateEndpoint: { vpcEndpointIds: ['vpce-0a1'] },
  }
}

const local = { host: '127.0.0.1', port: 0, region: 'us-east-1' }
const first = { ...local, vpcEndpointId: 'vpce-0a1', vpcId: 'vpc-0a1' }
const second = { ...local, vpcEndpointId: 'vpce-0b2', vpcId: 'vpc-0b2' }

async function serve(served: DeployedStage, policy?: string) {
  const vpcEndpoints = [{ ...first, ...(policy !== undefined && { policy }) }, second]
  const { plane, port, apiPort, endpointPorts } = await gateway(served, undefined, { vpcEndpoints })
  const [through = 0, elsewhere = 0] = endpointPorts
  return { plane, port, apiPort, through, elsewhere }
}

async function status(port: number, path = '/dev/pets', headers: Record<string, string> = {}) {
  return (await call(port, path, { headers })).status
}

const accessKey = aliceKey
const principal = alice(document({ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }))

function signed(body = '', secretAccessKey = accessKey.secretAccessKey) {
  const credentials = { ...accessKey, secretAccessKey }
  const options = { credentials, region: 'us-east-1', service: 'execute-api', date: new Date() }
  return signRequest({ method: 'POST', url: new URL(`https://${host}/dev/pets`), body, headers: {} }, options)
}
const identities: IdentityChange[] = [
  { kind: 'principal', id: principal.id, principal },
  { kind: 'access-key', id: accessKey.accessKeyId, accessKey },
]

describe('a private API', async () => {
  const { plane, port, apiPort, through, elsewhere } = await serve(privately())

  test('is reached through VPC endpoints', async () => {
    const answer = await call(through, '/dev/pets')
    assert.deepEqual([answer.status, answer.body], [200, `vpce-0a1 vpc-0a1 127.0.0.1 ${host}`])
    assert.equal((await call(elsewhere, '/dev/pets')).body, `vpce-0b2 vpc-0b2 127.0.0.1 ${host}`)
  })

  for (const [name, ofPort] of [
    ['main', port],
    ['second', apiPort],
  ] as const) {
    test(`is no API to callers of the ${name} public listener`, async () => {
      for (const [path, headers] of [
        ['/dev/pets', {}],
        ['/dev/nothing', {}],
        ['/dev/pets', { host: `abc123-vpce-0a1.execute-api.us-east-1.amazonaws.com` }],
        ['/dev/pets', { 'x-apigw-api-id': 'abc123', host: 'abc123.execute-api.localhost' }],
        ['/_aws/execute-api/abc123/dev/pets', { host: 'localhost' }],
        ['/restapis/abc123/dev/_user_request_/pets', { host: 'localhost' }],
      ] as const) {
        const answer = await call(ofPort, path, { headers })
        assert.deepEqual(
          [answer.status, answer.body, answer.headers['x-amzn-errortype']],
          [403, '{"message":"Forbidden"}', 'ForbiddenException'],
          path,
        )
      }
    })
  }

  const alias = { host: 'abc123-vpce-0a1.execute-api.us-east-1.amazonaws.com' }
  test('has an alias at the endpoints that it is associated with, and at no other', async () => {
    assert.equal(await status(through, '/dev/pets', alias), 200)
    assert.equal(await status(elsewhere, '/dev/pets', alias), 403)
    const other = { host: alias.host.replace('0a1', '0b2') }
    assert.equal(await status(elsewhere, '/dev/pets', other), 403)
  })

  test("is named by a header at the endpoint's own name and address", async () => {
    const named = { 'x-apigw-api-id': 'abc123' }
    const own = 'vpce-0a1-x1y2z3ab.execute-api.us-east-1.vpce.amazonaws.com'
    assert.equal(await status(through, '/dev/pets', { ...named, host: own }), 200)
    assert.equal(await status(through, '/dev/pets', { ...named, host: '127.0.0.1' }), 200)
    assert.equal(await status(through, '/dev/pets', { host: own }), 403)
    assert.equal(await status(elsewhere, '/dev/pets', { ...named, host: own }), 403)
    assert.equal(await status(through, '/dev/pets', { ...named, host: own.replace('us-east', 'eu-west') }), 403)
  })

  test('tells functions by which way a call came', async () => {
    const { body } = await call(through, '/dev/f')
    const { identity } = JSON.parse(body).requestContext
    assert.deepEqual(
      [identity.vpceId, identity.vpcId, identity.sourceIp, identity.accountId],
      ['vpce-0a1', 'vpc-0a1', '127.0.0.1', null],
    )
  })

  test('is not reached through an endpoint of another region', async () => {
    const abroad = { ...privately(), region: 'eu-west-1' }
    const answers = await serve(abroad)
    const headers = { host: 'abc123.execute-api.localhost' }
    assert.equal(await status(answers.through, '/dev/pets', headers), 403)
  })

  for (const authorizer of [undefined, { type: 'AWS_IAM' as const }]) {
    test(`without a resource policy lets in nobody: ${authorizer?.type ?? 'NONE'}`, async () => {
      const { api, ...served } = privately({}, authorizer)
      const { policy: _, ...closed } = api
      const answers = await serve({ ...served, api: closed })
      await answers.plane.publishIdentities(identities)
      const answer = await call(answers.through, '/dev/pets', { method: 'POST', headers: signed() })
      assert.equal(answer.status, 403)
      assert.match(answer.body, /no resource-based policy allows the execute-api:Invoke action/)
    })
  }

  test('becomes public and private again with its endpoint type', async () => {
    const { privateEndpoint: _, ...open } = privately()
    const change = (changed: DeployedStage) => plane.publish([{ apiId: 'abc123', stageName: 'dev', stage: changed }])
    await change(open)
    assert.deepEqual([await status(port), await status(through)], [200, 403])
    await change(privately())
    assert.deepEqual([await status(port), await status(through)], [403, 200])
  })
})

test('a public API is not reached through a VPC endpoint, and neither is the management', async () => {
  const { port, through } = await serve(stage({ '/pets': { ANY: mock } }))
  assert.deepEqual([await status(port), await status(through)], [200, 403])
  assert.equal(await status(through, '/restapis', { host: 'localhost' }), 403)
  assert.equal(await status(through, '/_gatehouse/status', { host: 'localhost' }), 403)
})

test('an HTTP API is not reached through a VPC endpoint', async () => {
  const { plane, through } = await serve(privately())
  await plane.publish([{ apiId: 'http1', stageName: '$default', stage: httpStage([route('$default')]) }])
  for (const path of ['/', '/dev', '/_aws/execute-api/http1/$default']) {
    assert.equal(await status(through, path, { host: 'http1.execute-api.us-east-1.amazonaws.com' }), 403)
  }
})

describe('the resource policy of a private API lets in by', () => {
  for (const [name, policy, statuses] of [
    ['VPC endpoint', from('StringEquals', 'aws:SourceVpce', 'vpce-0a1'), [200, 403]],
    ['VPC', from('StringEquals', 'aws:SourceVpc', 'vpc-0b2'), [403, 200]],
    ['private address', from('IpAddress', 'aws:VpcSourceIp', '127.0.0.0/8'), [200, 200]],
    ['another private address', from('IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8'), [403, 403]],
    ['public address', from('IpAddress', 'aws:SourceIp', '127.0.0.0/8'), [403, 403]],
  ] as const) {
    test(name, async () => {
      const { through, elsewhere } = await serve(privately({ policy }))
      assert.deepEqual([await status(through), await status(elsewhere)], statuses)
    })
  }
})

describe('the policy of a VPC endpoint', () => {
  const forAlice = document({ ...everybody, Principal: { AWS: principal.arn } })
  const refusal = (why: string, who = 'anonymous') =>
    `{"Message":"User: ${who} is not authorized to perform: execute-api:Invoke on resource: ` +
    `arn:aws:execute-api:us-east-1:********9012:abc123/dev/POST/pets ${why}"}`
  const silent = 'because no VPC endpoint policy allows the execute-api:Invoke action'

  async function post(policy: string, headers: Record<string, string> = {}, authorizer?: RestMethod['authorizer']) {
    const { plane, through, elsewhere } = await serve(privately({}, authorizer), policy)
    await plane.publishIdentities(identities)
    const options = { method: 'POST', body: 'four', headers }
    const answer = await call(through, '/dev/pets', options)
    const other = await call(elsewhere, '/dev/pets', options)
    return { status: answer.status, body: answer.body, elsewhere: other.status }
  }

  test('refuses what it does not allow, and so does no other endpoint', async () => {
    const other = document({ ...everybody, Resource: 'arn:aws:execute-api:us-east-1:123456789012:other/*' })
    assert.deepEqual(await post(other), { status: 403, body: refusal(silent), elsewhere: 200 })
  })

  test('refuses what it denies', async () => {
    const denying = document(everybody, { ...everybody, Effect: 'Deny' })
    const { status: answered, body } = await post(denying)
    assert.deepEqual([answered, body], [403, refusal('with an explicit deny in a VPC endpoint policy')])
  })

  for (const authorizer of [undefined, { type: 'AWS_IAM' as const }]) {
    const type = authorizer?.type ?? 'NONE'
    test(`knows who signed a call of a method with ${type}`, async () => {
      const answer = await post(forAlice, signed('four'), authorizer)
      assert.deepEqual([answer.status, answer.elsewhere], [200, 200])
    })

    test(`refuses a forged signature of a call of a method with ${type}`, async () => {
      const answer = await post(forAlice, signed('four', 'guess'), authorizer)
      assert.equal(answer.status, 403)
      assert.match(answer.body, /The request signature we calculated does not match/)
    })
  }

  test('names who is refused', async () => {
    const bob = forAlice.replaceAll('alice', 'bob')
    assert.equal((await post(bob, signed('four'))).body, refusal(silent, principal.arn))
  })

  test('knows nobody by a bearer token, or without', async () => {
    assert.equal((await post(forAlice, { authorization: 'Bearer x' })).body, refusal(silent))
    assert.equal((await post(forAlice)).body, refusal(silent))
  })

  test('comes before Lambda authorizers', async () => {
    const authorizer = { type: 'TOKEN' as const, authorizerId: 'a1', uri: functionUri, resultTtlInSeconds: 0 }
    assert.equal((await post(forAlice, { authorization: 't' }, authorizer)).body, refusal(silent))
  })
})
