import { configurationError } from '../error.ts'
import type { Outside } from '../integration/integrate.ts'
import type { Handler } from '../pipeline.ts'
import type { DeployedRoute } from './deployed-route.ts'

/** The handler that calls a route's backend. */
export function integrate({ route }: DeployedRoute, _outside: Outside): Handler {
  const { integration } = route
  if (!integration) return refuse('The route has no integration')
  return refuse(`Unknown integration ${integration.type}`)
}

function refuse(detail: string): Handler {
  return () => {
    throw configurationError(detail)
  }
}
