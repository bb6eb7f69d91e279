import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { MethodDefinition } from '../definition.ts'
import { type ReadOptions, readOpenApi } from './read-open-api.ts'

function read(document: object, options: Partial<ReadOptions> = {}) {
  const result = readOpenApi(JSON.parse(JSON.stringify(document)), {
    basePath: 'ignore',
    ignoreDocumentation: false,
    ...options,
  })
  assert.ok(result)
  return result
}

const responses = { 200: { description: '200 response' } }
const info = { title: 'pets', version: '1' }
const oas = (members: object) => ({ openapi: '3.0.1', info, paths: {}, ...members })
const swagger = (members: object) => ({ swagger: '2.0', info, paths: {}, ...members })
/** A document with `GET /pets`. */
const withOperation = (operation: object, members: object = {}) =>
  oas({ paths: { '/pets': { get: { responses, ...operation } } }, ...members })
const withSchemas = (schemas: object) => oas({ components: { schemas } })
const withIntegration = (integration: object) => withOperation({ 'x-amazon-apigateway-integration': integration })

function methodOf(document: object): MethodDefinition {
  const { definition, errors } = read(document)
  assert.deepEqual(errors, [])
  const method = definition.resources[0]?.methods[0]
  assert.ok(method)
  return method
}

describe('versions', () => {
  for (const version of [
    { swagger: '2.0' },
    { swagger: 2 },
    { openapi: '3.0.0' },
    { openapi: '3.0.3' },
    { openapi: '3.1.0' },
  ]) {
    test(`reads ${JSON.stringify(version)}`, () => assert.deepEqual(read({ ...version, info }).errors, []))
  }
  for (const version of [{}, { swagger: '1.2' }, { openapi: '2.0' }, { openapi: '3.2.0' }, { openapi: '4.0.0' }]) {
    test(`does not read ${JSON.stringify(version)}`, () => {
      assert.equal(readOpenApi({ ...version, info }, { basePath: 'ignore', ignoreDocumentation: false }), undefined)
    })
  }
})

describe('base path', () => {
  const paths = { '/x/': { get: { responses } }, '/': { get: { responses } } }
  const server = (url: string, basePath?: string) => ({
    servers: [{ url, ...(basePath !== undefined && { variables: { basePath: { default: basePath } } }) }],
  })
  const cases: [string, object, ReadOptions['basePath'], string[]][] = [
    ['ignored', swagger({ basePath: '/a/b/', paths }), 'ignore', ['/x', '/']],
    ['prepended', swagger({ basePath: '/a/b/', paths }), 'prepend', ['/a/b', '/a/b/x', '/a/b']],
    ['split', swagger({ basePath: '/a/b/', paths }), 'split', ['/b', '/b/x', '/b']],
    ['split when it has one part', swagger({ basePath: '/a', paths }), 'split', ['/x', '/']],
    ['none', oas({ paths }), 'prepend', ['/x', '/']],
    ["the server's URL's", oas({ paths, ...server('https://h/a/b/') }), 'prepend', ['/a/b', '/a/b/x', '/a/b']],
    ['a relative URL', oas({ paths, ...server('/a') }), 'prepend', ['/a', '/a/x', '/a']],
    ['a variable', oas({ paths, ...server('https://h/{basePath}', 'v') }), 'prepend', ['/v', '/v/x', '/v']],
    [
      'a variable that the URL does not use',
      oas({ paths, ...server('https://h/y', '/v') }),
      'prepend',
      ['/v', '/v/x', '/v'],
    ],
  ]
  for (const [name, document, basePath, expected] of cases) {
    test(`is ${name}`, () =>
      assert.deepEqual(
        read(document, { basePath }).definition.resources.map(({ path }) => path),
        expected,
      ))
  }
})

