import type { Rate } from '../limiter/token-bucket.ts'
import type { RestAuthorizer } from './authorizer.ts'
import type { ClientCertificate } from './client-certificate.ts'

/**
 * The frozen deployment of a REST API: the only thing that the data plane reads. Built by `CreateDeployment`, stored
 * whole, never changed afterwards. Plain JSON data, so that it crosses threads and nodes.
 */
export interface RestApiSnapshot {
  readonly restApiId: string
  readonly name: string
  readonly binaryMediaTypes: readonly string[]
  readonly disableExecuteApiEndpoint: boolean
  /** Whence the API key of a call comes. Absent: `HEADER`, which is `X-API-Key`. */
  readonly apiKeySource?: 'AUTHORIZER'
  /** Bytes from which on replies are compressed; requests are decompressed then, too. Absent: neither. */
  readonly minimumCompressionSize?: number
  /** The resource policy: JSON text, its resources whole ARNs. Absent: none. */
  readonly policy?: string
  /** Those that the API has customised. Absent: none. */
  readonly gatewayResponses?: readonly RestGatewayResponse[]
  /** Schema texts, by name, of the models that request bodies are validated by, directly or by reference. Absent: none. */
  readonly models?: Readonly<Record<string, string>>
  /** Resources without methods are left out. */
  readonly resources: readonly RestResource[]
}

/** How an API answers the errors of one type. */
export interface RestGatewayResponse {
  /** `DEFAULT_4XX`, `INTEGRATION_TIMEOUT`, … */
  readonly responseType: string
  /** Absent on the `DEFAULT_…` types only: every error keeps its own. */
  readonly statusCode?: string
  /** `gatewayresponse.header.{name}` to a literal in single quotes, a parameter of the request, or a variable. */
  readonly responseParameters: Readonly<Record<string, string>>
  /** By media type. */
  readonly responseTemplates: Readonly<Record<string, string>>
}

export interface RestResource {
  readonly resourceId: string
  /** Path template such as `/pets/{petId}` or `/{proxy+}`. */
  readonly path: string
  /** By verb: `GET`, …, `ANY`. */
  readonly methods: Readonly<Record<string, RestMethod>>
}

export interface RestMethod {
  readonly operationName?: string
  /** Absent: anybody may call. */
  readonly authorizer?: RestAuthorizer
  /** The caller must have an API key of a usage plan that holds for the stage. */
  readonly apiKeyRequired?: true
  /** Absent: nothing is validated. */
  readonly requestValidation?: RestRequestValidation
  readonly integration: RestIntegration
}

/** What of a request is validated before the backend is called. */
export interface RestRequestValidation {
  /** `method.request.{location}.{name}`, sorted. Absent: none. */
  readonly requiredParameters?: readonly string[]
  /** Model names by media type of the body. Absent: bodies are not validated. */
  readonly models?: Readonly<Record<string, string>>
}

export interface RestIntegration {
  readonly type: 'AWS' | 'AWS_PROXY' | 'HTTP' | 'HTTP_PROXY' | 'MOCK'
  /** Absent for `MOCK`. May hold `{placeholders}` and `${stageVariables.x}`. */
  readonly uri?: string
  /** The verb towards the backend; `ANY` forwards the client's. Absent for `MOCK`. */
  readonly httpMethod?: string
  /** Role that calls the backend; may hold `${stageVariables.x}`. Absent: none. */
  readonly credentials?: string
  /** `VPC_LINK`: id of the link that the call goes through; may hold `${stageVariables.x}`. Absent: `INTERNET`. */
  readonly connectionId?: string
  /** Of a V2 link: ARN of the load balancer or listener. May hold `${stageVariables.x}`. */
  readonly integrationTarget?: string
  /** `tlsConfig`: whoever issued the backend's certificate is trusted. */
  readonly insecureSkipVerification?: true
  readonly timeoutInMillis: number
  /** `integration.request.{path|querystring|header}.{name}` to its source expression. */
  readonly requestParameters: Readonly<Record<string, string>>
  /** By media type. Empty for proxies. */
  readonly requestTemplates: Readonly<Record<string, string>>
  /** What becomes of a body of a type without template. Absent: `WHEN_NO_MATCH`. */
  readonly passthroughBehavior?: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER'
  readonly contentHandling?: ContentHandling
  /** The reply begins before the backend has ended it. Absent: `BUFFERED`. */
  readonly responseTransferMode?: 'STREAM'
  /** Parameters of the request that tell cached responses apart. Absent: none. */
  readonly cacheKeyParameters?: readonly string[]
  /** Whose cached responses are shared. Absent: its resource's own. */
  readonly cacheNamespace?: string
  /** By method-response status code. */
  readonly responses: readonly RestIntegrationResponse[]
}

