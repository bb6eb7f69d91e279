import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { JsonObject } from '../../openapi/json.ts'
import { openFixture } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const bytes = (document: object | string) =>
  Buffer.from(typeof document === 'string' ? document : JSON.stringify(document))
const bad = (message: string) => ({ code: 'BadRequestException', message })

const mock = {
  type: 'mock',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  responses: { default: { statusCode: '200' } },
}
const get = { responses: { 200: { description: '200 response' } }, 'x-amazon-apigateway-integration': mock }
const oas = (members: object = {}) => ({
  openapi: '3.0.1',
  info: { title: 'pets', version: '1' },
  paths: {},
  ...members,
})
const withPaths = (...paths: string[]) => oas({ paths: Object.fromEntries(paths.map((path) => [path, { get }])) })

async function load(document: object | string, parameters: Record<string, string> = {}) {
  const api = await operations.ImportRestApi({ body: bytes(document), parameters }, caller)
  return { ...api, restApiId: api.id ?? '' }
}

/** Verbs by path, and ids by path. */
async function treeOf(restApiId: string) {
  const { items = [] } = await operations.GetResources({ restApiId, limit: 500 }, caller)
  return {
    verbs: Object.fromEntries(items.map(({ path, resourceMethods = {} }) => [path, Object.keys(resourceMethods)])),
    ids: Object.fromEntries(items.map(({ path, id }) => [path, id])),
  }
}

