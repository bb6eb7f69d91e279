import { configurationError } from '../error.ts'
import type { Outside } from '../integration/integrate.ts'
import type { Handler } from '../pipeline.ts'
import type { DeployedRoute } from './deployed-route.ts'
import { httpProxy } from './integration/http-proxy.ts'
import { lambdaProxy } from './integration/lambda-proxy.ts'
import { serviceIntegration } from './integration/service/service-integration.ts'

/** Documented: no backend of an HTTP API may take longer, whatever the limit for REST APIs is. */
const maxTimeoutMs = 30_000

/** The handler that calls a route's backend. */
export function integrate(deployed: DeployedRoute, outside: Outside): Handler {
  const { integration } = deployed.route
  if (!integration) return refuse('The route has no integration')
  const timeoutMs = Math.min(integration.timeoutInMillis, maxTimeoutMs)
  if (integration.subtype !== undefined) {
    return serviceIntegration(deployed, integration, { ...outside, send: outside.network.send, timeoutMs })
  }
  const timed = { ...outside, timeoutMs }
  return integration.type === 'AWS_PROXY'
    ? lambdaProxy(deployed, integration, timed)
    : httpProxy(deployed, integration, timed)
}

function refuse(detail: string): Handler {
  return () => {
    throw configurationError(detail)
  }
}
