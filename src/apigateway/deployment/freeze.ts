import type { RestApiSnapshot, RestIntegration, RestIntegrationResponse, RestMethod } from '../../snapshot/rest-api.ts'
import { type IntegrationRecord, isCustom } from '../integration/integration.ts'
import type { IntegrationResponseRecord } from '../integration-response/integration-response.ts'
import { freezeAuthorizer } from './authorization.ts'
import type { Definition, DeployableMethod } from './definition.ts'
import type { MethodSummary } from './deployment.ts'
import { freezeModels, freezeValidation, type Validation } from './request-validation.ts'

/** Freezes an API that `refuseUnsupported` has let pass. */
export function freeze({ api, resources, gatewayResponses, validation, authorizers }: Definition): RestApiSnapshot {
  const allMethods = resources.flatMap(({ methods }) => methods)
  const { minimumCompressionSize } = api
  const models = freezeModels(api.id, allMethods, validation)
  return {
    restApiId: api.id,
    name: api.name,
    binaryMediaTypes: api.binaryMediaTypes ?? [],
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    ...(api.apiKeySource === 'AUTHORIZER' && { apiKeySource: api.apiKeySource }),
    ...(minimumCompressionSize !== undefined && { minimumCompressionSize }),
    ...(api.policy !== undefined && { policy: api.policy }),
    ...(gatewayResponses.length > 0 && { gatewayResponses }),
    ...(Object.keys(models).length > 0 && { models }),
    resources: resources.map(({ resource, methods }) => ({
      resourceId: resource.id,
      path: resource.path,
      methods: Object.fromEntries(
        methods.map((method) => [method.httpMethod, freezeMethod(resource.id, method, validation, authorizers)]),
      ),
    })),
  }
}

/** What a deployment's methods require of their callers. */
export function summarize({ resources }: Definition): Record<string, Record<string, MethodSummary>> {
  return Object.fromEntries(
    resources.map(({ resource, methods }) => [
      resource.path,
      Object.fromEntries(
        methods.map(({ httpMethod, authorizationType, apiKeyRequired }) => [
          httpMethod,
          { authorizationType, apiKeyRequired },
        ]),
      ),
    ]),
  )
}

function freezeMethod(
  resourceId: string,
  method: DeployableMethod,
  validation: Validation,
  authorizers: Definition['authorizers'],
): RestMethod {
  const { operationName } = method
  const requestValidation = freezeValidation(method, validation)
  const authorizer = freezeAuthorizer(method, authorizers)
  return {
    ...(operationName !== undefined && { operationName }),
    ...(authorizer && { authorizer }),
    ...(method.apiKeyRequired && { apiKeyRequired: true }),
    ...(requestValidation && { requestValidation }),
    integration: freezeIntegration(resourceId, method),
  }
}

/** Templates and integration responses of a proxy have no effect on the service: they stay behind. */
function freezeIntegration(resourceId: string, method: DeployableMethod): RestIntegration {
  const { methodIntegration: integration } = method
  const { type, uri, httpMethod, credentials, timeoutInMillis, requestParameters = {}, contentHandling } = integration
  const { passthroughBehavior, responseTransferMode, cacheKeyParameters, cacheNamespace } = integration
  const { requestTemplates = {}, integrationResponses = {} } = isCustom(integration) ? integration : {}
  return {
    type,
    ...(uri !== undefined && { uri }),
    ...(httpMethod !== undefined && { httpMethod }),
    ...(credentials !== undefined && { credentials }),
    ...connectionOf(integration),
    timeoutInMillis,
    requestParameters,
    requestTemplates,
    ...(isPassthroughBehavior(passthroughBehavior) && { passthroughBehavior }),
    ...(contentHandling !== undefined && { contentHandling }),
    ...(responseTransferMode === 'STREAM' && { responseTransferMode }),
    ...(cacheKeyParameters.length > 0 && { cacheKeyParameters }),
    ...(cacheNamespace !== resourceId && { cacheNamespace }),
    responses: Object.values(integrationResponses).map((response) => freezeResponse(response, method)),
  }
}

/** What an integration says of the way to its backend; the public one is left out. */
function connectionOf(integration: IntegrationRecord): Partial<RestIntegration> {
  const { connectionType, connectionId, integrationTarget, tlsConfig } = integration
  return {
    ...(connectionType === 'VPC_LINK' && connectionId !== undefined && { connectionId }),
    ...(integrationTarget !== undefined && { integrationTarget }),
    ...(tlsConfig?.insecureSkipVerification && { insecureSkipVerification: true }),
  }
}

/** The default is left out, and so is what only an edited store could hold. */
function isPassthroughBehavior(behavior: string): behavior is 'WHEN_NO_TEMPLATES' | 'NEVER' {
  return behavior === 'WHEN_NO_TEMPLATES' || behavior === 'NEVER'
}

function freezeResponse(response: IntegrationResponseRecord, method: DeployableMethod): RestIntegrationResponse {
  const { statusCode, selectionPattern, responseParameters = {}, responseTemplates = {}, contentHandling } = response
  const declared = method.methodResponses?.[statusCode] !== undefined
  return {
    statusCode,
    ...(selectionPattern !== undefined && { selectionPattern }),
    responseParameters,
    responseTemplates,
    ...(contentHandling !== undefined && { contentHandling }),
    ...(!declared && { undeclared: true }),
  }
}