describe('ImportRestApi', () => {
  test('creates an API that has what the document has, and nothing else', async () => {
    const { restApiId, ...api } = await load(oas({ paths: { '/pets/{petId}': { get } } }))
    assert.match(restApiId, /^.{10}$/)
    assert.equal(api.name, 'pets')
    assert.equal(api.version, '1')
    assert.equal(api.tags, undefined)
    assert.equal('warnings' in api, false)
    assert.deepEqual(api.endpointConfiguration, { types: ['EDGE'], ipAddressType: 'ipv4' })
    const { verbs, ids } = await treeOf(restApiId)
    assert.deepEqual(verbs, { '/': [], '/pets': [], '/pets/{petId}': ['GET'] })
    assert.equal(ids['/'], api.rootResourceId)
    assert.deepEqual(await operations.GetModels({ restApiId }, caller), { items: [] })
    const resourceId = ids['/pets/{petId}'] ?? ''
    assert.deepEqual(await operations.GetMethod({ restApiId, resourceId, httpMethod: 'GET' }, caller), {
      httpMethod: 'GET',
      authorizationType: 'NONE',
      apiKeyRequired: false,
      requestParameters: { 'method.request.path.petId': true },
      methodResponses: { 200: { statusCode: '200' } },
      methodIntegration: {
        type: 'MOCK',
        requestTemplates: mock.requestTemplates,
        passthroughBehavior: 'WHEN_NO_MATCH',
        timeoutInMillis: 29_000,
        cacheNamespace: resourceId,
        cacheKeyParameters: [],
        integrationResponses: { 200: { statusCode: '200' } },
        responseTransferMode: 'BUFFERED',
      },
    })
  })

  test('lets models refer to each other, by the URLs of this API', async () => {
    const schemas = {
      Person: { type: 'object', properties: { house: { $ref: '#/components/schemas/House' } } },
      House: { type: 'array', description: 'A home', items: { $ref: '#/components/schemas/Person' } },
    }
    const { restApiId } = await load(oas({ components: { schemas } }))
    const { schema, description } = await operations.GetModel({ restApiId, modelName: 'House' }, caller)
    assert.equal(description, 'A home')
    assert.deepEqual(JSON.parse(schema ?? ''), {
      type: 'array',
      description: 'A home',
      items: { $ref: `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Person` },
    })
  })

  test('follows its parameters', async () => {
    const document = { ...withPaths('/x'), servers: [{ url: 'https://h/a/b' }] }
    const api = await load(document, {
      basepath: 'split',
      endpointConfigurationTypes: 'PRIVATE',
      endpointConfigurationVpcEndpointIds: 'vpce-1,vpce-2',
    })
    assert.deepEqual(Object.keys((await treeOf(api.restApiId)).verbs), ['/', '/b', '/b/x'])
    assert.deepEqual(api.endpointConfiguration, {
      types: ['PRIVATE'],
      ipAddressType: 'dualstack',
      vpcEndpointIds: ['vpce-1', 'vpce-2'],
    })
    const unknown = await load(document, { basePath: 'split' })
    assert.deepEqual(unknown.warnings, ["Unsupported parameter 'basePath' of the import. Ignoring."])
  })

  const refusals: [string, string | object, Record<string, string>, string][] = [
    ['what is no document', 'hello', {}, 'Invalid OpenAPI input.'],
    ['a document of no known version', { openapi: '4.0.0' }, {}, 'Invalid OpenAPI input.'],
    [
      'a base path mode',
      oas(),
      { basepath: 'drop' },
      'Invalid basepath specified. Valid options are ignore,prepend,split',
    ],
    [
      'an endpoint type',
      oas(),
      { endpointConfigurationTypes: 'LOCAL' },
      'Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE',
    ],
    [
      'what else to ignore',
      oas(),
      { ignore: 'models' },
      'Invalid value for parameter ignore specified. Valid options are documentation',
    ],
    [
      'integrations, all at once',
      oas({
        paths: {
          '/': { get: { ...get, 'x-amazon-apigateway-integration': { type: 'http', httpMethod: 'GET', uri: 'x' } } },
          '/{proxy+}': {
            'x-amazon-apigateway-any-method': { ...get, 'x-amazon-apigateway-integration': { type: 'http', uri: 'x' } },
          },
        },
      }),
      {},
      "Errors found during import:\n\tUnable to put integration on 'GET' for resource at path '/': Invalid HTTP endpoint specified for URI\n\tUnable to put integration on 'ANY' for resource at path '/{proxy+}': Enumeration value for HttpMethod must be non-empty",
    ],
    [
      'a second variable, with the warnings beside',
      oas({ paths: { '/user/{a}/x': { get: { ...get, responses: {} } }, '/user/{b}/y': { get } } }),
      {},
      "Errors found during import:\n\tUnable to create resource at path '/user/{b}/y': A sibling ({a}) of this resource already has a variable path part -- only one is allowed\nAdditionally, these warnings were found:\n\tNo responses specified for 'GET /user/{a}/x'",
    ],
    [
      'a broken schema',
      oas({ components: { schemas: { A: { required: true } } } }),
      {},
      "Errors found during import:\n\tUnable to create model for 'A': Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]",
    ],
    [
      'an unknown validator',
      oas({ paths: { '/': { get: { ...get, 'x-amazon-apigateway-request-validator': 'v' } } } }),
      {},
      "Errors found during import:\n\tUnable to put method 'GET' on resource at path '/': Invalid Request Validator identifier specified: v",
    ],
    [
      'a policy that is none',
      oas({ 'x-amazon-apigateway-policy': 'no' }),
      {},
      'Errors found during import:\n\tUnable to put rest api: Invalid policy document. Please check the policy syntax and ensure that Principals are valid.',
    ],
  ]
  for (const [name, document, parameters, message] of refusals) {
    test(`refuses ${name}`, async () => {
      const before = await operations.GetRestApis({ limit: 500 }, caller)
      await assert.rejects(operations.ImportRestApi({ body: bytes(document), parameters }, caller), bad(message))
      assert.deepEqual(await operations.GetRestApis({ limit: 500 }, caller), before)
    })
  }

  test('refuses a document without a title, as a create without a name', () =>
    assert.rejects(operations.ImportRestApi({ body: bytes({ openapi: '3.0.1' }) }, caller), {
      code: 'ValidationException',
    }))

  test('refuses a document with warnings when it is told to', async () => {
    const body = bytes(oas({ webhooks: {}, paths: { '/': { get: { ...get, responses: {} } } } }))
    const message =
      "Warnings found during import:\n\tUnsupported member 'webhooks' of the document. Ignoring.\n\tNo responses specified for 'GET /'"
    await assert.rejects(operations.ImportRestApi({ body, failOnWarnings: true }, caller), bad(message))
    const { warnings } = await operations.ImportRestApi({ body }, caller)
    assert.equal(warnings?.length, 2)
  })

  test('takes 300 paths', async () => {
    const paths = Array.from({ length: 300 }, (_, n) => `/p${n}`)
    const { restApiId } = await load(withPaths(...paths))
    assert.equal(Object.keys((await treeOf(restApiId)).verbs).length, 301)
    await assert.rejects(load(withPaths(...paths, '/one-more')), /path '\/one-more': Maximum number of Resources/)
  })
})

