import type { JsonObject } from '../../json.ts'
import type { IntegrationDefinition } from '../definition.ts'

const defaultTimeoutMs = 30_000

/** Writes `x-amazon-apigateway-integration`, members in the observed order; a timeout as by default is left out. */
export function writeIntegration(settings: IntegrationDefinition['settings']): JsonObject {
  const { ResponseParameters, RequestParameters, TlsConfig, TimeoutInMillis } = settings
  return {
    ...(ResponseParameters && { responseParameters: ResponseParameters }),
    ...(settings.IntegrationSubtype !== undefined && { integrationSubtype: settings.IntegrationSubtype }),
    ...(settings.CredentialsArn !== undefined && { credentials: settings.CredentialsArn }),
    ...(RequestParameters && { requestParameters: RequestParameters }),
    ...(settings.PayloadFormatVersion !== undefined && { payloadFormatVersion: settings.PayloadFormatVersion }),
    ...(settings.ConnectionId !== undefined && { connectionId: settings.ConnectionId }),
    type: settings.IntegrationType.toLowerCase(),
    ...(settings.IntegrationMethod !== undefined && { httpMethod: settings.IntegrationMethod }),
    ...(settings.IntegrationUri !== undefined && { uri: settings.IntegrationUri }),
    ...(settings.ConnectionType !== undefined && { connectionType: settings.ConnectionType }),
    ...(TlsConfig && {
      tlsConfig: {
        ...(TlsConfig.ServerNameToVerify !== undefined && { serverNameToVerify: TlsConfig.ServerNameToVerify }),
      },
    }),
    ...(TimeoutInMillis !== undefined && TimeoutInMillis !== defaultTimeoutMs && { timeoutInMillis: TimeoutInMillis }),
  }
}
