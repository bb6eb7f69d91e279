import type { Log } from '../../log.ts'
import { authorizeByUserPool } from '../authorizer/cognito/authorize-by-user-pool.ts'
import type { UserPools } from '../authorizer/cognito/user-pools.ts'
import { type AnswerError, answerByDefault } from '../gateway-response/default-answer.ts'
import type { Step } from '../pipeline.ts'
import { validateRequest } from '../request-validation/validate-request.ts'
import { answerErrors } from './answer-errors.ts'
import type { DeployedMethod } from './deployed-method.ts'
import { identify } from './identify.ts'
import { limitRequestSize } from './limit-request-size.ts'
import { refuseIllegalMappings } from './refuse-illegal-mappings.ts'

/** What every call passes, whether it matches a method or not. First is outermost. */
export function frontSteps(log: Log, answer: AnswerError = answerByDefault): readonly Step<unknown>[] {
  return [identify, answerErrors(log, answer), limitRequestSize]
}

/** What steps reach outside of the data plane. */
export interface StepsOutside {
  readonly log: Log
  readonly userPools: UserPools
}

/** What every call of a REST API's method passes on its way to the integration. First is outermost. */
export function restSteps({ log, userPools }: StepsOutside, answer: AnswerError): readonly Step<DeployedMethod>[] {
  return [...frontSteps(log, answer), authorizeByUserPool(userPools), ...executionSteps]
}

/** What a method does with a call that was admitted; a test invocation begins here. First is outermost. */
export const executionSteps: readonly Step<DeployedMethod>[] = [validateRequest, refuseIllegalMappings]
