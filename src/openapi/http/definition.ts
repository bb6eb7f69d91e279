import type * as Sdk from '@aws-sdk/client-apigatewayv2'
import type { Input } from '../../wire/operation.ts'

/**
 * An HTTP API as a document can say it: without ids. Parts name each other by what a document knows. Plain JSON data; the
 * settings of each part are those of the request that would create it.
 */
export interface HttpApiDefinition {
  readonly settings: HttpApiSettings
  /** In no order: names are unique. */
  readonly authorizers: readonly AuthorizerDefinition[]
  readonly integrations: readonly IntegrationDefinition[]
  readonly routes: readonly RouteDefinition[]
}

/** What a document says of the API as a whole; it need not say any of it. */
export type HttpApiSettings = Partial<
  Pick<
    Input<typeof Sdk, 'CreateApi'>,
    'Name' | 'Description' | 'Version' | 'CorsConfiguration' | 'DisableExecuteApiEndpoint' | 'IpAddressType' | 'Tags'
  >
>

export type AuthorizerDefinition = Omit<Input<typeof Sdk, 'CreateAuthorizer'>, 'ApiId'>

/** Several routes can share one. */
export interface IntegrationDefinition {
  /** What routes name it by: unique within the definition, and of no meaning besides. */
  readonly key: string
  /** What findings name it by. */
  readonly place: string
  readonly settings: Omit<Input<typeof Sdk, 'CreateIntegration'>, 'ApiId'>
}

export interface RouteDefinition {
  /** `GET /pets/{petId}`, `ANY /{proxy+}`, `$default`. */
  readonly routeKey: string
  readonly operationName?: string
  readonly authorizationType: 'NONE' | 'AWS_IAM' | 'CUSTOM' | 'JWT'
  /** Name of an authorizer. */
  readonly authorizer?: string
  readonly authorizationScopes?: string[]
  /** Key of an integration. */
  readonly integration?: string
}
