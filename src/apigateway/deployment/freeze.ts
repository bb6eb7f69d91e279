import type { RestApiSnapshot, RestIntegration, RestIntegrationResponse, RestMethod } from '../../snapshot/rest-api.ts'
import type { IntegrationResponseRecord } from '../integration-response/integration-response.ts'
import type { Definition, DeployableMethod } from './definition.ts'
import type { MethodSummary } from './deployment.ts'
import { runnableType } from './unsupported.ts'

/** Freezes an API that `refuseUnsupported` has let pass. */
export function freeze({ api, resources, gatewayResponses }: Definition): RestApiSnapshot {
  return {
    restApiId: api.id,
    name: api.name,
    binaryMediaTypes: api.binaryMediaTypes ?? [],
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    ...(gatewayResponses.length > 0 && { gatewayResponses }),
    resources: resources.map(({ resource, methods }) => ({
      resourceId: resource.id,
      path: resource.path,
      methods: Object.fromEntries(methods.map((method) => [method.httpMethod, freezeMethod(method)])),
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

function freezeMethod(method: DeployableMethod): RestMethod {
  const { operationName } = method
  return { ...(operationName !== undefined && { operationName }), integration: freezeIntegration(method) }
}

/** Templates and integration responses of a proxy have no effect on the service: they stay behind. */
function freezeIntegration(method: DeployableMethod): RestIntegration {
  const { uri, httpMethod, timeoutInMillis, requestParameters = {}, ...integration } = method.methodIntegration
  const type = runnableType(integration)
  if (type === 'MOCK') {
    const { requestTemplates = {}, integrationResponses = {} } = integration
    const responses = Object.values(integrationResponses).map((response) => freezeResponse(response, method))
    return { type, timeoutInMillis, requestParameters, requestTemplates, responses }
  }
  return {
    type,
    ...(uri !== undefined && { uri }),
    ...(httpMethod !== undefined && { httpMethod }),
    timeoutInMillis,
    requestParameters,
    requestTemplates: {},
    responses: [],
  }
}

function freezeResponse(response: IntegrationResponseRecord, method: DeployableMethod): RestIntegrationResponse {
  const { statusCode, selectionPattern, responseParameters = {}, responseTemplates = {} } = response
  const declared = method.methodResponses?.[statusCode] !== undefined
  return {
    statusCode,
    ...(selectionPattern !== undefined && { selectionPattern }),
    responseParameters,
    responseTemplates,
    ...(!declared && { undeclared: true }),
  }
}
