import type { BackendSettings } from '../config/backend-settings.ts'
import type { Log } from '../log.ts'
import { allocateCacheMemory, openCacheMemory } from '../response-cache/cache-memory.ts'
import { flightsOf } from '../response-cache/flights.ts'
import { sharedMemoryCache } from '../response-cache/shared-memory-cache.ts'
import type { DeployedStage, RestApiSnapshot, RestIntegration, RestMethod } from '../snapshot/rest-api.ts'
import type { CacheOutside } from './cache/cache-responses.ts'
import { backendCredentials } from './credentials/backend-credentials.ts'
import { HeaderList } from './headers.ts'
import { identities } from './identity/identities.ts'
import type { Ids } from './ids.ts'
import type { Send } from './integration/upstream/upstream.ts'
import type { Invocation } from './invocation.ts'
import type { Network } from './network/network.ts'
import { receivedBody } from './received-body.ts'
import type { DeployedMethod } from './rest/deployed-method.ts'
import { pathVariables } from './routing/path-variables.ts'

/** Values for tests: every one is a plain default that a test overrides where it matters. */

export const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:pets'
export const functionUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`

export const fixedIds: Ids = {
  request: () => '11111111-2222-3333-4444-555555555555',
  extendedRequest: () => 'AbCdEfGhIjKlMnO=',
  traceRoot: () => 'Root=1-67891233-abcdef012345678912345678',
  segment: () => '53995c3f42cd8ad8',
}

/** Nothing is configured: every backend is on the public internet. */
export const publicBackends: BackendSettings = {
  serviceEndpoints: [],
  roles: [],
  backendCaFile: undefined,
  vpcLinkTargets: [],
}

/** A small response cache, whose clock is the test's. */
export function ownCache(now: () => number = () => 0): Pick<CacheOutside, 'responses' | 'flights'> {
  const memory = openCacheMemory(allocateCacheMemory(1_048_576))
  return { responses: sharedMemoryCache(memory, 0, now), flights: flightsOf(memory, 0) }
}

/** There are no roles, and nobody has signed. */
export const noCredentials = backendCredentials({
  identities: identities(),
  openRoleSession: async () => undefined,
  now: Date.now,
})

/** Every backend is reached in one way. */
export function networkOf(send: Send): Network {
  return { send, internet: send, sendOf: () => send, close() {} }
}

export const silentLog: Log = { error() {}, debug() {} }

export function method(integration: Partial<RestIntegration>, operationName?: string): RestMethod {
  return {
    ...(operationName === undefined ? {} : { operationName }),
    integration: {
      type: 'MOCK',
      timeoutInMillis: 29_000,
      requestParameters: {},
      requestTemplates: {},
      responses: [],
      ...integration,
    },
  }
}

/** @param paths Methods by verb, by resource path. */
export function stage(
  paths: Readonly<Record<string, Readonly<Record<string, RestMethod>>>>,
  api: Partial<RestApiSnapshot> = {},
  variables: Readonly<Record<string, string>> = {},
): DeployedStage {
  return {
    account: '123456789012',
    region: 'us-east-1',
    stageName: 'dev',
    deploymentId: 'dep123',
    variables,
    api: {
      restApiId: 'abc123',
      name: 'pets',
      binaryMediaTypes: [],
      disableExecuteApiEndpoint: false,
      resources: Object.entries(paths).map(([path, methods]) => ({ resourceId: `id-of-${path}`, path, methods })),
      ...api,
    },
  }
}

export function deployed(
  integration: Partial<RestIntegration>,
  { path = '/pets/{petId}', httpMethod = 'GET', variables = {}, binaryMediaTypes = [] as readonly string[] } = {},
): DeployedMethod {
  return {
    stage: stage({}, { binaryMediaTypes }, variables),
    resourceId: 'res456',
    resourcePath: path,
    pathVariables: pathVariables(path),
    httpMethod,
    method: method(integration),
  }
}

export interface InvocationValues {
  readonly method?: string
  readonly path?: string
  readonly query?: string
  /** Flat names and values. */
  readonly headers?: readonly string[]
  readonly body?: string | Buffer
  readonly pathValues?: readonly string[]
  readonly target?: string
  /** Collects what waits for the client to go away. */
  readonly goneListeners?: (() => void)[]
}

export function invocation(values: InvocationValues = {}): Invocation {
  const { goneListeners = [] } = values
  return {
    request: {
      method: values.method ?? 'GET',
      path: values.path ?? '/pets/1',
      query: values.query ?? '',
      headers: new HeaderList(values.headers ?? []),
      body: receivedBody(Buffer.from(values.body ?? '')),
      domainName: 'abc123.execute-api.us-east-1.amazonaws.com',
      protocol: 'HTTP/1.1',
      sentMethod: values.method ?? 'GET',
      target: values.target ?? `/dev${values.path ?? '/pets/1'}${values.query ? `?${values.query}` : ''}`,
    },
    client: {
      sourceIp: '203.0.113.9',
      scheme: 'http',
      port: '4566',
      onGone: (listener) => void goneListeners.push(listener),
    },
    pathValues: values.pathValues ?? ['1'],
    requestId: fixedIds.request(),
    extendedRequestId: fixedIds.extendedRequest(),
    receivedAt: Date.UTC(2026, 10, 20, 23, 5, 9, 123),
  }
}
