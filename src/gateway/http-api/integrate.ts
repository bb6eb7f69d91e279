import { configurationError } from '../error.ts'
import type { Outside } from '../integration/integrate.ts'
import type { Handler } from '../pipeline.ts'
import type { DeployedRoute } from './deployed-route.ts'
import { serviceIntegration } from './integration/service/service-integration.ts'

/** The handler that calls a route's backend. */
export function integrate(deployed: DeployedRoute, outside: Outside): Handler {
  const { integration } = deployed.route
  if (!integration) return refuse('The route has no integration')
  const timeoutMs = Math.min(integration.timeoutInMillis, outside.maxIntegrationTimeoutMs)
  if (integration.subtype !== undefined) {
    return serviceIntegration(deployed, integration, { ...outside, send: outside.network.send, timeoutMs })
  }
  return refuse(`Unknown integration ${integration.type}`)
}

function refuse(detail: string): Handler {
  return () => {
    throw configurationError(detail)
  }
}
