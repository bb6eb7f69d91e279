import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { add, remove, replace, required } from '../client.ts'
import type { RoundTrip } from './round-trip.ts'

const uri = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${name}/invocations`
const userPoolArn = (id: string) => `arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_${id}`

async function newApi(api: APIGateway): Promise<string> {
  return required((await api.createRestApi({ name: 'pets' })).id)
}

export async function lambdaAuthorizer(api: APIGateway): Promise<RoundTrip> {
  const restApiId = await newApi(api)
  let authorizerId = ''
  return {
    async create() {
      const created = await api.createAuthorizer({
        restApiId,
        name: 'guard',
        type: 'TOKEN',
        authorizerUri: uri('guard'),
        authorizerResultTtlInSeconds: 300,
        identitySource: 'method.request.header.Authorization',
      })
      authorizerId = required(created.id)
      return created
    },
    read: () => api.getAuthorizer({ restApiId, authorizerId }),
    update: (patchOperations) => api.updateAuthorizer({ restApiId, authorizerId, patchOperations }),
    delete: () => api.deleteAuthorizer({ restApiId, authorizerId }),
    again: 'BadRequestException',
    created: {
      name: 'guard',
      type: 'TOKEN',
      authType: 'custom',
      authorizerUri: uri('guard'),
      authorizerResultTtlInSeconds: 300,
      identitySource: 'method.request.header.Authorization',
    },
    patch: [
      replace('/authorizerUri', uri('guardian')),
      replace('/identitySource', 'method.request.header.X-Token,method.request.querystring.token'),
      replace('/name', 'guardian'),
      replace('/type', 'REQUEST'),
      replace('/authorizerCredentials', 'arn:aws:iam::123456789012:role/guard'),
      replace('/authorizerResultTtlInSeconds', '0'),
    ],
    patched: {
      name: 'guardian',
      type: 'REQUEST',
      authType: 'custom',
      authorizerUri: uri('guardian'),
      authorizerCredentials: 'arn:aws:iam::123456789012:role/guard',
      authorizerResultTtlInSeconds: 0,
      identitySource: 'method.request.header.X-Token,method.request.querystring.token',
    },
    drawn: ['id'],
  }
}

export async function cognitoAuthorizer(api: APIGateway): Promise<RoundTrip> {
  const restApiId = await newApi(api)
  const shown = {
    name: 'users',
    type: 'COGNITO_USER_POOLS',
    authType: 'cognito_user_pools',
    authorizerResultTtlInSeconds: 300,
    identitySource: 'method.request.header.Authorization',
  }
  let authorizerId = ''
  return {
    async create() {
      const created = await api.createAuthorizer({
        restApiId,
        name: 'users',
        type: 'COGNITO_USER_POOLS',
        authorizerResultTtlInSeconds: 300,
        identitySource: 'method.request.header.Authorization',
        providerARNs: [userPoolArn('one')],
      })
      authorizerId = required(created.id)
      return created
    },
    read: () => api.getAuthorizer({ restApiId, authorizerId }),
    update: (patchOperations) => api.updateAuthorizer({ restApiId, authorizerId, patchOperations }),
    delete: () => api.deleteAuthorizer({ restApiId, authorizerId }),
    again: 'BadRequestException',
    created: { ...shown, providerARNs: [userPoolArn('one')] },
    patch: [
      add('/providerARNs', userPoolArn('two')),
      add('/providerARNs', userPoolArn('three')),
      remove('/providerARNs', userPoolArn('one')),
      replace('/identityValidationExpression', '.+'),
    ],
    patched: {
      ...shown,
      providerARNs: [userPoolArn('two'), userPoolArn('three')],
      identityValidationExpression: '.+',
    },
    drawn: ['id'],
  }
}

export async function model(api: APIGateway): Promise<RoundTrip> {
  const restApiId = await newApi(api)
  const ids = { restApiId, modelName: 'Pet' }
  const shown = { name: 'Pet', contentType: 'application/json' }
  return {
    create: () => api.createModel({ restApiId, ...shown, schema: '{"type":"object"}' }),
    read: () => api.getModel({ ...ids, flatten: false }),
    update: (patchOperations) => api.updateModel({ ...ids, patchOperations }),
    delete: () => api.deleteModel(ids),
    again: 'ConflictException',
    created: { ...shown, schema: '{"type":"object"}' },
    patch: [replace('/description', 'A pet'), replace('/schema', '{\n  "type": "array"\n}\n')],
    patched: { ...shown, description: 'A pet', schema: '{\n  "type": "array"\n}\n' },
    drawn: ['id'],
  }
}

export async function requestValidator(api: APIGateway): Promise<RoundTrip> {
  const restApiId = await newApi(api)
  let requestValidatorId = ''
  return {
    async create() {
      const created = await api.createRequestValidator({
        restApiId,
        name: 'body',
        validateRequestBody: true,
        validateRequestParameters: false,
      })
      requestValidatorId = required(created.id)
      return created
    },
    read: () => api.getRequestValidator({ restApiId, requestValidatorId }),
    update: (patchOperations) => api.updateRequestValidator({ restApiId, requestValidatorId, patchOperations }),
    delete: () => api.deleteRequestValidator({ restApiId, requestValidatorId }),
    again: 'BadRequestException',
    created: { name: 'body', validateRequestBody: true, validateRequestParameters: false },
    patch: [
      replace('/name', 'parameters'),
      replace('/validateRequestBody', 'false'),
      replace('/validateRequestParameters', 'true'),
    ],
    patched: { name: 'parameters', validateRequestBody: false, validateRequestParameters: true },
    drawn: ['id'],
  }
}

/** Never gone: a delete brings the defaults back. */
export async function gatewayResponse(api: APIGateway): Promise<RoundTrip> {
  const restApiId = await newApi(api)
  const ids = { restApiId, responseType: 'UNAUTHORIZED' } as const
  const standard = { 'application/json': '{"message":$context.error.messageString}' }
  return {
    create: () =>
      api.putGatewayResponse({
        ...ids,
        statusCode: '401',
        responseParameters: { 'gatewayresponse.header.Authorization': "'Basic'" },
        responseTemplates: { 'application/xml': '<error/>' },
      }),
    read: () => api.getGatewayResponse(ids),
    update: (patchOperations) => api.updateGatewayResponse({ ...ids, patchOperations }),
    delete: () => api.deleteGatewayResponse(ids),
    again: 'same',
    created: {
      responseType: 'UNAUTHORIZED',
      statusCode: '401',
      responseParameters: { 'gatewayresponse.header.Authorization': "'Basic'" },
      responseTemplates: { 'application/xml': '<error/>' },
      defaultResponse: false,
    },
    patch: [
      replace('/statusCode', '403'),
      add('/responseTemplates/application~1json', '{}'),
      add('/responseParameters/gatewayresponse.header.X-Reason', 'context.error.responseType'),
    ],
    patched: {
      responseType: 'UNAUTHORIZED',
      statusCode: '403',
      responseParameters: {
        'gatewayresponse.header.Authorization': "'Basic'",
        'gatewayresponse.header.X-Reason': 'context.error.responseType',
      },
      responseTemplates: { 'application/xml': '<error/>', 'application/json': '{}' },
      defaultResponse: false,
    },
    reset: {
      responseType: 'UNAUTHORIZED',
      statusCode: '401',
      responseParameters: {},
      responseTemplates: standard,
      defaultResponse: true,
    },
  }
}

export async function documentationPart(api: APIGateway): Promise<RoundTrip> {
  const restApiId = await newApi(api)
  const location = { type: 'METHOD', method: 'GET', path: '/pets' } as const
  let documentationPartId = ''
  return {
    async create() {
      const created = await api.createDocumentationPart({ restApiId, location, properties: '{"description":"One"}' })
      documentationPartId = required(created.id)
      return created
    },
    read: () => api.getDocumentationPart({ restApiId, documentationPartId }),
    update: (patchOperations) => api.updateDocumentationPart({ restApiId, documentationPartId, patchOperations }),
    delete: () => api.deleteDocumentationPart({ restApiId, documentationPartId }),
    again: 'ConflictException',
    created: { location, properties: '{"description":"One"}' },
    patch: [replace('/properties', '{ "description": "Two" }')],
    patched: { location, properties: '{ "description": "Two" }' },
    drawn: ['id'],
  }
}

export async function documentationVersion(api: APIGateway): Promise<RoundTrip> {
  const ids = { restApiId: await newApi(api), documentationVersion: '1.0' }
  return {
    create: () => api.createDocumentationVersion({ ...ids, description: 'First' }),
    read: () => api.getDocumentationVersion(ids),
    update: (patchOperations) => api.updateDocumentationVersion({ ...ids, patchOperations }),
    delete: () => api.deleteDocumentationVersion(ids),
    again: 'ConflictException',
    created: { version: '1.0', description: 'First' },
    patch: [replace('/description', 'Final')],
    patched: { version: '1.0', description: 'Final' },
    drawn: ['createdDate'],
  }
}
