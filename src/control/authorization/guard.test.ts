import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { alice, aliceKey } from '../../identity/alice.ts'
import { signRequest } from '../../sigv4/sign-request.ts'
import type { Principal } from '../../snapshot/identity.ts'
import { loadContract } from '../../wire/load-contract.ts'
import type { WireRequest } from '../../wire/message.ts'
import { createWire } from '../../wire/wire.ts'
import { createGuard } from './guard.ts'

const now = Date.UTC(2026, 10, 21, 3, 0)
const accessKey = aliceKey
const staff: Principal = { ...alice(), arn: 'arn:aws:iam::123456789012:user/staff/alice' }
const root: Principal = { ...staff, kind: 'root', id: '123456789012', arn: 'arn:aws:iam::123456789012:root', name: '' }

interface Statement {
  readonly Effect?: 'Allow' | 'Deny'
  readonly Action: string
  readonly Resource?: string
  readonly Condition?: object
}

function who(...statements: readonly Statement[]): Principal {
  const policies = statements.map((statement) => ({
    name: 'p',
    document: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Resource: '*', ...statement } }),
  }))
  return { ...staff, policies }
}

interface Call {
  readonly service: string
  readonly method?: string
  readonly target?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

function signed(
  { service, method = 'GET', target = '/', body = '', headers = {} }: Call,
  key = accessKey,
): WireRequest {
  const url = new URL(`http://localhost:4566${target}`)
  const options = { credentials: key, region: 'us-east-1', service, date: new Date(now) }
  const sent = signRequest({ method, url, body, headers }, options)
  return { method, target, headers: sent, body: Buffer.from(body), remoteAddress: '203.0.113.9' }
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const iam = (body: string): Call => ({
  service: 'iam',
  method: 'POST',
  body: `${body}&Version=2010-05-08`,
  headers: form,
})
const sts = (body: string): Call => ({
  service: 'sts',
  method: 'POST',
  body: `${body}&Version=2011-06-15`,
  headers: form,
})

/** Sends a request to services whose operations only say that they ran. */
async function send(request: WireRequest, principal: Principal | undefined) {
  const services = (['apigateway', 'apigatewayv2', 'lambda', 'iam', 'sts'] as const).map((name) => {
    const contract = loadContract(name)
    const ran = async () => assert.fail('ran')
    return {
      contract,
      operations: Object.fromEntries(
        Object.keys(contract.operations).flatMap((operation) =>
          operation === 'InvokeWithResponseStream' ? [] : [[operation, ran]],
        ),
      ),
    }
  })
  const guard = createGuard({
    find: (id) => (principal && id === accessKey.accessKeyId ? { accessKey, principal } : undefined),
    entityArn: async (noun, account, name) =>
      name === 'bob' ? `arn:aws:iam::${account}:${noun}/staff/bob` : undefined,
    now: () => now,
  })
  const wire = createWire({
    services,
    region: 'us-east-1',
    account: '123456789012',
    guard,
    newRequestId: () => 'id-1',
    log: { error() {} },
  })
  const { status, headers, body } = await wire(request)
  return {
    status,
    code: headers['x-amzn-ErrorType'] ?? /<Code>(.*?)<\/Code>/.exec(String(body))?.[1],
    text: String(body),
  }
}

/** Every way to import a document. @param text `ROLE` stands for a role. */
function importsOf(text: string): [name: string, call: Call, statement: Statement][] {
  const document = text.replace('ROLE', 'arn:aws:iam::${AWS::AccountId}:role/r')
  const json = { 'Content-Type': 'application/json' }
  const wrapped = JSON.stringify({ body: document })
  const service = 'apigateway'
  return [
    { service, method: 'POST', target: '/restapis?mode=import', body: document },
    { service, method: 'PUT', target: '/restapis/abc', body: document },
    { service, method: 'PUT', target: '/v2/apis', body: wrapped, headers: json },
    { service, method: 'PUT', target: '/v2/apis/abc', body: wrapped, headers: json },
  ].map((call) => [`that imports ${text} at ${call.target}`, call, { Action: 'apigateway:*' }])
}

/** Past the guard, the operation fails by `assert.fail`, or the input's check refuses it. */
async function isAdmitted(call: Call, principal: Principal): Promise<boolean> {
  const { status } = await send(signed(call), principal)
  return status === 500 || status === 400
}

describe('a management call', () => {
  const api = 'arn:aws:apigateway:us-east-1::/restapis'
  const fn = 'arn:aws:lambda:us-east-1:123456789012:function'
  const user = 'arn:aws:iam::123456789012:user'
  const rules = 'arn:aws:apigateway:us-east-1:123456789012:/domainnames/a.example.com/routingrules'
  const makeRule: Call = {
    service: 'apigateway',
    method: 'POST',
    target: '/v2/domainnames/a.example.com/routingrules',
  }
  const listApis: Call = { service: 'apigateway', target: '/restapis?limit=5' }
  const getApi: Call = { service: 'apigateway', target: '/restapis/abc' }
  const invoke: Call = { service: 'lambda', method: 'POST', target: '/2015-03-31/functions/pets/invocations' }

  const allowed: [name: string, call: Call, statement: Statement][] = [
    ['of an API', getApi, { Action: 'apigateway:GET', Resource: `${api}/abc` }],
    ['of all APIs', listApis, { Action: 'apigateway:*', Resource: api }],
    [
      'of the second version',
      { service: 'apigateway', target: '/v2/apis' },
      { Action: 'apigateway:GET', Resource: 'arn:aws:apigateway:*::/apis' },
    ],
    ['that makes a routing rule', makeRule, { Action: 'apigateway:CreateRoutingRule', Resource: `${rules}/*` }],
    [
      'of one routing rule',
      { service: 'apigateway', method: 'PUT', target: '/v2/domainnames/a.example.com/routingrules/abc' },
      { Action: 'apigateway:UpdateRoutingRule', Resource: `${rules}/abc` },
    ],
    [
      'of the second version by another spelling',
      { service: 'apigateway', target: '/v2/apis/a%62c/stages/%24default' },
      { Action: 'apigateway:GET', Resource: 'arn:aws:apigateway:*::/apis/abc/stages/$default' },
    ],
    [
      'of the tags of an API',
      { service: 'apigateway', target: '/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fabc' },
      {
        Action: 'apigateway:GET',
        Resource: 'arn:aws:apigateway:us-east-1::/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fabc',
      },
    ],
    ['of a function', invoke, { Action: 'lambda:InvokeFunction', Resource: `${fn}:pets` }],
    [
      'of a qualified function',
      { ...invoke, target: '/2015-03-31/functions/pets/invocations?Qualifier=live' },
      { Action: 'lambda:InvokeFunction', Resource: `${fn}:pets:live` },
    ],
    ['of all functions', { service: 'lambda', target: '/2015-03-31/functions' }, { Action: 'lambda:ListFunctions' }],
    [
      'of a user with a path',
      iam('Action=GetUser&UserName=bob'),
      { Action: 'iam:GetUser', Resource: `${user}/staff/bob` },
    ],
    ['of oneself', iam('Action=GetUser'), { Action: 'iam:GetUser', Resource: `${user}/staff/\${aws:username}` }],
    [
      'of a new user',
      iam('Action=CreateUser&UserName=eve&Path=/x/'),
      { Action: 'iam:CreateUser', Resource: `${user}/x/*` },
    ],
    [
      'that attaches a policy which may be attached',
      iam('Action=AttachUserPolicy&UserName=bob&PolicyArn=arn:aws:iam::aws:policy/Ok'),
      { Action: 'iam:*', Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/Ok' } } },
    ],
    ['that tells who one is', sts('Action=GetCallerIdentity'), { Effect: 'Deny', Action: '*' }],
    [
      'from an address',
      getApi,
      { Action: 'apigateway:*', Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
    ],
  ]
  for (const [name, call, statement] of allowed) {
    test(`${name} is allowed by a policy for it`, async () =>
      assert.equal(await isAdmitted(call, who(statement)), true))
  }

  const refused: [name: string, call: Call, statement: Statement][] = [
    ['of another API', getApi, { Action: 'apigateway:GET', Resource: `${api}/xyz` }],
    ['of another verb', { ...getApi, method: 'DELETE' }, { Action: 'apigateway:GET' }],
    ['that makes a routing rule, by the verb', makeRule, { Action: 'apigateway:POST' }],
    [
      'of another domain name\u2019s routing rules',
      makeRule,
      { Action: 'apigateway:*', Resource: rules.replace('a.example', 'b.example') },
    ],
    ['of another function', invoke, { Action: 'lambda:*', Resource: `${fn}:cats` }],
    [
      'of a version, by a right to the whole',
      { ...invoke, target: '/2015-03-31/functions/pets/invocations?Qualifier=1' },
      { Action: 'lambda:*', Resource: `${fn}:pets` },
    ],
    ['of another service', invoke, { Action: 'apigateway:*' }],
    [
      'of a user by a wrong path',
      iam('Action=GetUser&UserName=bob'),
      { Action: 'iam:GetUser', Resource: `${user}/bob` },
    ],
    [
      'that attaches another policy',
      iam('Action=AttachUserPolicy&UserName=bob&PolicyArn=arn:aws:iam::aws:policy/AdministratorAccess'),
      { Action: 'iam:*', Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/Ok' } } },
    ],
    [
      'that hands over a role',
      {
        service: 'lambda',
        method: 'POST',
        target: '/2015-03-31/functions',
        body: '{"FunctionName":"f","Role":"arn:aws:iam::123456789012:role/r","Code":{}}',
      },
      { Action: 'lambda:*' },
    ],
    [
      'that hands over a role by a patch',
      {
        service: 'apigateway',
        method: 'PATCH',
        target: '/account',
        body: '{"patchOperations":[{"op":"replace","path":"/cloudwatchRoleArn","value":"arn:aws:iam::123456789012:role/r"}]}',
      },
      { Action: 'apigateway:*' },
    ],
    ...(
      [
        ['/v2/apis', 'credentialsArn', '"name":"a","protocolType":"HTTP"'],
        ['/v2/apis/abc/integrations', 'credentialsArn', '"integrationType":"AWS_PROXY"'],
        ['/v2/apis/abc/authorizers', 'authorizerCredentialsArn', '"authorizerType":"REQUEST"'],
      ] as const
    ).map(([target, member, rest]): [name: string, call: Call, statement: Statement] => [
      `that hands over a role to ${target}`,
      {
        service: 'apigateway',
        method: 'POST',
        target,
        body: `{"${member}":"arn:aws:iam::123456789012:role/r",${rest}}`,
      },
      { Action: 'apigateway:*' },
    ]),
    [
      'that gives an HTTP API other tags',
      { service: 'apigateway', method: 'POST', target: '/v2/apis', body: '{"tags":{"team":"pets"}}' },
      { Action: 'apigateway:*', Condition: { StringEquals: { 'aws:RequestTag/team': 'cats' } } },
    ],
    ...importsOf('swagger: "2.0"\npaths: {/: {get: {x-amazon-apigateway-integration: {credentials: ROLE}}}}'),
    ...importsOf('{"x": [{"\\u0063redentials": "ROLE"}]}'),
    ...importsOf('{"x": {"authorizerCredentials": "ROLE"}}'),
    [
      'under a condition that is not known here',
      getApi,
      { Action: 'apigateway:*', Condition: { StringNotEquals: { 'apigateway:Request/EndpointType': 'PRIVATE' } } },
    ],
    [
      'of oneself, by a right to others',
      iam('Action=CreateAccessKey'),
      { Action: 'iam:*', Resource: `${user}/staff/bob` },
    ],
  ]
  for (const [name, call, statement] of refused) {
    test(`${name} is refused`, async () => {
      const { status, code } = await send(signed(call), who(statement))
      assert.deepEqual([status, code], [403, call.service === 'iam' ? 'AccessDenied' : 'AccessDeniedException'])
    })
  }

  const denials: [name: string, target: string, statement: Statement][] = [
    ['by another spelling of its path', '/restapis/%61bc', { Action: '*', Resource: `${api}/abc` }],
    [
      'under a condition that is not known here',
      '/restapis/abc',
      { Action: '*', Condition: { StringEquals: { 'apigateway:Request/EndpointType': 'EDGE' } } },
    ],
  ]
  for (const [name, target, statement] of denials) {
    test(`that is denied is denied ${name}`, async () => {
      const principal = who({ Action: '*' }, { Effect: 'Deny', ...statement })
      const { status, text } = await send(signed({ service: 'apigateway', target }), principal)
      assert.equal(status, 403)
      assert.match(text, /with an explicit deny in an identity-based policy/)
    })
  }

  test('of a root is allowed', async () => assert.equal(await isAdmitted(getApi, root), true))

  test('is refused in the words of its service', async () => {
    const json = await send(signed(listApis), staff)
    assert.ok(
      json.text.includes(
        `User: ${staff.arn} is not authorized to perform: apigateway:GET on resource: ${api} because no identity-based policy allows the apigateway:GET action`,
      ),
      json.text,
    )
    const xml = await send(signed(iam('Action=ListUsers')), staff)
    assert.equal(xml.code, 'AccessDenied')
    assert.match(
      xml.text,
      /is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::123456789012:\* because no/,
    )
  })
})

describe('a management call that is not signed rightly', () => {
  const getApi: Call = { service: 'apigateway', target: '/restapis/abc' }
  const users = iam('Action=ListUsers')
  const guessed = { ...accessKey, secretAccessKey: 'guessed' }
  const other = { ...accessKey, accessKeyId: 'AKIDOTHER' }
  const bare = (call: Call): WireRequest => {
    const { authorization: _, ...headers } = signed(call).headers
    return { ...signed(call), headers: { ...headers, host: `${call.service}.us-east-1.amazonaws.com` } }
  }
  const cases: [name: string, request: WireRequest, status: number, code: string][] = [
    ['not at all', bare(getApi), 403, 'MissingAuthenticationTokenException'],
    ['by a guessed secret', signed(getApi, guessed), 403, 'InvalidSignatureException'],
    ['by an unknown key', signed(getApi, other), 403, 'UnrecognizedClientException'],
    ['with another path', { ...signed(getApi), target: '/restapis/xyz' }, 403, 'InvalidSignatureException'],
    ['with another body', { ...signed(getApi), body: Buffer.from('x') }, 403, 'InvalidSignatureException'],
    ['not at all, to IAM', bare(users), 403, 'MissingAuthenticationToken'],
    ['by a guessed secret, to IAM', signed(users, guessed), 403, 'SignatureDoesNotMatch'],
    ['by an unknown key, to IAM', signed(users, other), 403, 'InvalidClientTokenId'],
    [
      'with another body, to IAM',
      { ...signed(users), body: Buffer.from('Action=DeleteUser&UserName=bob&Version=2010-05-08') },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'by a key that is an account, as emulators take it',
      signed(getApi, { ...accessKey, accessKeyId: '123456789012' }),
      403,
      'UnrecognizedClientException',
    ],
  ]
  for (const [name, request, status, code] of cases) {
    test(`${name} is refused`, async () => {
      const answer = await send(request, root)
      assert.deepEqual([answer.status, answer.code], [status, code])
    })
  }

  test('but with a token of a web identity, needs no signature', async () => {
    const call = sts(
      'Action=AssumeRoleWithWebIdentity&RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=abc&WebIdentityToken=abcd',
    )
    const { status } = await send(bare(call), undefined)
    assert.equal(status, 500)
  })
})
