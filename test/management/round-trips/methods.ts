import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { add, remove, replace, required } from '../client.ts'
import type { RoundTrip } from './round-trip.ts'

const json = 'application/json'
const userPoolArn = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI'

async function place(api: APIGateway) {
  const { id, rootResourceId } = await api.createRestApi({ name: 'pets' })
  return { restApiId: required(id), resourceId: required(rootResourceId), httpMethod: 'POST' }
}

export async function method(api: APIGateway): Promise<RoundTrip> {
  const ids = await place(api)
  const { restApiId } = ids
  const validator = await api.createRequestValidator({ restApiId, name: 'all' })
  const authorizer = await api.createAuthorizer({
    restApiId,
    name: 'users',
    type: 'COGNITO_USER_POOLS',
    providerARNs: [userPoolArn],
    identitySource: 'method.request.header.Authorization',
  })
  return {
    create: () => api.putMethod({ ...ids, authorizationType: 'NONE' }),
    read: () => api.getMethod(ids),
    update: (patchOperations) => api.updateMethod({ ...ids, patchOperations }),
    delete: () => api.deleteMethod(ids),
    again: 'ConflictException',
    created: { httpMethod: 'POST', authorizationType: 'NONE', apiKeyRequired: false },
    patch: [
      add('/requestModels/application~1json', 'Error'),
      add('/requestParameters/method.request.querystring.page', 'true'),
      add('/requestParameters/method.request.header.X-Trace', 'false'),
      replace('/authorizationType', 'COGNITO_USER_POOLS'),
      replace('/authorizerId', authorizer.id),
      add('/authorizationScopes', 'pets/write'),
      add('/authorizationScopes', 'pets/read'),
      replace('/apiKeyRequired', 'true'),
      replace('/requestValidatorId', validator.id),
      replace('/operationName', 'addPet'),
    ],
    patched: {
      httpMethod: 'POST',
      authorizationType: 'COGNITO_USER_POOLS',
      authorizerId: authorizer.id,
      authorizationScopes: ['pets/write', 'pets/read'],
      apiKeyRequired: true,
      requestValidatorId: validator.id,
      operationName: 'addPet',
      requestModels: { [json]: 'Error' },
      requestParameters: { 'method.request.querystring.page': true, 'method.request.header.X-Trace': false },
    },
  }
}

/** Everything that a create may be given, and then is taken away again. */
export async function fullMethod(api: APIGateway): Promise<RoundTrip> {
  const ids = await place(api)
  const { restApiId } = ids
  const validator = await api.createRequestValidator({ restApiId, name: 'all' })
  const settings = {
    authorizationType: 'AWS_IAM',
    apiKeyRequired: true,
    operationName: 'addPet',
    requestValidatorId: required(validator.id),
    requestModels: { [json]: 'Error' },
    requestParameters: { 'method.request.querystring.page': true },
  }
  return {
    create: () => api.putMethod({ ...ids, ...settings }),
    read: () => api.getMethod(ids),
    update: (patchOperations) => api.updateMethod({ ...ids, patchOperations }),
    delete: () => api.deleteMethod(ids),
    again: 'ConflictException',
    created: { httpMethod: 'POST', ...settings },
    patch: [
      add('/requestModels/text~1plain', 'Empty'),
      remove('/requestModels/text~1plain'),
      replace('/requestParameters/method.request.querystring.page', 'false'),
      replace('/authorizationType', 'NONE'),
      replace('/authorizerId', ''),
      replace('/apiKeyRequired', 'false'),
      replace('/requestValidatorId'),
      replace('/operationName'),
    ],
    patched: {
      httpMethod: 'POST',
      authorizationType: 'NONE',
      apiKeyRequired: false,
      requestModels: { [json]: 'Error' },
      requestParameters: { 'method.request.querystring.page': false },
    },
  }
}

export async function methodResponse(api: APIGateway): Promise<RoundTrip> {
  const ids = { ...(await place(api)), statusCode: '200' }
  await api.putMethod({ ...ids, authorizationType: 'NONE' })
  return {
    create: () => api.putMethodResponse(ids),
    read: () => api.getMethodResponse(ids),
    update: (patchOperations) => api.updateMethodResponse({ ...ids, patchOperations }),
    delete: () => api.deleteMethodResponse(ids),
    again: 'ConflictException',
    created: { statusCode: '200' },
    patch: [
      add('/responseModels/application~1json', 'Empty'),
      add('/responseParameters/method.response.header.Location', 'true'),
      add('/responseParameters/method.response.header.X-Page', 'false'),
    ],
    patched: {
      statusCode: '200',
      responseModels: { [json]: 'Empty' },
      responseParameters: { 'method.response.header.Location': true, 'method.response.header.X-Page': false },
    },
  }
}