describe('parameters', () => {
  test('come from the path, the operation and the components; variables need no declaration', () => {
    const parameters = [
      { name: 'q', in: 'query', required: true, schema: { type: 'string' } },
      { name: 'h', in: 'header', schema: { type: 'string' } },
    ]
    const get = { responses, parameters: [{ name: 'q', in: 'query' }, { $ref: '#/components/parameters/p' }] }
    const document = oas({
      paths: { '/pets/{petId}/{rest+}': { parameters, get } },
      components: { parameters: { p: { name: 'petId', in: 'path' } } },
    })
    assert.deepEqual(methodOf(document).requestParameters, {
      'method.request.querystring.q': false,
      'method.request.header.h': false,
      'method.request.path.petId': true,
      'method.request.path.rest': true,
    })
  })

  test('say what they say beyond names as documentation, unless that is ignored', () => {
    const parameters = [{ name: 'n', in: 'query', description: 'How many', schema: { type: 'integer' } }]
    const document = withOperation({ parameters, summary: 'List' })
    assert.deepEqual(read(document).definition.documentationParts, [
      { location: { type: 'METHOD', path: '/pets', method: 'GET' }, properties: { summary: 'List' } },
      {
        location: { type: 'QUERY_PARAMETER', path: '/pets', method: 'GET', name: 'n' },
        properties: { description: 'How many', schema: { type: 'integer' } },
      },
    ])
    assert.equal(read(document, { ignoreDocumentation: true }).definition.documentationParts, undefined)
  })
})

describe('bodies', () => {
  test("have Swagger 2.0's media types, the operation's before the document's", () => {
    const body = { in: 'body', name: 'b', schema: { $ref: '#/definitions/Pet' } }
    const get = {
      parameters: [body],
      responses: { 200: { schema: { $ref: '#/definitions/Pet' } } },
      consumes: ['text/x'],
    }
    const method = methodOf(
      swagger({ paths: { '/p': { get } }, produces: ['a/b', 'c/d'], definitions: { Pet: { type: 'object' } } }),
    )
    assert.deepEqual(method.requestModels, { 'text/x': 'Pet' })
    assert.deepEqual(method.methodResponses?.['200']?.responseModels, { 'a/b': 'Pet', 'c/d': 'Pet' })
  })

  test('without a name share a generated one when they are alike', () => {
    const content = { 'application/json': { schema: { type: 'array', items: { type: 'string' } } } }
    const document = withOperation({ requestBody: { content }, responses: { 200: { content }, 201: { content } } })
    const { models, resources } = read(document).definition
    const [model] = models
    assert.match(model?.name ?? '', /^MODEL[0-9a-f]{6}$/)
    assert.equal(models.length, 1)
    assert.deepEqual(resources[0]?.methods[0]?.requestModels, { 'application/json': model?.name })
  })
})

