import type {
  ApiKeySourceType,
  EndpointAccessMode,
  EndpointType,
  GatewayResponseType,
  IpAddressType,
  SecurityPolicy,
} from '@aws-sdk/client-api-gateway'
import type { AuthorizerRecord } from '../../apigateway/authorizer/authorizer.ts'
import type { Location } from '../../apigateway/documentation-part/location.ts'
import type { IntegrationRecord } from '../../apigateway/integration/integration.ts'
import type { MethodRecord } from '../../apigateway/method/method.ts'
import type { ModelRecord } from '../../apigateway/model/model.ts'
import type { RequestValidatorRecord } from '../../apigateway/request-validator/request-validator.ts'
import type { JsonObject } from '../json.ts'

/**
 * A REST API as a document can say it: without ids. Parts name each other by what a document knows (models, authorizers and
 * validators by name, resources by path), and schemas refer to each other by URLs without an API's id. Plain JSON data.
 */
export interface ApiDefinition {
  readonly settings: ApiSettings
  readonly models: readonly ModelDefinition[]
  readonly authorizers: readonly AuthorizerDefinition[]
  readonly requestValidators: readonly RequestValidatorDefinition[]
  readonly gatewayResponses: readonly GatewayResponseDefinition[]
  /** Absent: the definition leaves documentation as it is. */
  readonly documentationParts?: readonly DocumentationPartDefinition[]
  /** Those between the root and another may be left out. */
  readonly resources: readonly ResourceDefinition[]
}

/** The API's own settings; a document need not give any. */
export interface ApiSettings {
  readonly name?: string
  readonly description?: string
  readonly version?: string
  readonly binaryMediaTypes?: string[]
  /** Bytes. */
  readonly minimumCompressionSize?: number
  readonly apiKeySource?: ApiKeySourceType
  /** JSON text. */
  readonly policy?: string
  readonly disableExecuteApiEndpoint?: boolean
  /** Not part of any document: an import is told by a parameter. */
  readonly endpointType?: EndpointType
  readonly ipAddressType?: IpAddressType
  readonly vpcEndpointIds?: string[]
  readonly securityPolicy?: SecurityPolicy
  readonly endpointAccessMode?: EndpointAccessMode
  readonly tags?: Record<string, string>
}

export interface ModelDefinition extends Omit<ModelRecord, 'id' | 'schema'> {
  /** JSON Schema draft 4; text where a model's content type is not JSON, and its schema neither. */
  readonly schema: JsonObject | string
}

export type AuthorizerDefinition = Omit<AuthorizerRecord, 'id'>

export type RequestValidatorDefinition = Omit<RequestValidatorRecord, 'id'>

export interface GatewayResponseDefinition {
  readonly responseType: GatewayResponseType
  readonly statusCode?: string
  readonly responseParameters?: Record<string, string>
  readonly responseTemplates?: Record<string, string>
}

export interface DocumentationPartDefinition {
  readonly location: Location
  readonly properties: JsonObject
}

export interface ResourceDefinition {
  /** `/pets/{petId}`. */
  readonly path: string
  readonly methods: readonly MethodDefinition[]
}

export interface MethodDefinition
  extends Omit<MethodRecord, 'authorizerId' | 'requestValidatorId' | 'methodIntegration'> {
  readonly authorizer?: string
  readonly requestValidator?: string
  readonly methodIntegration?: IntegrationDefinition
}

/** Without a cache namespace of its own an integration has its resource's id. */
export type IntegrationDefinition = Omit<IntegrationRecord, 'cacheNamespace'> &
  Partial<Pick<IntegrationRecord, 'cacheNamespace'>>
