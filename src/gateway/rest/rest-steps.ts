import type { FunctionInvoker } from '../../lambda/invoker.ts'
import type { Limits } from '../../limiter/limits.ts'
import type { Rate } from '../../limiter/token-bucket.ts'
import type { Log } from '../../log.ts'
import type { Policy } from '../../policy/policy.ts'
import { type AnswerError, answerErrors } from '../answer-errors.ts'
import type { ApiKeys } from '../api-key/api-keys.ts'
import { requireApiKey } from '../api-key/require-api-key.ts'
import { authorizeByUserPool } from '../authorizer/cognito/authorize-by-user-pool.ts'
import type { UserPools } from '../authorizer/cognito/user-pools.ts'
import { authorizeByIam } from '../authorizer/iam/authorize-by-iam.ts'
import type { CallSignatures } from '../authorizer/iam/call-signatures.ts'
import type { AuthorizationCaches } from '../authorizer/lambda/authorization-cache.ts'
import { authorizeByLambda } from '../authorizer/lambda/authorize-by-lambda.ts'
import type { LambdaAuthorization } from '../authorizer/lambda/lambda-authorizer.ts'
import { checkResourcePolicy } from '../authorizer/resource-policy/check-resource-policy.ts'
import { type CacheOutside, cacheResponses } from '../cache/cache-responses.ts'
import { compressReplies } from '../compression/compress-replies.ts'
import { decompressRequests } from '../compression/decompress-requests.ts'
import type { BackendCredentials } from '../credentials/backend-credentials.ts'
import { answerByDefault } from '../gateway-response/default-answer.ts'
import type { Ids } from '../ids.ts'
import type { Step } from '../pipeline.ts'
import { validateRequest } from '../request-validation/validate-request.ts'
import { throttle } from '../throttle/throttle.ts'
import { checkEndpointPolicy } from '../vpc-endpoint/check-endpoint-policy.ts'
import { requireVpcEndpoint } from '../vpc-endpoint/require-vpc-endpoint.ts'
import type { DeployedMethod } from './deployed-method.ts'
import { identified, identify } from './identify.ts'
import { limitRequestSize } from './limit-request-size.ts'
import { refuseIllegalMappings } from './refuse-illegal-mappings.ts'

/** How an API wants its calls taken and answered; what is left out, as the service does by default. */
export interface FrontOptions {
  readonly answer?: AnswerError
  /** Bytes. Absent: nothing is compressed or decompressed. */
  readonly minimumCompressionSize?: number | undefined
}

/** What every call passes, whether it matches a method or not. First is outermost. */
export function frontSteps(
  log: Log,
  { answer = answerByDefault, minimumCompressionSize: minimum }: FrontOptions = {},
): readonly Step<DeployedMethod | undefined>[] {
  if (minimum === undefined) return [answerErrors(log, answer, identified), limitRequestSize]
  return [identify, compressReplies(minimum), answerErrors(log, answer), limitRequestSize]
}

/** What steps reach outside of the data plane. */
export interface StepsOutside extends CacheOutside {
  readonly log: Log
  readonly userPools: UserPools
  readonly signatures: CallSignatures
  readonly apiKeys: ApiKeys
  readonly limits: Limits
  /** Of each account in each region. Absent: none. */
  readonly accountRate?: Rate | undefined
  /** Whether callers are told of their limits. */
  readonly announceLimits: boolean
  readonly functions: FunctionInvoker
  readonly credentials: BackendCredentials
  readonly ids: Ids
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** How a method of an API wants its calls taken. */
export interface MethodOptions extends FrontOptions {
  /** The API's. Absent: it has none. */
  readonly resourcePolicy?: Policy | undefined
  /** What the stage's Lambda authorizers remember. */
  readonly authorizationCaches: AuthorizationCaches<LambdaAuthorization>
}

/** What every call of a REST API's method passes on its way to the integration. First is outermost. */
export function restSteps(outside: StepsOutside, options: MethodOptions): readonly Step<DeployedMethod>[] {
  const { log, userPools, signatures } = outside
  const { minimumCompressionSize: minimum, resourcePolicy, authorizationCaches } = options
  return [
    ...frontSteps(log, options),
    requireVpcEndpoint,
    checkEndpointPolicy(signatures),
    authorizeByIam(signatures, resourcePolicy),
    authorizeByLambda(outside, resourcePolicy, authorizationCaches),
    authorizeByUserPool(userPools),
    checkResourcePolicy(resourcePolicy),
    requireApiKey(outside),
    throttle(outside),
    // A signature covers the body as it was sent.
    ...(minimum === undefined ? [] : [decompressRequests]),
    ...executionSteps,
    cacheResponses(outside, resourcePolicy),
  ]
}

/** What a method does with a call that was admitted; a test invocation begins here. First is outermost. */
export const executionSteps: readonly Step<DeployedMethod>[] = [validateRequest, refuseIllegalMappings]
