import assert from 'node:assert/strict'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { add, remove, replace, required } from '../client.ts'
import type { RoundTrip } from './round-trip.ts'

const account = '123456789012'

export async function restApi(api: APIGateway): Promise<RoundTrip> {
  let restApiId = ''
  const settings = {
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
  }
  return {
    async create() {
      const created = await api.createRestApi({ name: 'pets', endpointConfiguration: { types: ['REGIONAL'] } })
      restApiId = required(created.id)
      return created
    },
    read: () => api.getRestApi({ restApiId }),
    update: (patchOperations) => api.updateRestApi({ restApiId, patchOperations }),
    delete: () => api.deleteRestApi({ restApiId }),
    created: { name: 'pets', ...settings },
    alsoRead: { tags: {} },
    patch: [
      replace('/apiKeySource', 'AUTHORIZER'),
      add('/binaryMediaTypes/image~1png'),
      add('/binaryMediaTypes/application~1octet-stream'),
      replace('/description', 'Pets'),
      replace('/disableExecuteApiEndpoint', 'true'),
      replace('/endpointConfiguration/types/0', 'EDGE'),
      replace('/endpointConfiguration/ipAddressType', 'dualstack'),
      replace('/minimumCompressionSize', '0'),
      replace('/name', 'animals'),
    ],
    patched: {
      name: 'animals',
      description: 'Pets',
      apiKeySource: 'AUTHORIZER',
      binaryMediaTypes: ['image/png', 'application/octet-stream'],
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'dualstack' },
      minimumCompressionSize: 0,
      tags: {},
    },
    drawn: ['id', 'rootResourceId', 'createdDate'],
  }
}

/** Whatever a create may be given, and then is taken away again. */
export async function fullRestApi(api: APIGateway): Promise<RoundTrip> {
  let restApiId = ''
  const settings = {
    name: 'pets',
    description: 'Pets',
    version: '7',
    apiKeySource: 'HEADER',
    binaryMediaTypes: ['image/png', 'application/octet-stream'],
    disableExecuteApiEndpoint: true,
    endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'dualstack', vpcEndpointIds: ['vpce-2', 'vpce-1'] },
    minimumCompressionSize: 10,
    tags: { team: 'pets', stage: 'dev' },
  } satisfies Parameters<APIGateway['createRestApi']>[0]
  return {
    async create() {
      const created = await api.createRestApi(settings)
      restApiId = required(created.id)
      return created
    },
    read: () => api.getRestApi({ restApiId }),
    update: (patchOperations) => api.updateRestApi({ restApiId, patchOperations }),
    delete: () => api.deleteRestApi({ restApiId }),
    created: settings,
    patch: [
      remove('/binaryMediaTypes/image~1png'),
      remove('/binaryMediaTypes/application~1octet-stream'),
      replace('/description', ''),
      remove('/endpointConfiguration/vpcEndpointIds', 'vpce-2'),
      add('/endpointConfiguration/vpcEndpointIds', 'vpce-3'),
      replace('/minimumCompressionSize'),
    ],
    patched: {
      name: 'pets',
      version: '7',
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'dualstack', vpcEndpointIds: ['vpce-1', 'vpce-3'] },
      tags: { team: 'pets', stage: 'dev' },
    },
    drawn: ['id', 'rootResourceId', 'createdDate'],
  }
}

/** As Terraform makes an API of a document: what it is told beside the document, it sets again after the import. */
export async function restApiWithBody(api: APIGateway): Promise<RoundTrip> {
  let restApiId = ''
  const document = {
    openapi: '3.0.1',
    info: { title: 'another title', version: '1' },
    paths: { '/pets': { get: { responses: { 200: { description: 'Fine' } } } } },
    'x-amazon-apigateway-binary-media-types': ['image/png'],
  }
  const settings = {
    name: 'pets',
    apiKeySource: 'HEADER',
    version: '1',
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
    tags: {},
  }
  return {
    async create() {
      const created = await api.createRestApi({ name: 'pets', description: 'Pets' })
      restApiId = required(created.id)
      const body = new TextEncoder().encode(JSON.stringify(document))
      const parameters = { endpointConfigurationTypes: 'REGIONAL' }
      const imported = await api.putRestApi({ restApiId, mode: 'overwrite', body, parameters })
      assert.deepEqual([imported.name, imported.description], ['another title', undefined])
      const patchOperations = [
        remove('/binaryMediaTypes/image~1png'),
        add('/binaryMediaTypes/image~1gif'),
        replace('/description', 'Pets'),
        replace('/name', 'pets'),
      ]
      return api.updateRestApi({ restApiId, patchOperations })
    },
    read: () => api.getRestApi({ restApiId }),
    delete: () => api.deleteRestApi({ restApiId }),
    created: { ...settings, description: 'Pets', binaryMediaTypes: ['image/gif'] },
    drawn: ['id', 'rootResourceId', 'createdDate'],
  }
}

/** The service keeps a policy without blanks and with whole ARNs, and tells it as the inside of a JSON string. */
export async function restApiPolicy(api: APIGateway): Promise<RoundTrip> {
  const {
    id,
    rootResourceId: _root,
    createdDate: _date,
    $metadata: _,
    ...created
  } = await api.createRestApi({ name: 'pets' })
  const restApiId = required(id)
  const policy = (resource: string | string[], ip: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: resource,
        Condition: { IpAddress: { 'aws:SourceIp': ip } },
      },
    ],
  })
  const whole = [`arn:aws:execute-api:us-east-1:${account}:${restApiId}/dev/GET/*`, '*']
  const kept = JSON.stringify(policy(whole, '10.0.0.0/8'))
  const told = JSON.stringify(kept).slice(1, -1).replaceAll('/', '\\/')
  return {
    create: () => api.getRestApi({ restApiId }),
    read: () => api.getRestApi({ restApiId }),
    update: (patchOperations) => api.updateRestApi({ restApiId, patchOperations }),
    delete: () => api.updateRestApi({ restApiId, patchOperations: [replace('/policy', '')] }),
    created: { ...created, tags: {} },
    patch: [replace('/policy', JSON.stringify(policy(['execute-api:/dev/GET/*', '*'], '10.0.0.0/8'), null, 2))],
    patched: { ...created, policy: told, tags: {} },
    reset: { ...created, tags: {} },
    drawn: ['id', 'rootResourceId', 'createdDate'],
  }
}

export async function resource(api: APIGateway): Promise<RoundTrip> {
  const { id, rootResourceId: parentId } = await api.createRestApi({ name: 'pets' })
  const restApiId = required(id)
  const other = await api.createResource({ restApiId, parentId, pathPart: 'other' })
  let resourceId = ''
  return {
    async create() {
      const created = await api.createResource({ restApiId, parentId, pathPart: 'pets' })
      resourceId = required(created.id)
      return created
    },
    read: () => api.getResource({ restApiId, resourceId }),
    update: (patchOperations) => api.updateResource({ restApiId, resourceId, patchOperations }),
    delete: () => api.deleteResource({ restApiId, resourceId }),
    again: 'ConflictException',
    created: { parentId, pathPart: 'pets', path: '/pets' },
    patch: [replace('/parentId', other.id), replace('/pathPart', '{proxy+}')],
    patched: { parentId: other.id, pathPart: '{proxy+}', path: '/other/{proxy+}' },
    drawn: ['id'],
  }
}