export async function httpIntegration(api: APIGateway): Promise<RoundTrip> {
  const ids = await place(api)
  const parameter = 'method.request.querystring.page'
  await api.putMethod({ ...ids, authorizationType: 'NONE', requestParameters: { [parameter]: false } })
  const settings = {
    type: 'HTTP',
    connectionType: 'INTERNET',
    timeoutInMillis: 29_000,
    uri: 'https://example.com/pets',
  } as const
  const shown = {
    type: 'HTTP',
    httpMethod: 'GET',
    connectionType: 'INTERNET',
    passthroughBehavior: 'WHEN_NO_MATCH',
    cacheNamespace: ids.resourceId,
    responseTransferMode: 'BUFFERED',
  }
  return {
    create: () => api.putIntegration({ ...ids, ...settings, integrationHttpMethod: 'GET' }),
    read: () => api.getIntegration(ids),
    update: (patchOperations) => api.updateIntegration({ ...ids, patchOperations }),
    delete: () => api.deleteIntegration(ids),
    again: 'same',
    created: { ...shown, uri: settings.uri, timeoutInMillis: 29_000, cacheKeyParameters: [] },
    patch: [
      add('/requestTemplates/application~1json', ''),
      replace('/requestTemplates/text~1plain', '$input.body'),
      add('/requestParameters/integration.request.querystring.page', parameter),
      add(`/cacheKeyParameters/${parameter}`, ''),
      replace('/cacheNamespace', 'pets'),
      replace('/uri', 'https://example.com/animals'),
      replace('/contentHandling', 'CONVERT_TO_TEXT'),
      replace('/timeoutInMillis', '50'),
      replace('/tlsConfig/insecureSkipVerification', 'true'),
    ],
    patched: {
      ...shown,
      uri: 'https://example.com/animals',
      timeoutInMillis: 50,
      cacheKeyParameters: [parameter],
      cacheNamespace: 'pets',
      contentHandling: 'CONVERT_TO_TEXT',
      requestParameters: { 'integration.request.querystring.page': parameter },
      requestTemplates: { [json]: null, 'text/plain': '$input.body' },
      tlsConfig: { insecureSkipVerification: true },
    },
  }
}

/** Terraform sends a connection type for every integration, and compares only what it reads of HTTP ones. */
export async function mockIntegration(api: APIGateway): Promise<RoundTrip> {
  const ids = await place(api)
  await api.putMethod({ ...ids, authorizationType: 'NONE' })
  const requestTemplates = { [json]: '{"statusCode": 200}' }
  const shown = {
    type: 'MOCK',
    passthroughBehavior: 'NEVER',
    timeoutInMillis: 29_000,
    cacheNamespace: ids.resourceId,
    cacheKeyParameters: [],
    responseTransferMode: 'BUFFERED',
  }
  return {
    create: () =>
      api.putIntegration({
        ...ids,
        type: 'MOCK',
        connectionType: 'INTERNET',
        passthroughBehavior: 'NEVER',
        requestTemplates,
        timeoutInMillis: 29_000,
      }),
    read: () => api.getIntegration(ids),
    update: (patchOperations) => api.updateIntegration({ ...ids, patchOperations }),
    delete: () => api.deleteIntegration(ids),
    again: 'same',
    created: { ...shown, requestTemplates },
    patch: [remove('/requestTemplates/application~1json'), replace('/contentHandling', '')],
    patched: shown,
  }
}

export async function integrationResponse(api: APIGateway): Promise<RoundTrip> {
  const ids = { ...(await place(api)), statusCode: '302' }
  const header = 'method.response.header.Location'
  await api.putMethod({ ...ids, authorizationType: 'NONE' })
  await api.putMethodResponse({ ...ids, responseParameters: { [header]: true } })
  await api.putIntegration({ ...ids, type: 'MOCK' })
  return {
    create: () => api.putIntegrationResponse({ ...ids, selectionPattern: '' }),
    read: () => api.getIntegrationResponse(ids),
    update: (patchOperations) => api.updateIntegrationResponse({ ...ids, patchOperations }),
    delete: () => api.deleteIntegrationResponse(ids),
    again: 'same',
    created: { statusCode: '302', selectionPattern: '' },
    patch: [
      replace('/selectionPattern', '3\\d\\d'),
      replace('/contentHandling', 'CONVERT_TO_BINARY'),
      add(`/responseParameters/${header}`, 'integration.response.header.Location'),
      add('/responseTemplates/application~1json', ''),
    ],
    patched: {
      statusCode: '302',
      selectionPattern: '3\\d\\d',
      contentHandling: 'CONVERT_TO_BINARY',
      responseParameters: { [header]: 'integration.response.header.Location' },
      responseTemplates: { [json]: null },
    },
  }
}
