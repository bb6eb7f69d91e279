import type { Log } from '../log.ts'
import { GatewayError } from './error.ts'
import type { Invocation } from './invocation.ts'
import type { Step } from './pipeline.ts'
import type { Reply } from './reply.ts'

/** The reply for an error. */
export type AnswerError = (error: GatewayError, invocation: Invocation) => Reply

/** Turns every failure into the reply that `answer` has for it; nothing else writes error replies. */
export function answerErrors(log: Log, answer: AnswerError): Step<unknown> {
  function reply(error: unknown, invocation: Invocation): Reply {
    const { requestId, request } = invocation
    if (!(error instanceof GatewayError)) {
      log.error('A call failed unexpectedly', { requestId, method: request.method, error })
      return answer(new GatewayError('DEFAULT_5XX', 'Internal server error', { cause: error }), invocation)
    }
    const { type, message, detail = message, cause } = error
    log.debug(detail, { requestId, type, cause: causeText(cause) })
    const reply = answer(error, invocation)
    return error.headers.length === 0 ? reply : { ...reply, headers: [...reply.headers, ...error.headers] }
  }

  return (_method, next) => (invocation) => {
    try {
      const answered = next(invocation)
      return answered instanceof Promise ? answered.catch((error: unknown) => reply(error, invocation)) : answered
    } catch (error) {
      return reply(error, invocation)
    }
  }
}

function causeText(cause: unknown): string | undefined {
  return cause instanceof Error ? cause.message : undefined
}
