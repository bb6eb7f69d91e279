import type { Log } from '../../log.ts'
import type { HttpCors } from '../../snapshot/http-api.ts'
import { answerErrors } from '../answer-errors.ts'
import type { CallSignatures } from '../authorizer/iam/call-signatures.ts'
import type { Step } from '../pipeline.ts'
import type { ThrottleOutside } from '../throttle/limit-calls.ts'
import { answerError } from './answer-error.ts'
import { authorizeByIam } from './authorizer/iam/authorize-by-iam.ts'
import { authorizeByJwt } from './authorizer/jwt/authorize-by-jwt.ts'
import type { JwtIssuers } from './authorizer/jwt/jwt-issuers.ts'
import { authorizeByLambda, type LambdaAuthorizerOutside } from './authorizer/lambda/authorize-by-lambda.ts'
import type { DeployedRoute } from './deployed-route.ts'
import { finishReply } from './finish-reply.ts'
import { limitRequestSize } from './limit-request-size.ts'
import { mapRequest } from './mapping/map-request.ts'
import { mapResponse } from './mapping/map-response.ts'
import { throttleRoute } from './throttle-route.ts'

/** What every call passes, whether a route takes it or not. First is outermost. @param cors Of the API. */
export function frontSteps(log: Log, cors?: HttpCors): readonly Step<DeployedRoute | undefined>[] {
  return [answerErrors(log, answerError, finishReply(cors)), limitRequestSize]
}

/** What steps reach outside of the data plane. */
export interface StepsOutside extends Omit<LambdaAuthorizerOutside, 'authorizerResults'>, ThrottleOutside {
  readonly log: Log
  readonly signatures: CallSignatures
  readonly jwtIssuers: JwtIssuers
}

/** What the routes of a stage share. */
export interface StageParts extends Pick<LambdaAuthorizerOutside, 'authorizerResults'> {
  /** Of the API. Absent: it does nothing about other origins. */
  readonly cors?: HttpCors | undefined
}

/** What every call of an HTTP API's route passes on its way to the integration. First is outermost. */
export function httpSteps(outside: StepsOutside, shared: StageParts): readonly Step<DeployedRoute>[] {
  const { log, signatures, jwtIssuers } = outside
  return [
    ...frontSteps(log, shared.cors),
    authorizeByIam(signatures),
    authorizeByJwt(jwtIssuers),
    authorizeByLambda({ ...outside, ...shared }),
    throttleRoute(outside),
    mapResponse,
    mapRequest,
  ]
}
