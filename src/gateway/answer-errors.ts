import type { Log } from '../log.ts'
import { GatewayError } from './error.ts'
import type { Invocation } from './invocation.ts'
import type { Step } from './pipeline.ts'
import type { Reply } from './reply.ts'

/** The reply for an error. */
export type AnswerError = (error: GatewayError, invocation: Invocation) => Reply

/** What every reply of a call gets, whatever it is. */
export type FinishReply = (reply: Reply, invocation: Invocation) => Reply

/**
 * Turns every failure into the reply that `answer` has for it; nothing else writes error replies.
 * @param finish Done in the same turn, because a step of its own would cost calls that wait another promise.
 */
export function answerErrors(log: Log, answer: AnswerError, finish: FinishReply = asItIs): Step<unknown> {
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
    let answered: Reply | Promise<Reply>
    try {
      answered = next(invocation)
    } catch (error) {
      answered = reply(error, invocation)
    }
    if (!(answered instanceof Promise)) return finish(answered, invocation)
    return answered.then(
      (late) => finish(late, invocation),
      (error: unknown) => finish(reply(error, invocation), invocation),
    )
  }
}

function asItIs(reply: Reply): Reply {
  return reply
}

function causeText(cause: unknown): string | undefined {
  return cause instanceof Error ? cause.message : undefined
}