describe('schemas', () => {
  const url = (name: string) => `https://apigateway.amazonaws.com/restapis/{restApiId}/models/${name}`
  const cases: [string, object, object][] = [
    ['references', { $ref: '#/components/schemas/Other' }, { $ref: url('Other') }],
    [
      "a model's URL",
      { items: { $ref: 'https://apigateway.amazonaws.com/restapis/abc/models/Other' } },
      { items: { $ref: url('Other') } },
    ],
    ['a part of another model, in place', { $ref: '#/components/schemas/Other/properties/a' }, { type: 'integer' }],
    [
      'a part of itself',
      { $defs: { x: {} }, not: { $ref: '#/components/schemas/Own/$defs/x' } },
      { definitions: { x: {} }, not: { $ref: '#/definitions/x' } },
    ],
    ['nullable', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    ['const', { const: 1 }, { enum: [1] }],
    [
      'exclusive bounds',
      { exclusiveMinimum: 1, exclusiveMaximum: 9 },
      { minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: true },
    ],
    [
      'properties with the names of keywords',
      { properties: { example: { type: 'string' }, $ref: {} } },
      { properties: { example: { type: 'string' }, $ref: {} } },
    ],
    [
      'values that look like schemas',
      { enum: [{ $ref: 'x' }], default: { nullable: true } },
      { enum: [{ $ref: 'x' }], default: { nullable: true } },
    ],
  ]
  for (const [name, source, expected] of cases) {
    test(`convert ${name}`, () => {
      const other = { properties: { a: { type: 'integer' } } }
      const { definition, errors, warnings } = read(withSchemas({ Own: source, Other: other }))
      assert.deepEqual({ errors, warnings }, { errors: [], warnings: [] })
      assert.deepEqual(definition.models[0]?.schema, expected)
    })
  }
})

describe('security', () => {
  const authorizer = { type: 'token', authorizerUri: 'arn:x' }
  const scheme = { type: 'apiKey', name: 'Authorization', in: 'header' }
  const securitySchemes = {
    token: { ...scheme, 'x-amazon-apigateway-authtype': 'oauth2', 'x-amazon-apigateway-authorizer': authorizer },
    pool: { ...scheme, 'x-amazon-apigateway-authorizer': { type: 'COGNITO_USER_POOLS', providerARNs: ['arn:p'] } },
    key: { ...scheme, name: 'X-API-Key' },
    iam: { ...scheme, 'x-amazon-apigateway-authtype': 'awsSigv4' },
  }
  const cases: [string, object, object][] = [
    ['nothing', {}, { authorizationType: 'NONE', apiKeyRequired: false }],
    [
      'an authorizer',
      { security: [{ token: [] }] },
      { authorizationType: 'CUSTOM', authorizer: 'token', apiKeyRequired: false },
    ],
    [
      'scopes of user pools',
      { security: [{ pool: ['a', 'b'] }] },
      {
        authorizationType: 'COGNITO_USER_POOLS',
        authorizer: 'pool',
        authorizationScopes: ['a', 'b'],
        apiKeyRequired: false,
      },
    ],
    ['an API key', { security: [{ key: [] }] }, { authorizationType: 'NONE', apiKeyRequired: true }],
    ['a signature', { security: [{ iam: [] }] }, { authorizationType: 'AWS_IAM', apiKeyRequired: false }],
    [
      'a signature by extension',
      { 'x-amazon-apigateway-auth': { type: 'aws_iam' } },
      { authorizationType: 'AWS_IAM', apiKeyRequired: false },
    ],
    [
      'alternatives',
      { security: [{ token: [] }, { key: [] }] },
      { authorizationType: 'CUSTOM', authorizer: 'token', apiKeyRequired: true },
    ],
    ['both at once', { security: [{ key: [], iam: [] }] }, { authorizationType: 'AWS_IAM', apiKeyRequired: true }],
  ]
  for (const [name, operation, expected] of cases) {
    test(`requires ${name}`, () => {
      const method = methodOf(withOperation(operation, { components: { securitySchemes } }))
      const { httpMethod: _, methodResponses: _responses, ...security } = method
      assert.deepEqual(security, expected)
    })
  }

  test('of the document holds where an operation has none of its own', () => {
    const members = { security: [{ key: [] }], components: { securitySchemes } }
    assert.equal(methodOf(withOperation({}, members)).apiKeyRequired, true)
    assert.equal(methodOf(withOperation({ security: [] }, members)).apiKeyRequired, false)
  })

  test('names the header that a token is in', () => {
    const { definition } = read(oas({ components: { securitySchemes } }))
    assert.deepEqual(definition.authorizers, [
      {
        name: 'token',
        type: 'TOKEN',
        authType: 'oauth2',
        authorizerUri: 'arn:x',
        identitySource: 'method.request.header.Authorization',
      },
      {
        name: 'pool',
        type: 'COGNITO_USER_POOLS',
        providerARNs: ['arn:p'],
        identitySource: 'method.request.header.Authorization',
      },
    ])
  })

  const notSupported: [string, object, string][] = [
    ['HTTP', { type: 'http', scheme: 'bearer' }, "Unsupported security definition type 'http' for 'x'. Ignoring."],
    ['OAuth', { type: 'oauth2' }, "Unsupported security definition type 'oauth2' for 'x'. Ignoring."],
    [
      'keys elsewhere',
      { type: 'apiKey', name: 'x-api-key', in: 'query' },
      "Unsupported API key for 'x': API keys are in the header 'x-api-key'. Ignoring.",
    ],
    [
      'keys of other names',
      { type: 'apiKey', name: 'X-Token', in: 'header' },
      "Unsupported API key for 'x': API keys are in the header 'x-api-key'. Ignoring.",
    ],
  ]
  for (const [name, x, warning] of notSupported) {
    test(`by ${name} leaves a method open, and says so`, () => {
      const openMethod = withOperation({ security: [{ x: [] }] }, { components: { securitySchemes: { x } } })
      const { definition, warnings } = read(openMethod)
      assert.equal(definition.resources[0]?.methods[0]?.authorizationType, 'NONE')
      const place = "callers of 'GET' on resource at path '/pets'"
      assert.deepEqual(warnings, [
        warning,
        `Security definition 'x' is not supported, and not required of ${place}: the method is open to every caller.`,
      ])
    })
  }

  test('that is not supported is told of a method with other locks too', () => {
    const components = { securitySchemes: { ...securitySchemes, x: { type: 'http', scheme: 'basic' } } }
    const { definition, warnings } = read(withOperation({ security: [{ x: [] }, { key: [] }] }, { components }))
    assert.equal(definition.resources[0]?.methods[0]?.apiKeyRequired, true)
    assert.match(warnings[1] ?? '', /: only the others are required\.$/)
  })

  test('that cannot be had keeps its methods out', () => {
    const broken = { key: { ...scheme, 'x-amazon-apigateway-authtype': 'custom' } }
    const { definition, warnings } = read(
      withOperation({ security: [{ key: [] }] }, { components: { securitySchemes: broken } }),
    )
    assert.deepEqual(definition.resources, [{ path: '/pets', methods: [] }])
    assert.match(
      warnings[0] ?? '',
      /^Unable to create authorizer from security definition: 'key'\. .* will not be created\./,
    )
  })
})

describe('warnings', () => {
  const mock = { type: 'mock' }
  const cases: [string, object, string][] = [
    ['an operation without responses', withOperation({ responses: {} }), "No responses specified for 'GET /pets'"],
    [
      'a default response',
      withOperation({ responses: { ...responses, default: {} } }),
      "Unsupported response 'default' for 'GET /pets': only status codes are supported. Ignoring.",
    ],
    [
      'a cookie',
      withOperation({ parameters: [{ name: 'c', in: 'cookie' }] }),
      "Unsupported parameter 'c' in 'cookie' for 'GET /pets'. Ignoring.",
    ],
    ['callbacks', withOperation({ callbacks: {} }), "Unsupported member 'callbacks' of 'GET /pets'. Ignoring."],
    [
      'an unknown verb',
      oas({ paths: { '/p': { trace: { responses } } } }),
      "Unsupported member 'trace' of path '/p'. Ignoring.",
    ],
    ['webhooks', oas({ openapi: '3.1.0', webhooks: {} }), "Unsupported member 'webhooks' of the document. Ignoring."],
    [
      'CORS of HTTP APIs',
      oas({ 'x-amazon-apigateway-cors': {} }),
      "Unsupported member 'x-amazon-apigateway-cors' of the document. Ignoring.",
    ],
    [
      'a path without a slash',
      oas({ paths: { p: {} } }),
      'Parse issue: attribute paths. Resource p should start with /',
    ],
    [
      'a scheme of another type',
      oas({ components: { securitySchemes: { basic: { type: 'http', scheme: 'basic' } } } }),
      "Unsupported security definition type 'http' for 'basic'. Ignoring.",
    ],
    [
      'an API key elsewhere',
      oas({ components: { securitySchemes: { k: { type: 'apiKey', in: 'query', name: 'k' } } } }),
      "Unsupported API key for 'k': API keys are in the header 'x-api-key'. Ignoring.",
    ],
    [
      'a model that is not there',
      withOperation({
        responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/X' } } } } },
      }),
      "Reference to model 'X' not found. Ignoring. (200 response of 'GET /pets')",
    ],
    [
      'a parameter that is not there',
      withOperation({ parameters: [{ $ref: '#/components/parameters/x' }] }),
      "Parse issue: attribute paths.'/pets'(get).parameters.[0].#/components/parameters/x is missing",
    ],
    [
      'keywords that draft 4 does not have',
      withSchemas({ A: { example: 1, properties: { b: { xml: {}, example: 2 } } } }),
      'Unsupported keyword(s): ["example","xml"] in model \'A\'. Ignoring.',
    ],
    [
      'a mapping that is no text',
      withIntegration({ ...mock, requestParameters: { 'integration.request.header.nothing': true } }),
      "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.nothing' of resource '/pets' and method 'GET' but got 'true'",
    ],
    [
      'a member of HTTP APIs',
      withIntegration({ ...mock, integrationSubtype: 'SQS-SendMessage' }),
      "Integration on 'GET' for resource at path '/pets': unsupported member 'integrationSubtype'. Ignoring.",
    ],
    [
      'the payload format of HTTP APIs',
      withIntegration({ ...mock, payloadFormatVersion: '2.0' }),
      "Integration on 'GET' for resource at path '/pets': unsupported member 'payloadFormatVersion'. Ignoring.",
    ],
    [
      'two responses of one status code',
      withIntegration({ ...mock, responses: { default: { statusCode: 200 }, '2..': { statusCode: '200' } } }),
      "Integration on 'GET' for resource at path '/pets': more than one integration response for status code 200: '2..' is the one used. Ignoring.",
    ],
  ]
  for (const [name, document, warning] of cases) {
    test(`tell of ${name}`, () => {
      const { warnings, errors } = read(document)
      assert.deepEqual({ warnings, errors }, { warnings: [warning], errors: [] })
    })
  }
})

describe('errors', () => {
  const method = "Unable to put method 'GET' on resource at path '/pets':"
  const model = "Unable to create model for 'A':"
  const scheme = { type: 'apiKey', name: 'Authorization', in: 'header' }
  const schemes = {
    a: { ...scheme, 'x-amazon-apigateway-authorizer': { type: 'request' } },
    b: { ...scheme, 'x-amazon-apigateway-authorizer': { type: 'token' } },
  }
  const brokenReference = (reference: string) =>
    `${model} Invalid model specified: Validation Result: warnings : [], errors : [Invalid model reference specified: ${reference}]`
  const cases: [string, object, string][] = [
    [
      'a parameter name',
      withOperation({ parameters: [{ name: 'page[size]', in: 'query' }] }),
      `${method} Invalid mapping expression specified: Validation Result: warnings : [], errors : [Parameter name should match the following regular expression: ^[a-zA-Z0-9._$-]+$]`,
    ],
    [
      'a lock that is not there',
      withOperation({ security: [{ x: [] }] }),
      `${method} Security definition 'x' not found`,
    ],
    [
      'two locks',
      withOperation({ security: [{ a: [], b: [] }] }, { components: { securitySchemes: schemes } }),
      `${method} Only one authorization type is supported for a method`,
    ],
    [
      'a JWT authorizer',
      oas({ components: { securitySchemes: { j: { ...scheme, 'x-amazon-apigateway-authorizer': { type: 'jwt' } } } } }),
      "Unable to create authorizer 'j': Invalid authorizer type specified: jwt",
    ],
    [
      'a model name',
      withSchemas({ 'A-b': {} }),
      "Unable to create model for 'A-b': Model name must be alphanumeric: A-b",
    ],
    ['a model that refers out', withSchemas({ A: { $ref: 'other.yaml#/B' } }), brokenReference('other.yaml#/B')],
    [
      'a model that refers to nothing',
      withSchemas({ A: { items: { $ref: '#/components/schemas/B' } } }),
      brokenReference("model 'B'"),
    ],
    [
      'a circle without end',
      oas({ components: { schemas: { A: { $ref: '#/components/x/y' } }, x: { y: { $ref: '#/components/x/y' } } } }),
      brokenReference('#/components/x/y'),
    ],
    [
      'a reference to another file',
      withOperation({ parameters: [{ $ref: 'p.yaml' }] }),
      "Unable to resolve reference 'p.yaml' at paths.'/pets'(get).parameters.[0]: only references within the document are supported",
    ],
    [
      'an integration without a type',
      withIntegration({ uri: 'https://example.com' }),
      "Unable to put integration on 'GET' for resource at path '/pets': Enumeration value for IntegrationType is invalid: null",
    ],
    [
      'an integration response without a status',
      withIntegration({ type: 'mock', responses: { default: {} } }),
      "Unable to put integration response on 'GET' for resource at path '/pets': Invalid status code specified for 'default': null",
    ],
    [
      'an unknown gateway response',
      oas({ 'x-amazon-apigateway-gateway-responses': { TEAPOT: {} } }),
      "Unable to put gateway response 'TEAPOT': Invalid gateway response specified",
    ],
    [
      'a documentation part of nothing',
      oas({
        'x-amazon-apigateway-documentation': { documentationParts: [{ location: { type: 'MODEL' }, properties: {} }] },
      }),
      "Unable to create documentation part 0: Invalid documentation part location: name is required for type 'MODEL'",
    ],
  ]
  for (const [name, document, error] of cases) {
    test(`tell of ${name}`, () => assert.deepEqual(read(document).errors, [error]))
  }
})