/** What a body is converted to on its way; absent: it depends on the API's binary media types alone. */
export type ContentHandling = 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT'

export interface RestIntegrationResponse {
  readonly statusCode: string
  /** Absent or empty: the default response. */
  readonly selectionPattern?: string
  /** `method.response.header.{name}` to its source expression. */
  readonly responseParameters: Readonly<Record<string, string>>
  /** By media type. */
  readonly responseTemplates: Readonly<Record<string, string>>
  readonly contentHandling?: ContentHandling
  /** The method declares no response of this status code: choosing it fails the call with 500. */
  readonly undeclared?: true
}

/** A stage as the data plane serves it: a frozen deployment under the stage's own settings. */
export interface DeployedStage {
  readonly account: string
  readonly region: string
  readonly stageName: string
  readonly deploymentId: string
  readonly variables: Readonly<Record<string, string>>
  /** What answers a share of the stage's calls. Absent: nothing else does. */
  readonly canary?: DeployedCanary
  /** Whether this is the canary of its stage. Absent on stages without one. */
  readonly isCanary?: boolean
  /** Calls per method, by `{path without its first slash}/{VERB}`, or under a star, a slash and a star. Absent: unlimited. */
  readonly throttling?: Readonly<Record<string, Rate>>
  /** Whose responses are cached. Absent: nobody's. */
  readonly cache?: DeployedCache
  /** What HTTPS backends are shown. */
  readonly clientCertificate?: ClientCertificate
  /** The API is `PRIVATE`, whatever it was when it was deployed. Absent: it is public. */
  readonly privateEndpoint?: PrivateEndpoint
  readonly api: RestApiSnapshot
}

/** How a private API is reached: through every VPC endpoint that its policy lets in. */
export interface PrivateEndpoint {
  /** Those under which it has a name of its own, `{apiId}-{vpceId}`. */
  readonly vpcEndpointIds: readonly string[]
}

/** The response cache of a stage. */
export interface DeployedCache {
  /** What `cacheClusterSize` allows it to hold. */
  readonly maxBytes: number
  /** The canary's responses are its own, and not the stage's. Absent: there is no difference. */
  readonly ofCanary?: true
  /**
   * By `{path without its first slash}/{VERB}`, or under a star, a slash and a star for every `GET` without an entry of its own.
   * Null: not cached.
   */
  readonly methods: Readonly<Record<string, MethodCaching | null>>
}

/** How the responses of a method are cached. */
export interface MethodCaching {
  /** 1 to 3,600. */
  readonly ttlSeconds: number
  /** `requireAuthorizationForCacheControl`: who wants the backend asked needs a permission. */
  readonly requireAuthorization: boolean
  /** What becomes of the call of somebody who has none. */
  readonly unauthorized: 'FAIL_WITH_403' | 'SUCCEED_WITH_RESPONSE_HEADER' | 'SUCCEED_WITHOUT_RESPONSE_HEADER'
}

/** The canary of a stage. */
export interface DeployedCanary {
  /** 0 to 100. */
  readonly percentTraffic: number
  /** Its own deployment, and the stage's variables with the canary's overrides. */
  readonly stage: DeployedStage
}
