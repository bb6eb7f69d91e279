import type { DeployedStage, RestResource } from '../../snapshot/rest-api.ts'
import type { ApiType } from '../api-type.ts'
import { refuseIncompleteSignature } from '../authorizer/iam/refuse-incomplete-signature.ts'
import { authorizationCaches } from '../authorizer/lambda/authorization-cache.ts'
import { resourcePolicyOf } from '../authorizer/resource-policy/resource-policy-of.ts'
import { GatewayError } from '../error.ts'
import { type ErrorAnswers, errorAnswers } from '../gateway-response/gateway-responses.ts'
import { integrate, type Outside } from '../integration/integrate.ts'
import type { Invocation } from '../invocation.ts'
import { build, type Handler } from '../pipeline.ts'
import { pathVariables } from '../routing/path-variables.ts'
import { verbs } from '../routing/verbs.ts'
import type { StagePlan } from '../stage-plan.ts'
import { frontSteps, type MethodOptions, restSteps } from './rest-steps.ts'
import { router } from './router.ts'

/** Compiles a stage. What is configured in a way that cannot work fails when it is called, as on AWS, and not here. */
export function compileStage(stage: DeployedStage, type: ApiType, outside: Outside): StagePlan {
  const answers = errorAnswers(stage)
  const shared: StageParts = {
    answers,
    resourcePolicy: resourcePolicyOf(stage.api),
    authorizationCaches: authorizationCaches(),
  }
  const resources = router(
    stage.api.resources.map((resource) => [resource.path, handlersByVerb(stage, resource, shared, outside)] as const),
  )
  const { region } = stage
  const nowhere = { stage, resourceId: '', resourcePath: '', pathVariables: [] }
  const { minimumCompressionSize } = stage.api
  const front = frontSteps(outside.log, { answer: answers(nowhere), minimumCompressionSize })
  const refuse = build(front, undefined, refuseUnmatched)
  const unmatched = { handler: refuse, pathValues: [] }

  return {
    type,
    region,
    endpointDisabled: stage.api.disableExecuteApiEndpoint,
    ...(stage.privateEndpoint && { privateEndpoint: stage.privateEndpoint }),
    route(httpMethod, path) {
      const match = resources.match(path)
      const handler = match?.value.get(httpMethod)
      return match && handler ? { handler, pathValues: match.pathValues } : unmatched
    },
  }
}

/** What all methods of a stage share. */
interface StageParts extends Pick<MethodOptions, 'resourcePolicy' | 'authorizationCaches'> {
  readonly answers: ErrorAnswers
}

function handlersByVerb(
  stage: DeployedStage,
  resource: RestResource,
  { answers, ...shared }: StageParts,
  outside: Outside,
): ReadonlyMap<string, Handler> {
  const { resourceId, path: resourcePath, methods } = resource
  const { minimumCompressionSize } = stage.api
  const variables = pathVariables(resourcePath)
  const handlers = new Map<string, Handler>()
  for (const [httpMethod, method] of Object.entries(methods)) {
    const deployed = { stage, resourceId, resourcePath, pathVariables: variables, httpMethod, method }
    const steps = restSteps(outside, { answer: answers(deployed), minimumCompressionSize, ...shared })
    const handler = build(steps, deployed, integrate(deployed, outside))
    const served = httpMethod === 'ANY' ? verbs.filter((verb) => !(verb in methods)) : [httpMethod]
    for (const verb of served) handlers.set(verb, handler)
  }
  return handlers
}

function refuseUnmatched(invocation: Invocation): never {
  refuseIncompleteSignature(invocation.request)
  throw new GatewayError('MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token')
}
