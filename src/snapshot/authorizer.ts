/** Who decides whether a caller may call a method, as the data plane knows it. */
export type RestAuthorizer = UserPoolAuthorizer | IamAuthorizer | LambdaAuthorizer

/** `AWS_IAM`: who signs, and whose policies allow it. */
export interface IamAuthorizer {
  readonly type: 'AWS_IAM'
}

/** `COGNITO_USER_POOLS`: the bearer of a token of one of these pools. */
export interface UserPoolAuthorizer {
  readonly type: 'COGNITO_USER_POOLS'
  readonly authorizerId: string
  /** `arn:aws:cognito-idp:{region}:{account}:userpool/{poolId}`. */
  readonly providerArns: readonly string[]
  /** `method.request.header.{name}`. */
  readonly identitySource: string
  /** Java pattern that the token's audience must match. Absent: any. */
  readonly identityValidationExpression?: string
  /** Scopes of the method, of which an access token must have one. Empty: an identity token is expected. */
  readonly scopes: readonly string[]
}

/** `TOKEN` and `REQUEST`: whoever a function's policy allows. */
export interface LambdaAuthorizer {
  readonly type: 'TOKEN' | 'REQUEST'
  readonly authorizerId: string
  /** `arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{functionArn}/invocations`; may hold `${stageVariables.x}`. */
  readonly uri: string
  /** Role that invokes the function; may hold `${stageVariables.x}`. Absent: the function's own policy has to allow it. */
  readonly credentials?: string
  /** Of `TOKEN` one header; of `REQUEST` a list with commas between, or absent. */
  readonly identitySource?: string
  /** Java pattern that a token must match as a whole. Absent: any. */
  readonly identityValidationExpression?: string
  /** Seconds; 0 caches nothing. */
  readonly resultTtlInSeconds: number
}
