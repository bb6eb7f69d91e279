import type { Log } from '../../log.ts'
import { answerErrors } from '../answer-errors.ts'
import type { Step } from '../pipeline.ts'
import { answerError } from './answer-error.ts'
import type { DeployedRoute } from './deployed-route.ts'
import { finishReply } from './finish-reply.ts'
import { limitRequestSize } from './limit-request-size.ts'

/** What every call passes, whether a route takes it or not. First is outermost. */
export function frontSteps(log: Log): readonly Step<DeployedRoute | undefined>[] {
  return [finishReply, answerErrors(log, answerError), limitRequestSize]
}

/** What steps reach outside of the data plane. */
export interface StepsOutside {
  readonly log: Log
}

/** What every call of an HTTP API's route passes on its way to the integration. First is outermost. */
export function httpSteps({ log }: StepsOutside): readonly Step<DeployedRoute>[] {
  return [...frontSteps(log)]
}
