import type { JsonObject } from '../../json.ts'
import type { IntegrationDefinition } from '../definition.ts'

type IntegrationResponse = NonNullable<IntegrationDefinition['integrationResponses']>[string]

/** Writes `x-amazon-apigateway-integration`, members in the observed order; what is as by default is left out. */
export function writeIntegration(integration: IntegrationDefinition): JsonObject {
  const { type, httpMethod, uri, connectionType, timeoutInMillis, cacheKeyParameters, tlsConfig } = integration
  const responses = Object.values(integration.integrationResponses ?? {}).map(
    (response) => [response.selectionPattern || 'default', writeResponse(response)] as const,
  )
  return {
    type: type.toLowerCase(),
    ...(httpMethod !== undefined && { httpMethod }),
    ...(uri !== undefined && { uri }),
    ...(connectionType === 'VPC_LINK' && { connectionType }),
    ...present(integration, ['connectionId', 'credentials']),
    ...(responses.length > 0 && { responses: Object.fromEntries(responses) }),
    ...present(integration, ['requestParameters', 'requestTemplates']),
    passthroughBehavior: integration.passthroughBehavior.toLowerCase(),
    ...(timeoutInMillis !== 29_000 && { timeoutInMillis }),
    ...present(integration, ['cacheNamespace']),
    ...(cacheKeyParameters.length > 0 && { cacheKeyParameters }),
    ...present(integration, ['contentHandling']),
    ...(tlsConfig && { tlsConfig: { insecureSkipVerification: tlsConfig.insecureSkipVerification === true } }),
    ...(integration.responseTransferMode === 'STREAM' && { responseTransferMode: 'STREAM' }),
    ...present(integration, ['integrationTarget']),
  }
}

function writeResponse(response: IntegrationResponse): JsonObject {
  return {
    statusCode: response.statusCode,
    ...(response.responseParameters && { responseParameters: response.responseParameters }),
    ...(response.responseTemplates && { responseTemplates: response.responseTemplates }),
    ...(response.contentHandling && { contentHandling: response.contentHandling }),
  }
}

type Optional =
  | 'connectionId'
  | 'credentials'
  | 'requestParameters'
  | 'requestTemplates'
  | 'cacheNamespace'
  | 'contentHandling'
  | 'integrationTarget'

function present(integration: IntegrationDefinition, members: readonly Optional[]): JsonObject {
  return Object.fromEntries(
    members.flatMap((member) => {
      const value = integration[member]
      return value === undefined ? [] : [[member, value]]
    }),
  )
}
