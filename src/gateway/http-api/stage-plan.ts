import type { DeployedHttpStage, HttpRoute } from '../../snapshot/http-api.ts'
import type { ApiType } from '../api-type.ts'
import { authorizationCaches } from '../authorizer/lambda/authorization-cache.ts'
import type { Outside } from '../integration/integrate.ts'
import { build, type Handler } from '../pipeline.ts'
import { pathVariables } from '../routing/path-variables.ts'
import type { StagePlan } from '../stage-plan.ts'
import { answerPreflights } from './cors/preflight.ts'
import { decodePath } from './decode-path.ts'
import type { DeployedRoute } from './deployed-route.ts'
import { notFound } from './http-apis.ts'
import { frontSteps, httpSteps } from './http-steps.ts'
import { integrate } from './integrate.ts'
import { defaultRouteKey, parseRouteKey } from './route-key.ts'
import { routeFinder } from './router.ts'

/**
 * Compiles a stage of an HTTP API. What is configured in a way that cannot work fails when it is called, as on AWS, and not here.
 * @param type Of HTTP APIs.
 */
export function compileHttpStage(stage: DeployedHttpStage, type: ApiType, outside: Outside): StagePlan {
  const { region, api } = stage
  const steps = httpSteps(outside, { cors: api.cors, authorizerResults: authorizationCaches() })
  const handlerOf = (route: HttpRoute): Handler => {
    const deployed = deployedRoute(stage, route)
    return build(steps, deployed, integrate(deployed, outside))
  }
  const routes = routeFinder(api.routes.map((route) => [route.routeKey, handlerOf(route)] as const))
  const unmatched = {
    handler: build(frontSteps(outside.log, api.cors), undefined, answerPreflights(api.cors, notFound)),
    pathValues: [],
  }

  return {
    type,
    region,
    endpointDisabled: api.disableExecuteApiEndpoint,
    route(verb, path) {
      const match = routes.match(verb, decodePath(path))
      return match ? { handler: match.value, pathValues: match.pathValues } : unmatched
    },
  }
}

function deployedRoute(stage: DeployedHttpStage, route: HttpRoute): DeployedRoute {
  const path = parseRouteKey(route.routeKey)?.path ?? defaultRouteKey
  return { stage, route, path, pathVariables: pathVariables(path) }
}
