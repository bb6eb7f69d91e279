import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { BasePathMode } from '../../document/base-path.ts'
import type { JsonObject } from '../../json.ts'
import { readHttpOpenApi } from './read-http-open-api.ts'

const uri = 'arn:aws:lambda:us-east-1:123456789012:function:f'
const lambda = { type: 'aws_proxy', uri, payloadFormatVersion: '2.0' }
const settings = { IntegrationType: 'AWS_PROXY', IntegrationUri: uri, PayloadFormatVersion: '2.0' }

function read(document: JsonObject, basePath: BasePathMode = 'ignore') {
  const result = readHttpOpenApi({ openapi: '3.0.1', info: { title: 't', version: '1' }, ...document }, basePath)
  return result ?? assert.fail('was not read')
}

/** A document with one `GET /a`. */
const withGet = (operation: JsonObject, rest: JsonObject = {}): JsonObject => ({
  paths: { '/a': { get: operation } },
  ...rest,
})
const withSchemes = (securitySchemes: JsonObject, operation: JsonObject = {}): JsonObject =>
  withGet(operation, { components: { securitySchemes } })
const withIntegration = (integration: JsonObject): JsonObject =>
  withGet({ 'x-amazon-apigateway-integration': integration })

describe('readHttpOpenApi', () => {
  test('takes the API as a whole', () => {
    const { definition, warnings, info, errors } = read({
      info: { title: 'Pets', description: 'All of them', version: '1.2' },
      servers: [
        {
          url: 'https://x.example/',
          'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true, ipAddressType: 'dualstack' },
        },
      ],
      tags: [{ name: 'team', 'x-amazon-apigateway-tag-value': 'a' }, { name: 'group' }],
      paths: {},
      'x-amazon-apigateway-cors': {
        allowOrigins: ['https://a.example'],
        allowMethods: '*',
        allowHeaders: ['authorization'],
        exposeHeaders: ['date'],
        maxAge: 300,
        allowCredentials: true,
      },
      'x-amazon-apigateway-importexport-version': '1.0',
    })
    assert.deepEqual(definition, {
      settings: {
        Name: 'Pets',
        Description: 'All of them',
        Version: '1.2',
        CorsConfiguration: {
          AllowOrigins: ['https://a.example'],
          AllowMethods: ['*'],
          AllowHeaders: ['authorization'],
          ExposeHeaders: ['date'],
          MaxAge: 300,
          AllowCredentials: true,
        },
        DisableExecuteApiEndpoint: true,
        IpAddressType: 'dualstack',
        Tags: { team: 'a' },
      },
      authorizers: [],
      integrations: [],
      routes: [],
    })
    assert.deepEqual([warnings, info, errors], [[], [], []])
  })

  test('takes routes, and the one of all other calls', () => {
    const operation = { 'x-amazon-apigateway-integration': lambda, responses: { default: { description: 'd' } } }
    const { definition, warnings } = read({
      paths: {
        '/': { get: operation },
        '/pets/{petId}': { delete: { ...operation, operationId: 'remove' }, parameters: [] },
        '/{proxy+}': { 'x-amazon-apigateway-any-method': operation },
        '/$default': { 'x-amazon-apigateway-any-method': { ...operation, isDefaultRoute: true } },
      },
    })
    assert.deepEqual(definition.routes, [
      { routeKey: 'GET /', authorizationType: 'NONE', integration: 'GET /' },
      {
        routeKey: 'DELETE /pets/{petId}',
        operationName: 'remove',
        authorizationType: 'NONE',
        integration: 'DELETE /pets/{petId}',
      },
      { routeKey: 'ANY /{proxy+}', authorizationType: 'NONE', integration: 'ANY /{proxy+}' },
      { routeKey: '$default', authorizationType: 'NONE', integration: '$default' },
    ])
    assert.deepEqual(warnings, [])
  })

  test("takes the path $default for the route of all other calls, with the service's warning", () => {
    const { definition, warnings } = read({ paths: { $default: { 'x-amazon-apigateway-any-method': {} } } })
    assert.deepEqual(definition.routes, [{ routeKey: '$default', authorizationType: 'NONE' }])
    assert.deepEqual(warnings, ['Parse issue: attribute paths. Resource $default should start with /'])
  })

  for (const [mode, expected] of [
    ['ignore', ['GET /', 'GET /a']],
    ['prepend', ['GET /v1/shop', 'GET /v1/shop/a']],
    ['split', ['GET /shop', 'GET /shop/a']],
  ] as const) {
    test(`puts the base path before paths: ${mode}`, () => {
      const document = { paths: { '/': { get: {} }, '/a': { get: {} } }, servers: [{ url: 'https://x/v1/shop' }] }
      assert.deepEqual(
        read(document, mode).definition.routes.map(({ routeKey }) => routeKey),
        expected,
      )
    })
  }

  test('takes an integration that several routes share once', () => {
    const shared = { $ref: '#/components/x-amazon-apigateway-integrations/all' }
    const { definition, warnings } = read({
      paths: {
        '/a': {
          get: { 'x-amazon-apigateway-integration': shared },
          post: { 'x-amazon-apigateway-integration': shared },
        },
      },
      components: { 'x-amazon-apigateway-integrations': { all: lambda } },
    })
    assert.deepEqual(definition.integrations, [{ key: '#all', place: "'all'", settings }])
    assert.deepEqual(
      definition.routes.map(({ integration }) => integration),
      ['#all', '#all'],
    )
    assert.deepEqual(warnings, [])
  })

  const integrations: [string, JsonObject, object][] = [
    ['a function', lambda, settings],
    [
      'words in any case, and a version that YAML took for a number',
      { type: 'Http_Proxy', uri: 'https://x', httpMethod: 'get', payloadFormatVersion: 1, connectionType: 'internet' },
      {
        IntegrationType: 'HTTP_PROXY',
        IntegrationUri: 'https://x',
        IntegrationMethod: 'GET',
        PayloadFormatVersion: '1.0',
        ConnectionType: 'INTERNET',
      },
    ],
    [
      'a service',
      {
        type: 'aws_proxy',
        integrationSubtype: 'SQS-SendMessage',
        credentials: 'arn:aws:iam::123456789012:role/r',
        payloadFormatVersion: '1.0',
        requestParameters: { QueueUrl: 'q', MessageBody: '$request.body' },
      },
      {
        IntegrationType: 'AWS_PROXY',
        IntegrationSubtype: 'SQS-SendMessage',
        CredentialsArn: 'arn:aws:iam::123456789012:role/r',
        PayloadFormatVersion: '1.0',
        RequestParameters: { QueueUrl: 'q', MessageBody: '$request.body' },
      },
    ],
    [
      'a private backend',
      {
        type: 'http_proxy',
        uri: 'arn:l',
        httpMethod: 'ANY',
        connectionType: 'VPC_LINK',
        connectionId: 'v',
        timeoutInMillis: '500',
        tlsConfig: { serverNameToVerify: 's' },
      },
      {
        IntegrationType: 'HTTP_PROXY',
        IntegrationUri: 'arn:l',
        IntegrationMethod: 'ANY',
        ConnectionType: 'VPC_LINK',
        ConnectionId: 'v',
        TimeoutInMillis: 500,
        TlsConfig: { ServerNameToVerify: 's' },
      },
    ],
    [
      'response parameters of either form',
      {
        type: 'http_proxy',
        responseParameters: { '200': { 'append:header.a': 'b' } },
        responses: { '404': { responseParameters: { 'overwrite:statuscode': '200' } } },
      },
      {
        IntegrationType: 'HTTP_PROXY',
        ResponseParameters: { '200': { 'append:header.a': 'b' }, '404': { 'overwrite:statuscode': '200' } },
      },
    ],
  ]
  for (const [name, source, expected] of integrations) {
    test(`takes an integration: ${name}`, () => {
      const { definition, warnings, info, errors } = read(withIntegration(source))
      assert.deepEqual(
        definition.integrations.map((integration) => integration.settings),
        [expected],
      )
      assert.deepEqual([warnings, info, errors], [[], [], []])
    })
  }

  const issuer = 'https://issuer.example'
  const schemes: [string, JsonObject, object][] = [
    [
      'tokens',
      {
        type: 'oauth2',
        flows: {},
        'x-amazon-apigateway-authorizer': {
          type: 'jwt',
          identitySource: '$request.header.Authorization',
          jwtConfiguration: { audience: ['a', 'b'], issuer },
        },
      },
      {
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: issuer, Audience: ['a', 'b'] },
      },
    ],
    [
      'tokens of the scheme’s own issuer',
      {
        type: 'openIdConnect',
        openIdConnectUrl: `${issuer}/.well-known/openid-configuration`,
        'x-amazon-apigateway-authorizer': { type: 'JWT', jwtConfiguration: { audience: 'a' } },
      },
      {
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: issuer, Audience: ['a'] },
      },
    ],
    [
      'a function',
      {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authorizer': {
          type: 'request',
          identitySource: '$request.header.Authorization, $request.querystring.q',
          authorizerUri: uri,
          authorizerCredentials: 'role',
          authorizerPayloadFormatVersion: 2,
          authorizerResultTtlInSeconds: 300,
          enableSimpleResponses: true,
        },
      },
      {
        AuthorizerType: 'REQUEST',
        IdentitySource: ['$request.header.Authorization', '$request.querystring.q'],
        AuthorizerUri: uri,
        AuthorizerCredentialsArn: 'role',
        AuthorizerPayloadFormatVersion: '2.0',
        AuthorizerResultTtlInSeconds: 300,
        EnableSimpleResponses: true,
      },
    ],
    [
      'a function without an identity source',
      { type: 'apiKey', name: 'X', in: 'header', 'x-amazon-apigateway-authorizer': { type: 'request' } },
      { AuthorizerType: 'REQUEST', IdentitySource: ['$request.header.X'] },
    ],
  ]
  for (const [name, scheme, expected] of schemes) {
    test(`takes an authorizer: ${name}`, () => {
      const { definition, warnings } = read(withSchemes({ auth: scheme }, { security: [{ auth: ['s'] }] }))
      assert.deepEqual(definition.authorizers, [{ Name: 'auth', ...expected }])
      const [route] = definition.routes
      const isJwt = definition.authorizers[0]?.AuthorizerType === 'JWT'
      assert.deepEqual(
        [route?.authorizationType, route?.authorizer, route?.authorizationScopes],
        isJwt ? ['JWT', 'auth', ['s']] : ['CUSTOM', 'auth', undefined],
      )
      assert.equal(warnings.length, isJwt ? 0 : 1)
    })
  }

  const sigv4 = { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' }
  const jwt = { type: 'oauth2', 'x-amazon-apigateway-authorizer': { type: 'jwt' } }
  test('closes routes by signatures, however the document says it', () => {
    for (const document of [
      withSchemes({ sigv4 }, { security: [{ sigv4: [] }] }),
      withGet({ 'x-amazon-apigateway-auth': { type: 'aws_iam' } }),
      { ...withSchemes({ sigv4 }), security: [{ sigv4: [] }] },
    ]) {
      assert.deepEqual(read(document).definition.routes, [{ routeKey: 'GET /a', authorizationType: 'AWS_IAM' }])
    }
  })

  test('opens routes that say so', () => {
    const document = { ...withSchemes({ jwt }, { security: [] }), security: [{ jwt: [] }] }
    assert.deepEqual(read(document).definition.routes, [{ routeKey: 'GET /a', authorizationType: 'NONE' }])
  })

  const told: [string, JsonObject, 'warnings' | 'info' | 'errors', RegExp][] = [
    [
      'a type that HTTP APIs do not have',
      withIntegration({ type: 'AWS' }),
      'warnings',
      /AWS_PROXY and HTTP_PROXY only, but got AWS$/,
    ],
    ['a type that is not there', withIntegration({}), 'warnings', /but got null$/],
    [
      'a member that nobody knows',
      withIntegration({ ...lambda, x: 1 }),
      'warnings',
      /Unsupported member 'x' of the integration of 'GET \/a'/,
    ],
    [
      'a member of REST APIs',
      withIntegration({ ...lambda, passthroughBehavior: 'never' }),
      'info',
      /'passthroughBehavior'/,
    ],
    [
      'the rest of a response',
      withIntegration({ ...lambda, responses: { default: { statusCode: '200' } } }),
      'info',
      /response 'default' of 'GET \/a'/,
    ],
    [
      'a parameter that is no text',
      withIntegration({ ...lambda, requestParameters: { a: 1 } }),
      'warnings',
      /expected a text for 'a' but got '1'/,
    ],
    [
      'a timeout that is no number',
      withIntegration({ ...lambda, timeoutInMillis: 'x' }),
      'warnings',
      /timeoutInMillis/,
    ],
    [
      'another TLS setting',
      withIntegration({ ...lambda, tlsConfig: { insecureSkipVerification: true } }),
      'warnings',
      /tlsConfig/,
    ],
    [
      'another connection',
      withIntegration({ ...lambda, connectionType: 'x' }),
      'errors',
      /Invalid ConnectionType specified/,
    ],
    [
      'an integration that is not there',
      withIntegration({ $ref: '#/components/x-amazon-apigateway-integrations/x' }),
      'warnings',
      /is missing$/,
    ],
    ['a body', withGet({ requestBody: {} }), 'info', /^Unsupported member 'requestBody' of 'GET \/a'/],
    ['a parameter', withGet({ parameters: [{ in: 'query', name: 'q' }] }), 'info', /query parameter 'q'/],
    ['a validator', withGet({ 'x-amazon-apigateway-request-validator': 'all' }), 'info', /request-validator/],
    ['a policy', { 'x-amazon-apigateway-policy': {} }, 'info', /'x-amazon-apigateway-policy' of the document/],
    ['schemas', { components: { schemas: { A: {} } } }, 'info', /'schemas' of the components/],
    [
      'a schema that is not there',
      withGet({
        responses: { '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/None' } } } } },
      }),
      'warnings',
      /^Parse issue: attribute paths\.'\/a'\(get\)\.responses\.200\.content\.schema\.#\/components\/schemas\/None is missing$/,
    ],
    ['a member of an operation', withGet({ x: 1 }), 'warnings', /^Unsupported member 'x' of 'GET \/a'/],
    ['a member of a path', { paths: { '/a': { trace: {} } } }, 'warnings', /^Unsupported member 'trace' of path '\/a'/],
    ['a member of the document', { host: 'x' }, 'warnings', /^Unsupported member 'host' of the document/],
    ['a path without a slash', { paths: { a: {} } }, 'warnings', /Resource a should start with \//],
    ['CORS that is no object', { 'x-amazon-apigateway-cors': true }, 'warnings', /is not of type `object`/],
    ['a member of CORS', { 'x-amazon-apigateway-cors': { allow_methods: [] } }, 'warnings', /'allow_methods'/],
    [
      'an address type',
      { 'x-amazon-apigateway-endpoint-configuration': { ipAddressType: 'x' } },
      'errors',
      /must be either ipv4 or dualstack/,
    ],
    [
      'VPC endpoints',
      { 'x-amazon-apigateway-endpoint-configuration': { vpcEndpointIds: [] } },
      'warnings',
      /'vpcEndpointIds'/,
    ],
    ['another version of the extensions', { 'x-amazon-apigateway-importexport-version': '2.0' }, 'errors', /2\.0/],
    [
      'a scheme without an authorizer',
      withSchemes({ open: { type: 'http' } }, { security: [{ open: [] }] }),
      'warnings',
      /the route is open to every caller\.$/,
    ],
    [
      'a member of an authorizer',
      withSchemes({ jwt: { 'x-amazon-apigateway-authorizer': { type: 'jwt', x: 1 } } }),
      'warnings',
      /'x' of authorizer 'jwt'/,
    ],
    [
      'another kind of authorization',
      withGet({ 'x-amazon-apigateway-auth': { type: 'x' } }),
      'errors',
      /Invalid Authorization type/,
    ],
  ]
  for (const [name, document, kind, message] of told) {
    test(`tells of ${name}`, () => {
      const result = read(document)
      const found = result[kind]
      assert.ok(
        found.some((finding) => message.test(finding)),
        JSON.stringify(found),
      )
      for (const other of (['warnings', 'info', 'errors'] as const).filter((each) => each !== kind)) {
        if (!/scheme/.test(name)) assert.deepEqual(result[other], [], other)
      }
    })
  }

  const closed: [string, JsonObject, RegExp][] = [
    [
      'whose lock is missing',
      withGet({ security: [{ gone: [] }] }),
      /^Unable to create Route 'GET \/a': Security definition 'gone' not found$/,
    ],
    [
      'with two locks',
      withSchemes({ sigv4, jwt }, { security: [{ sigv4: [] }, { jwt: [] }] }),
      /Only one authorization type is supported for a route$/,
    ],
    [
      'whose lock only REST APIs have',
      withSchemes(
        { pool: { 'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools' } } },
        { security: [{ pool: [] }] },
      ),
      /^Unable to create Route 'GET \/a': Authorizer 'pool' could not be created$/,
    ],
  ]
  for (const [name, document, message] of closed) {
    test(`refuses a route ${name}`, () => {
      const result = read(document)
      assert.deepEqual(result.definition.routes, [])
      assert.match(result.errors.join(), message)
    })
  }

  for (const root of [{ swagger: '2.0', info: {}, paths: {} }, {}, { openapi: '4.0.0' }] satisfies JsonObject[]) {
    test(`refuses ${JSON.stringify(root)}`, () => assert.equal(readHttpOpenApi(root, 'ignore'), undefined))
  }
})
