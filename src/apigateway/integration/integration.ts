import type {
  ConnectionType,
  ContentHandlingStrategy,
  IntegrationType,
  ResponseTransferMode,
} from '@aws-sdk/client-api-gateway'
import type { IntegrationResponseRecord } from '../integration-response/integration-response.ts'
import type { MethodRecord } from '../method/method.ts'
import { notFound } from '../refusal.ts'

/** A method's backend: what an answer shows is what is stored. */
export interface IntegrationRecord {
  readonly type: IntegrationType
  /** The verb towards the backend. */
  readonly httpMethod?: string
  readonly uri?: string
  /** Observed: shown for `HTTP` and `HTTP_PROXY` when it is `INTERNET`. */
  readonly connectionType?: ConnectionType
  readonly connectionId?: string
  /** ARN of the role to assume, or `arn:aws:iam::*:user/*` for the caller's own. */
  readonly credentials?: string
  /** `integration.request.{location}.{name}` to a mapping expression. */
  readonly requestParameters?: Record<string, string>
  /** By media type. */
  readonly requestTemplates?: Record<string, string>
  readonly passthroughBehavior: string
  readonly contentHandling?: ContentHandlingStrategy
  readonly timeoutInMillis: number
  readonly cacheNamespace: string
  readonly cacheKeyParameters: string[]
  /** By status code. */
  readonly integrationResponses?: Record<string, IntegrationResponseRecord>
  readonly tlsConfig?: { readonly insecureSkipVerification?: boolean }
  readonly responseTransferMode: ResponseTransferMode
  readonly integrationTarget?: string
}

/** Whether an integration maps what it sends and answers: templates and responses of any other have no effect. */
export function isCustom({ type }: Pick<IntegrationRecord, 'type'>): boolean {
  return type === 'AWS' || type === 'HTTP' || type === 'MOCK'
}

/** Whether an integration calls a web server. */
export function isHttp({ type }: Pick<IntegrationRecord, 'type'>): boolean {
  return type === 'HTTP' || type === 'HTTP_PROXY'
}

/** @throws {ServiceError} `NotFoundException` for a method that has none. */
export function requireIntegration(method: MethodRecord): IntegrationRecord {
  if (!method.methodIntegration) throw notFound('Invalid Integration identifier specified')
  return method.methodIntegration
}
