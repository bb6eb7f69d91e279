import type { ContentHandlingStrategy } from '@aws-sdk/client-apigatewayv2'
import { notFound } from '../../apigateway/refusal.ts'
import { collection, type Reader } from '../../storage/store.ts'

/** What becomes of a backend's answer in a WebSocket API: what an answer shows is what is stored. */
export interface IntegrationResponseRecord {
  readonly IntegrationResponseId: string
  /** `$default`, or an expression between slashes such as `/2\d\d/`. */
  readonly IntegrationResponseKey: string
  readonly ContentHandlingStrategy?: ContentHandlingStrategy
  readonly ResponseParameters?: Record<string, string>
  readonly ResponseTemplates?: Record<string, string>
  readonly TemplateSelectionExpression?: string
}

/** By `{apiId}/{integrationId}/{integrationResponseId}`. */
export const integrationResponses = collection<IntegrationResponseRecord>('v2-integration-response')

/** @throws {ServiceError} `NotFoundException` for an id that no response of the integration has. */
export async function requireIntegrationResponse(reader: Reader, scope: string, integration: string, id: string) {
  const response = await reader.get(integrationResponses, scope, `${integration}/${id}`)
  if (!response) throw notFound(`Invalid IntegrationResponse identifier specified ${id}`)
  return response
}
