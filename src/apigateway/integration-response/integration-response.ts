import type { ContentHandlingStrategy } from '@aws-sdk/client-api-gateway'

/** How one kind of backend answer becomes a method response. */
export interface IntegrationResponseRecord {
  readonly statusCode: string
  /** Regular expression over the backend's status or error; absent or empty: the default response. */
  readonly selectionPattern?: string
  /** `method.response.header.{name}` to a mapping expression. */
  readonly responseParameters?: Record<string, string>
  /** By media type. */
  readonly responseTemplates?: Record<string, string>
  readonly contentHandling?: ContentHandlingStrategy
}
