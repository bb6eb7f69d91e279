import type { DeployedHttpStage, HttpApiSnapshot, HttpIntegration, HttpRoute } from '../../snapshot/http-api.ts'
import { pathVariables } from '../routing/path-variables.ts'
import type { DeployedRoute } from './deployed-route.ts'
import { defaultRouteKey, parseRouteKey } from './route-key.ts'

/** Values for tests: every one is a plain default that a test overrides where it matters. */

export function integration(values: Partial<HttpIntegration> = {}): HttpIntegration {
  return {
    integrationId: 'int123',
    type: 'HTTP_PROXY',
    uri: 'http://127.0.0.1:9',
    method: 'ANY',
    payloadFormatVersion: '1.0',
    timeoutInMillis: 30_000,
    requestParameters: {},
    responseParameters: {},
    ...values,
  }
}

export function route(routeKey: string, values: Partial<HttpRoute> = {}): HttpRoute {
  return { routeId: `id-of-${routeKey}`, routeKey, integration: integration(), ...values }
}

export function httpStage(
  routes: readonly HttpRoute[],
  stage: Partial<Omit<DeployedHttpStage, 'api'>> = {},
  api: Partial<HttpApiSnapshot> = {},
): DeployedHttpStage {
  return {
    protocolType: 'HTTP',
    account: '123456789012',
    region: 'us-east-1',
    stageName: '$default',
    deploymentId: 'dep123',
    variables: {},
    ...stage,
    api: { apiId: 'http1', name: 'pets', disableExecuteApiEndpoint: false, routes, ...api },
  }
}

export function deployedRoute(
  routeKey: string,
  values: Partial<HttpRoute> = {},
  stage: Partial<Omit<DeployedHttpStage, 'api'>> = {},
): DeployedRoute {
  const path = parseRouteKey(routeKey)?.path ?? defaultRouteKey
  const only = route(routeKey, values)
  return { stage: httpStage([only], stage), route: only, path, pathVariables: pathVariables(path) }
}
