import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { credentialOf } from './credential.ts'
import { loadContract } from './load-contract.ts'
import type { WireRequest } from './message.ts'
import type { Caller, Operation } from './operation.ts'
import { ServiceError } from './service-error.ts'
import { createWire, type Service } from './wire.ts'

const logged: object[] = []
const seen: { input: unknown; caller: Caller }[] = []
const echo: Operation<unknown> = async (input, caller) => {
  seen.push({ input, caller })
  return {}
}
const all = (...names: string[]): Service['operations'] => Object.fromEntries(names.map((name) => [name, echo]))
const services: Service[] = [
  {
    contract: loadContract('apigateway'),
    operations: {
      ...all(
        'CreateRestApi',
        'GetRestApis',
        'PutMethod',
        'PutIntegration',
        'PutMethodResponse',
        'UpdateRestApi',
        'TagResource',
        'PutRestApi',
        'GetGatewayResponse',
      ),
      DeleteRestApi: async () => {
        throw new TypeError('a bug with a secret')
      },
      GetRestApi: async () => ({ createdDate: 'not a date' }),
      GetResource: async () => {
        throw new ServiceError('TooManyRequestsException', 'Too Many Requests', { members: { retryAfterSeconds: '5' } })
      },
      GetAccount: async () => {
        throw new ServiceError('AccessDeniedException', 'no', { status: 403 })
      },
      DeleteStage: async () => undefined,
    },
  },
  { contract: loadContract('apigatewayv2'), operations: all('CreateApi', 'UpdateIntegration') },
  {
    contract: loadContract('lambda'),
    operations: {
      ...all('CreateFunction', 'PublishLayerVersion', 'Invoke', 'AddPermission', 'CreateEventSourceMapping'),
      GetFunction: async () => {
        throw new ServiceError('ResourceNotFoundException', 'Function not found: f')
      },
      GetAccountSettings: async () => {
        throw new Error('bug')
      },
    },
  },
]
const log = { error: (_message: string, fields = {}) => void logged.push(fields) }
const wire = createWire({ services, region: 'us-east-1', account: '000000000000', newRequestId: () => 'id-1', log })

async function call(line: string, body: unknown = '', headers: Record<string, string> = {}) {
  const [method = '', target = ''] = line.split(' ')
  const content = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  const request: WireRequest = { method, target, headers, body: Buffer.from(content), remoteAddress: '127.0.0.1' }
  const answer = await wire(request)
  return { ...answer, text: Buffer.from(answer.body).toString() }
}