describe('PutRestApi', () => {
  test('merges: what the document does not have stays, whole methods are replaced', async () => {
    const old = { ...get, operationId: 'old', responses: { 200: {}, 206: {} } }
    const { restApiId } = await load(oas({ paths: { '/a': { get: old, post: old } } }))
    const before = await treeOf(restApiId)
    const put = await operations.PutRestApi(
      { restApiId, mode: 'merge', body: bytes(oas({ paths: { '/a': { get }, '/b': { get } } })) },
      caller,
    )
    assert.deepEqual(put.tags, {})
    const { verbs, ids } = await treeOf(restApiId)
    assert.deepEqual(verbs, { '/': [], '/a': ['GET', 'POST'], '/b': ['GET'] })
    assert.equal(ids['/a'], before.ids['/a'])
    const resourceId = ids['/a'] ?? ''
    const replaced = await operations.GetMethod({ restApiId, resourceId, httpMethod: 'GET' }, caller)
    assert.equal(replaced.operationName, undefined)
    assert.deepEqual(Object.keys(replaced.methodResponses ?? {}), ['200'])
  })

  test('overwrites: what the document does not have goes, what stays keeps its id', async () => {
    const scheme = (uri: string) => ({
      type: 'apiKey',
      in: 'header',
      name: 'A',
      'x-amazon-apigateway-authorizer': {
        type: 'token',
        authorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${uri}/invocations`,
      },
    })
    const document = (names: readonly string[], uri: string) => ({
      ...withPaths(...names.map((name) => `/${name}/x`)),
      components: {
        schemas: Object.fromEntries(names.map((name) => [name, { type: 'object' }])),
        securitySchemes: Object.fromEntries(names.map((name) => [name, scheme(uri)])),
      },
      'x-amazon-apigateway-request-validators': Object.fromEntries(names.map((name) => [name, {}])),
      'x-amazon-apigateway-documentation': {
        documentationParts: names.map((name) => ({ location: { type: 'MODEL', name }, properties: { uri } })),
      },
    })
    const idsOf = async (restApiId: string) => ({
      resources: (await treeOf(restApiId)).ids,
      models: (await operations.GetModels({ restApiId }, caller)).items?.map(({ name, id }) => [name, id]),
      authorizers: (await operations.GetAuthorizers({ restApiId }, caller)).items?.map(({ name, id }) => [name, id]),
      validators: (await operations.GetRequestValidators({ restApiId }, caller)).items?.map(({ name, id }) => [
        name,
        id,
      ]),
      parts: (await operations.GetDocumentationParts({ restApiId }, caller)).items?.map(({ location, id }) => [
        location?.name,
        id,
      ]),
    })
    const { restApiId, rootResourceId } = await load({ ...document(['gone', 'stays'], 'f'), tags: [] })
    await operations.CreateDeployment({ restApiId, stageName: 's' }, caller)
    await operations.PutGatewayResponse({ restApiId, responseType: 'THROTTLED', statusCode: '420' }, caller)
    const before = await idsOf(restApiId)
    await operations.PutRestApi({ restApiId, body: bytes(document(['stays'], 'g')) }, caller)
    const after = await idsOf(restApiId)
    assert.deepEqual(after, {
      resources: {
        '/': rootResourceId,
        '/stays': before.resources['/stays'],
        '/stays/x': before.resources['/stays/x'],
      },
      models: before.models?.filter(([name]) => name === 'stays'),
      authorizers: before.authorizers?.filter(([name]) => name === 'stays'),
      validators: before.validators?.filter(([name]) => name === 'stays'),
      parts: before.parts?.filter(([name]) => name === 'stays'),
    })
    const { items = [] } = await operations.GetAuthorizers({ restApiId }, caller)
    assert.match(items[0]?.authorizerUri ?? '', /functions\/g\//)
    const throttled = await operations.GetGatewayResponse({ restApiId, responseType: 'THROTTLED' }, caller)
    assert.equal(throttled.defaultResponse, true)
    assert.equal((await operations.GetStages({ restApiId }, caller)).item?.length, 1)
  })

  test('adds settings when it merges, and takes them back when it overwrites', async () => {
    const { restApiId } = await createApi()
    const media = (...types: string[]) => oas({ 'x-amazon-apigateway-binary-media-types': types })
    const put = (mode: 'merge' | 'overwrite', document: object) =>
      operations.PutRestApi({ restApiId, mode, body: bytes(document) }, caller)
    await put('merge', { ...media('image/heif'), 'x-amazon-apigateway-minimum-compression-size': 7 })
    const merged = await put('merge', media('image/png'))
    assert.deepEqual(merged.binaryMediaTypes, ['image/heif', 'image/png'])
    assert.equal(merged.minimumCompressionSize, 7)
    const overwritten = await put('overwrite', media('image/jpg'))
    assert.deepEqual(overwritten.binaryMediaTypes, ['image/jpg'])
    assert.equal(overwritten.minimumCompressionSize, undefined)
    assert.deepEqual(await operations.GetRestApi({ restApiId }, caller), overwritten)
  })

  test('leaves documentation alone when that is ignored', async () => {
    const { restApiId } = await load(oas({ tags: [{ name: 'a' }] }))
    const put = (parameters: Record<string, string>) =>
      operations.PutRestApi({ restApiId, body: bytes(oas()), parameters }, caller)
    const parts = async () => (await operations.GetDocumentationParts({ restApiId }, caller)).items?.length
    await put({ ignore: 'documentation' })
    assert.equal(await parts(), 1)
    await put({})
    assert.equal(await parts(), 0)
  })

  test('publishes no version of the documentation, whatever the document is of', async () => {
    const documentationParts = [{ location: { type: 'API' }, properties: { description: 'All' } }]
    const { restApiId } = await load(oas({ 'x-amazon-apigateway-documentation': { version: '1', documentationParts } }))
    assert.equal((await operations.GetDocumentationParts({ restApiId }, caller)).items?.length, 1)
    assert.deepEqual((await operations.GetDocumentationVersions({ restApiId }, caller)).items, [])
  })

  test('changes nothing when it fails', async () => {
    const { restApiId } = await load(withPaths('/kept'))
    const broken = oas({ info: { title: 'other' }, paths: { '/new': { get }, '/bad path': { get } } })
    const before = [await operations.GetRestApi({ restApiId }, caller), await treeOf(restApiId)]
    await assert.rejects(
      operations.PutRestApi({ restApiId, body: bytes(broken) }, caller),
      /^ServiceError: Errors found during import:\n\tUnable to create resource at path '\/bad path': Resource's path part only allow/,
    )
    assert.deepEqual([await operations.GetRestApi({ restApiId }, caller), await treeOf(restApiId)], before)
  })

  test('refuses an unknown API', async () => {
    await assert.rejects(operations.PutRestApi({ restApiId: 'x', body: bytes(oas()) }, caller), {
      code: 'NotFoundException',
      message: 'Invalid API identifier specified 123456789012:x',
    })
  })
})

describe('GetExport', () => {
  const read = (body: Uint8Array | undefined): JsonObject => JSON.parse(Buffer.from(body ?? []).toString())

  async function deployed(document: object = withPaths('/a')) {
    const { restApiId } = await load(document)
    await operations.CreateDeployment({ restApiId, stageName: 'prod' }, caller)
    const ids = { restApiId, stageName: 'prod' }
    return { restApiId, ids }
  }

  test('tells of the deployment, not of later edits', async () => {
    const { restApiId, ids } = await deployed()
    await operations.PutRestApi({ restApiId, body: bytes(withPaths('/b')) }, caller)
    const { body, contentType, contentDisposition } = await operations.GetExport(
      { ...ids, exportType: 'oas30' },
      caller,
    )
    assert.equal(contentType, 'application/octet-stream')
    assert.equal(contentDisposition, 'attachment; filename="oas30_1.json"')
    assert.deepEqual(read(body), {
      openapi: '3.0.1',
      info: { title: 'pets', version: '1' },
      servers: [
        {
          url: `https://${restApiId}.execute-api.us-east-1.amazonaws.com/{basePath}`,
          variables: { basePath: { default: 'prod' } },
        },
      ],
      paths: { '/a': { get: { responses: { 200: { description: '200 response', content: {} } } } } },
      components: {},
    })
  })

  test('gives Swagger 2.0, YAML and integrations where they are asked for', async () => {
    const { ids } = await deployed(oas({ info: { title: 'pets' }, paths: { '/a': { get } } }))
    const parameters = { extensions: 'integrations' }
    const swagger = await operations.GetExport({ ...ids, exportType: 'swagger', parameters }, caller)
    assert.equal(swagger.contentDisposition, 'attachment; filename="swagger_2026-01-01T00:00:00Z.json"')
    assert.deepEqual(Object.keys(read(swagger.body)), ['swagger', 'info', 'host', 'basePath', 'schemes', 'paths'])
    const { paths } = read(swagger.body)
    assert.deepEqual(paths, {
      '/a': {
        get: {
          consumes: ['application/json'],
          responses: { 200: { description: '200 response' } },
          'x-amazon-apigateway-integration': {
            type: 'mock',
            responses: { default: { statusCode: '200' } },
            requestTemplates: mock.requestTemplates,
            passthroughBehavior: 'when_no_match',
          },
        },
      },
    })
    const yaml = await operations.GetExport({ ...ids, exportType: 'oas30', accepts: 'application/yaml' }, caller)
    assert.match(yaml.contentDisposition ?? '', /\.yaml"$/)
    assert.match(Buffer.from(yaml.body ?? []).toString(), /^openapi: 3\.0\.1\ninfo:\n {2}title: pets\n/)
  })

  test('goes with the deployment, and with the API', async () => {
    const { restApiId, ids } = await deployed()
    await operations.DeleteRestApi({ restApiId }, caller)
    await assert.rejects(operations.GetExport({ ...ids, exportType: 'oas30' }, caller), { code: 'NotFoundException' })
  })

  test('refuses what it does not offer', async () => {
    const { ids } = await deployed()
    const refusals: [object, string][] = [
      [{ exportType: 'raml' }, 'Invalid export type specified. Valid options are oas30,swagger'],
      [{ parameters: { extensions: 'all' } }, 'Invalid extension specified: all. Valid options are '],
      [{ parameters: { format: 'json' } }, 'Invalid export parameter specified: format'],
      [
        { accepts: 'text/html' },
        'Invalid Accept header specified. Valid options are application/json,application/yaml',
      ],
    ]
    for (const [members, message] of refusals) {
      await assert.rejects(operations.GetExport({ ...ids, exportType: 'oas30', ...members }, caller), (error) => {
        assert.ok(error instanceof Error)
        assert.ok(error.message.startsWith(message), error.message)
        return true
      })
    }
    await assert.rejects(operations.GetExport({ ...ids, stageName: 'x', exportType: 'oas30' }, caller), {
      message: 'Invalid stage identifier specified',
    })
  })

  test('refuses bodies that Swagger 2.0 has no words for', async () => {
    const content = { 'a/b': { schema: { type: 'string' } }, 'c/d': { schema: { type: 'number' } } }
    const { ids } = await deployed(oas({ paths: { '/': { get: { ...get, requestBody: { content } } } } }))
    await operations.GetExport({ ...ids, exportType: 'oas30' }, caller)
    await assert.rejects(
      operations.GetExport({ ...ids, exportType: 'swagger' }, caller),
      bad(
        "Unable to export method 'GET' on resource at path '/': its models differ by media type or by response, which Swagger 2.0 has no words for",
      ),
    )
  })
})
