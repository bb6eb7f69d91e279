import type {
  ConnectionType,
  ContentHandlingStrategy,
  IntegrationType,
  PassthroughBehavior,
} from '@aws-sdk/client-apigatewayv2'
import { notFound } from '../../apigateway/refusal.ts'
import { collection, type Reader } from '../../storage/store.ts'

/** A backend: what an answer shows is what is stored. */
export interface IntegrationRecord {
  readonly IntegrationId: string
  readonly IntegrationType: IntegrationType
  /** `SQS-SendMessage`, …: an AWS service is called instead of a function. */
  readonly IntegrationSubtype?: string
  /** A function's ARN or invocation URI, a URL, or the ARN of a VPC link's target. */
  readonly IntegrationUri?: string
  /** The verb towards the backend; `ANY` forwards the client's. */
  readonly IntegrationMethod?: string
  readonly ConnectionType: ConnectionType
  readonly ConnectionId?: string
  readonly CredentialsArn?: string
  readonly Description?: string
  readonly PayloadFormatVersion?: string
  readonly TimeoutInMillis: number
  readonly RequestParameters?: Record<string, string>
  /** By status code. */
  readonly ResponseParameters?: Record<string, Record<string, string>>
  readonly TlsConfig?: { readonly ServerNameToVerify?: string }
  /** The following are of WebSocket APIs only. */
  readonly RequestTemplates?: Record<string, string>
  readonly TemplateSelectionExpression?: string
  readonly PassthroughBehavior?: PassthroughBehavior
  readonly ContentHandlingStrategy?: ContentHandlingStrategy
  readonly IntegrationResponseSelectionExpression?: string
  /** Made by quick create. */
  readonly ApiGatewayManaged?: boolean
}

/** By `{apiId}/{integrationId}`. */
export const integrations = collection<IntegrationRecord>('v2-integration')

/** @throws {ServiceError} `NotFoundException` for an id that no integration of the API has. */
export async function requireIntegration(
  reader: Reader,
  scope: string,
  apiId: string,
  integrationId: string,
): Promise<IntegrationRecord> {
  const integration = await reader.get(integrations, scope, `${apiId}/${integrationId}`)
  if (!integration) throw notFound(`Invalid Integration identifier specified ${integrationId}`)
  return integration
}