const signed = (key: string, scope: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/${scope}/aws4_request, Signature=0`,
})
const fn = { FunctionName: 'f', Role: 'arn:aws:iam::123456789012:role/r', Code: {} }
const runtimes = 'POST /2015-03-31/functions'

describe('createWire refuses', () => {
  const cases: [name: string, line: string, body: unknown, status: number, type: string, message: string | RegExp][] = [
    ['bad JSON', 'POST /restapis', '{"name":', 400, 'SerializationException', /as JSON/],
    [
      'a list for a body',
      'POST /restapis',
      [],
      400,
      'SerializationException',
      'Start of list found where not expected',
    ],
    ['a text for a body', 'POST /restapis', '"x"', 400, 'SerializationException', 'Unexpected field type'],
    [
      'a boolean for a string',
      'POST /restapis',
      { name: true },
      400,
      'SerializationException',
      'class java.lang.Boolean can not be converted to an String',
    ],
    [
      'a number for a string',
      'POST /restapis',
      { name: 1 },
      400,
      'SerializationException',
      'class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String',
    ],
    [
      'a list for a string',
      'POST /restapis',
      { name: [] },
      400,
      'SerializationException',
      'Start of list found where not expected',
    ],
    [
      'an object for a string',
      'POST /restapis',
      { name: {} },
      400,
      'SerializationException',
      'Start of structure or map found where not expected.',
    ],
    [
      'a string for a list',
      'POST /restapis',
      { name: 'a', binaryMediaTypes: 'x' },
      400,
      'SerializationException',
      'Unexpected field type',
    ],
    [
      'an object for a list',
      'POST /restapis',
      { name: 'a', binaryMediaTypes: {} },
      400,
      'SerializationException',
      'Start of structure or map found where not expected.',
    ],
    [
      'a list for a map',
      'PUT /tags/a',
      { tags: [] },
      400,
      'SerializationException',
      'Start of list found where not expected',
    ],
    ['a string for a map', 'PUT /tags/a', { tags: 'x' }, 400, 'SerializationException', 'Unexpected field type'],
    [
      'a string for a number',
      'POST /restapis',
      { name: 'a', minimumCompressionSize: '5' },
      400,
      'SerializationException',
      'class java.lang.String can not be converted to an Integer',
    ],
    [
      'a strange text for a boolean',
      'POST /restapis',
      { name: 'a', disableExecuteApiEndpoint: 'maybe' },
      400,
      'SerializationException',
      "'MAYBE' can not be converted to an Boolean",
    ],
    [
      'a number for a boolean',
      'POST /restapis',
      { name: 'a', disableExecuteApiEndpoint: 1 },
      400,
      'SerializationException',
      'class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an Boolean',
    ],
    [
      'a text for a number in the query',
      'GET /restapis?limit=abc',
      '',
      400,
      'SerializationException',
      "'abc' can not be converted to an Integer",
    ],
    ['a bad path segment', 'PUT /tags/%zz', { tags: {} }, 400, 'SerializationException', /not a valid path segment/],
    [
      'a blob that is not base64',
      runtimes,
      { ...fn, Code: { ZipFile: '!!!!' } },
      400,
      'SerializationException',
      "'!!!!' can not be converted to a Blob: Invalid Base64 character",
    ],
    [
      'a blob of a wrong length',
      runtimes,
      { ...fn, Code: { ZipFile: 'AAA' } },
      400,
      'SerializationException',
      "'AAA' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 3",
    ],
    [
      'a missing member',
      'POST /restapis',
      {},
      400,
      'ValidationException',
      "1 validation error detected: Value null at 'createRestApiInput.name' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a null member',
      'POST /restapis',
      { name: null },
      400,
      'ValidationException',
      "1 validation error detected: Value null at 'createRestApiInput.name' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a missing body',
      'POST /restapis',
      '',
      400,
      'ValidationException',
      /^1 validation error detected: Value null at 'createRestApiInput.name'/,
    ],
    [
      'an unknown patch operation',
      'PATCH /restapis/a',
      { patchOperations: [{ op: 'frob', path: '/name' }] },
      400,
      'ValidationException',
      "1 validation error detected: Value 'frob' at 'updateRestApiInput.patchOperations.1.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]",
    ],
    [
      'an unknown integration type',
      'PUT /restapis/a/resources/b/methods/GET/integration',
      { type: 'X' },
      400,
      'ValidationException',
      "1 validation error detected: Value 'X' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]",
    ],
    [
      'a bad label, named plainly',
      'PUT /restapis/a/resources/b/methods/GET/responses/teapot',
      {},
      400,
      'ValidationException',
      "1 validation error detected: Value 'teapot' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
    ],
    [
      'a pattern that matches only a part',
      'PUT /restapis/a/resources/b/methods/GET/responses/2000',
      {},
      400,
      'ValidationException',
      /^1 validation error detected: Value '2000' at 'statusCode'/,
    ],
    [
      'several violations',
      runtimes,
      { FunctionName: '', Code: {}, MemorySize: 64, Timeout: 0 },
      400,
      'ValidationException',
      /^5 validation errors detected: Value '' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: .*; Value '' at 'functionName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value null at 'role' failed to satisfy constraint: Member must not be null; Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1; Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128$/,
    ],
    [
      'a long text',
      runtimes,
      { ...fn, Description: 'x'.repeat(257) },
      400,
      'ValidationException',
      /at 'description' failed to satisfy constraint: Member must have length less than or equal to 256$/,
    ],
    [
      'a large number',
      runtimes,
      { ...fn, MemorySize: 100_000 },
      400,
      'ValidationException',
      "1 validation error detected: Value '100000' at 'memorySize' failed to satisfy constraint: Member must have value less than or equal to 32768",
    ],
    [
      'a bad item of a list',
      runtimes,
      { ...fn, Architectures: ['mips'] },
      400,
      'ValidationException',
      "1 validation error detected: Value '[mips]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]",
    ],
    [
      'a long list',
      runtimes,
      { ...fn, Architectures: ['arm64', 'x86_64'] },
      400,
      'ValidationException',
      "1 validation error detected: Value '[arm64, x86_64]' at 'architectures' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      'a bad key of a map, without its secrets',
      runtimes,
      { ...fn, Environment: { Variables: { _KEY: 'secret' } } },
      400,
      'ValidationException',
      "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+, Member must not be null]",
    ],
    [
      'a v2 constraint, by its own code',
      'POST /v2/apis',
      { name: 'a' },
      400,
      'BadRequestException',
      "1 validation error detected: Value null at 'protocolType' failed to satisfy constraint: Member must not be null",
    ],
    [
      'an operation that is not built',
      'GET /vpclinks',
      '',
      501,
      'NotImplementedException',
      'The operation GetVpcLinks of apigateway is not implemented.',
    ],
    ['an unknown path', 'GET /nothing', '', 403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
    [
      'an unknown method',
      'HEAD /restapis',
      '',
      403,
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
    ],
  ]
  for (const [name, line, body, status, type, message] of cases) {
    test(name, async () => {
      const answer = await call(line, body)
      assert.equal(answer.headers['x-amzn-ErrorType'], type)
      assert.equal(answer.headers['x-amzn-RequestId'], 'id-1')
      assert.equal(answer.headers['Content-Type'], 'application/json')
      assert.equal(answer.status, status)
      const { message: said } = JSON.parse(answer.text)
      if (typeof message === 'string') assert.equal(said, message)
      else assert.match(said, message)
    })
  }

  const elsewhere: [name: string, line: string, headers: Record<string, string>, status: number, text: RegExp][] = [
    [
      'a service that is not served',
      'GET /bucket',
      signed('AK', 'us-east-1/s3'),
      501,
      /The service s3 is not implemented/,
    ],
    [
      'a protocol that is not built',
      'POST /',
      { 'smithy-protocol': 'rpc-v2-cbor' },
      501,
      /The protocol rpcv2Cbor is not implemented/,
    ],
    [
      'a target of no service',
      'POST /',
      { 'x-amz-target': 'Logs_20140328.DescribeLogGroups' },
      501,
      /The service Logs_20140328 is not/,
    ],
    [
      'a query action of no service',
      'POST /?Action=Fly&Version=2010-05-08',
      {},
      400,
      /<Code>InvalidAction<\/Code><Message>Could not find operation Fly for version 2010-05-08</,
    ],
    [
      'a path that Lambda does not have',
      'GET /nothing',
      signed('AK', 'us-east-1/lambda'),
      404,
      /Unable to determine service\/operation/,
    ],
    [
      'a region that is none',
      'GET /restapis',
      signed('AK', '..%2f/apigateway'),
      403,
      /Credential should be scoped to a valid region/,
    ],
  ]
  for (const [name, line, headers, status, text] of elsewhere) {
    test(name, async () => {
      const answer = await call(line, '', headers)
      assert.equal(answer.status, status)
      assert.match(answer.text, text)
      assert.equal(answer.headers['x-amzn-RequestId'], 'id-1')
    })
  }

  test('a handler of no operation, at once', () => {
    const options = { region: 'r', account: 'a', newRequestId: () => '', log }
    const build = (contract: Service['contract'], name: string) => () =>
      createWire({ ...options, services: [{ contract, operations: all(name) }] })
    assert.throws(build(loadContract('apigateway'), 'GetRestApi2'), /apigateway has no operation GetRestApi2/)
    assert.throws(build(loadContract('lambda'), 'InvokeWithResponseStream'), /event stream/)
  })
})

describe('createWire answers', () => {
  test('an expected error with its members where the model binds them', async () => {
    const answer = await call('GET /restapis/a/resources/b')
    assert.deepEqual(
      [answer.status, answer.headers['Retry-After'], answer.text],
      [429, '5', '{"message":"Too Many Requests"}'],
    )
  })

  test("an expected error of Lambda with its type and the model's capital", async () => {
    const answer = await call('GET /2015-03-31/functions/f')
    assert.deepEqual([answer.status, answer.text], [404, '{"Type":"User","Message":"Function not found: f"}'])
  })

  test('a denied access with a capital message', async () => {
    assert.equal((await call('GET /account')).text, '{"Message":"no"}')
  })

  const bugs: [line: string, type: string][] = [
    ['DELETE /restapis/a', 'InternalFailure'],
    ['GET /restapis/a', 'InternalFailure'],
    ['GET /2016-08-19/account-settings', 'ServiceException'],
  ]
  for (const [line, type] of bugs) {
    test(`a bug of ${line} with a bare 500, and logs it whole`, async () => {
      logged.length = 0
      const answer = await call(line)
      assert.deepEqual([answer.status, answer.headers['x-amzn-ErrorType']], [500, type])
      assert.doesNotMatch(answer.text, /secret|bug/)
      assert.equal(logged.length, 1)
      assert.partialDeepStrictEqual(logged[0], { requestId: 'id-1' })
    })
  }

  test('an operation without output with an empty body', async () => {
    const answer = await call('DELETE /restapis/a/stages/b')
    assert.deepEqual([answer.status, answer.text], [202, ''])
  })

  const scopes: [name: string, headers: Record<string, string>, account: string, region: string][] = [
    ['the configuration without credentials', {}, '000000000000', 'us-east-1'],
    ['the region of the scope', signed('AKID', 'eu-west-1/apigateway'), '000000000000', 'eu-west-1'],
    [
      'the account of a numeric access key',
      signed('111122223333', 'eu-west-1/apigateway'),
      '111122223333',
      'eu-west-1',
    ],
  ]
  for (const [name, headers, account, region] of scopes) {
    test(`with ${name}`, async () => {
      seen.length = 0
      await call('GET /restapis?limit=5', '', headers)
      const accessKeyId = credentialOf({ headers, query: new URLSearchParams() })?.accessKeyId
      const origin = { sourceIp: '127.0.0.1' }
      const caller = { account, region, requestId: 'id-1', origin, ...(accessKeyId !== undefined && { accessKeyId }) }
      assert.deepEqual(seen, [{ input: { limit: 5 }, caller }])
    })
  }

  const inputs: [name: string, line: string, body: unknown, input: object][] = [
    ['ignores unknown members', 'POST /restapis', { name: 'a', nothing: 1 }, { name: 'a' }],
    [
      'ignores null members, items and entries',
      'POST /restapis',
      { name: 'a', description: null, binaryMediaTypes: [null, 'x'], tags: { a: null, b: 'c' } },
      { name: 'a', binaryMediaTypes: ['x'], tags: { b: 'c' } },
    ],
    [
      'cuts off fractions',
      'POST /restapis',
      { name: 'a', minimumCompressionSize: 5.9 },
      { name: 'a', minimumCompressionSize: 5 },
    ],
    [
      'reads booleans from texts',
      'POST /restapis',
      { name: 'a', disableExecuteApiEndpoint: 'Yes' },
      { name: 'a', disableExecuteApiEndpoint: true },
    ],
    [
      'keeps strange map keys as entries',
      'PUT /tags/a',
      '{"tags":{"__proto__":"x","constructor":"y"}}',
      { resourceArn: 'a', tags: JSON.parse('{"__proto__":"x","constructor":"y"}') },
    ],
    ['decodes labels', 'PUT /tags/arn%3Aaws%3A%2Fa%20b', { tags: {} }, { resourceArn: 'arn:aws:/a b', tags: {} }],
    [
      'separates bound query from free query',
      'PUT /restapis/a?mode=merge&basepath=split&x=1',
      'doc',
      { restApiId: 'a', mode: 'merge', parameters: { basepath: 'split', x: '1' }, body: Buffer.from('doc') },
    ],
    [
      'leaves enums to operations that word them themselves',
      runtimes,
      { ...fn, Runtime: 'cobol' },
      { ...fn, Runtime: 'cobol' },
    ],
  ]
  for (const [name, line, body, input] of inputs) {
    test(name, async () => {
      seen.length = 0
      const answer = await call(line, body)
      assert.deepEqual(seen[0]?.input, input, answer.text)
    })
  }
})
