import type { Rate } from '../limiter/token-bucket.ts'

/**
 * The frozen deployment of an HTTP API: the only thing that the data plane reads. Built by `CreateDeployment`, stored
 * whole, never changed afterwards. Plain JSON data, so that it crosses threads and nodes.
 */
export interface HttpApiSnapshot {
  readonly apiId: string
  readonly name: string
  readonly disableExecuteApiEndpoint: boolean
  /** The gateway answers preflights itself. Absent: it does nothing about CORS. */
  readonly cors?: HttpCors
  readonly routes: readonly HttpRoute[]
}

/** `CorsConfiguration`: what web pages of other origins may do. */
export interface HttpCors {
  readonly allowCredentials?: boolean
  readonly allowHeaders?: readonly string[]
  readonly allowMethods?: readonly string[]
  readonly allowOrigins?: readonly string[]
  readonly exposeHeaders?: readonly string[]
  /** Seconds. */
  readonly maxAge?: number
}

export interface HttpRoute {
  readonly routeId: string
  /** `GET /pets/{petId}`, `ANY /{proxy+}`, `$default`. */
  readonly routeKey: string
  readonly operationName?: string
  /** Absent: anybody may call. */
  readonly authorizer?: HttpAuthorizer
  /** Absent: the route answers 500, as on AWS. */
  readonly integration?: HttpIntegration
}

/** Who decides whether a caller may call a route. */
export type HttpAuthorizer = { readonly type: 'AWS_IAM' } | JwtAuthorizer | HttpLambdaAuthorizer

export interface JwtAuthorizer {
  readonly type: 'JWT'
  readonly authorizerId: string
  /** URL whose `/.well-known/openid-configuration` names the keys. */
  readonly issuer: string
  readonly audience: readonly string[]
  /** `$request.header.{name}`, `$request.querystring.{name}`: the first that is there counts. */
  readonly identitySource: readonly string[]
  /** Of the route; a token must have one. Empty: none is asked for. */
  readonly scopes: readonly string[]
}

export interface HttpLambdaAuthorizer {
  readonly type: 'REQUEST'
  readonly authorizerId: string
  /** `arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{functionArn}/invocations`; may hold `${stageVariables.x}`. */
  readonly uri: string
  /** Role that invokes the function. Absent: the function's own policy must allow it. */
  readonly credentialsArn?: string
  readonly identitySource: readonly string[]
  readonly payloadFormatVersion: '1.0' | '2.0'
  /** The function answers `{isAuthorized, context}` instead of a policy. */
  readonly enableSimpleResponses: boolean
  /** Seconds; 0 caches nothing. */
  readonly resultTtlInSeconds: number
}

export interface HttpIntegration {
  readonly integrationId: string
  readonly type: 'AWS_PROXY' | 'HTTP_PROXY'
  /** `SQS-SendMessage`, …: a service is called instead of a function. */
  readonly subtype?: string
  /** A function's ARN or invocation URI, a URL, or the ARN of a VPC link's target. May hold `${stageVariables.x}`. */
  readonly uri?: string
  /** The verb towards an HTTP backend; `ANY` forwards the client's. */
  readonly method?: string
  /** Id of the VPC link that calls go through; may hold `${stageVariables.x}`. Absent: `INTERNET`. */
  readonly connectionId?: string
  /** Role that calls the backend. Absent: none. */
  readonly credentialsArn?: string
  readonly payloadFormatVersion: '1.0' | '2.0'
  readonly timeoutInMillis: number
  /** `{overwrite|append|remove}:{header.name|querystring.name|path}` to a value; of a subtype, its request's members. */
  readonly requestParameters: Readonly<Record<string, string>>
  /** By status code: `{overwrite|append|remove}:{header.name}`, `overwrite:statuscode` to a value. */
  readonly responseParameters: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** `tlsConfig`: the name that the backend's certificate must have. */
  readonly serverNameToVerify?: string
}

/** A stage of an HTTP API as the data plane serves it: a frozen deployment under the stage's own settings. */
export interface DeployedHttpStage {
  readonly protocolType: 'HTTP'
  readonly account: string
  readonly region: string
  /** `$default` is served without a path segment of its own. */
  readonly stageName: string
  /** Absent: nothing is deployed to the stage yet. */
  readonly deploymentId?: string
  readonly variables: Readonly<Record<string, string>>
  /** Calls of each route that has no rate of its own. Absent: unlimited. */
  readonly defaultThrottling?: Rate
  /** By route key. Absent: none. */
  readonly throttling?: Readonly<Record<string, Rate>>
  readonly api: HttpApiSnapshot
}
