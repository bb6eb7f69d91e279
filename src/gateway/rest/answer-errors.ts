import type { Log } from '../../log.ts'
import { GatewayError, type GatewayResponseType } from '../error.ts'
import type { Invocation } from '../invocation.ts'
import type { Step } from '../pipeline.ts'
import type { Reply } from '../reply.ts'

/** Turns every failure into the reply that AWS sends for it; nothing else writes error replies. */
export function answerErrors(log: Log): Step<unknown> {
  function answer(error: unknown, { requestId, request }: Invocation): Reply {
    if (!(error instanceof GatewayError)) {
      log.error('A call failed unexpectedly', { requestId, method: request.method, error })
      return errorReply(new GatewayError('DEFAULT_5XX', 'Internal server error', { cause: error }))
    }
    log.debug(error.detail ?? error.message, { requestId, type: error.type, cause: causeText(error.cause) })
    return errorReply(error)
  }

  return (_method, next) => (invocation) => {
    try {
      const reply = next(invocation)
      return reply instanceof Promise ? reply.catch((error: unknown) => answer(error, invocation)) : reply
    } catch (error) {
      return answer(error, invocation)
    }
  }
}

/** Errors of AWS's front layer have no blank after the colon; those of its execution engine have one (observed). */
const frontLayer: ReadonlySet<GatewayResponseType> = new Set([
  'MISSING_AUTHENTICATION_TOKEN',
  'REQUEST_TOO_LARGE',
  'DEFAULT_4XX',
])

/** The reply for an error whose API has not customised its gateway responses. */
function errorReply({ type, status, errorType, message }: GatewayError): Reply {
  const blank = frontLayer.has(type) ? '' : ' '
  return {
    status,
    headers: ['Content-Type', 'application/json', 'x-amzn-ErrorType', errorType],
    body: `{"message":${blank}${JSON.stringify(message)}}`,
  }
}

function causeText(cause: unknown): string | undefined {
  return cause instanceof Error ? cause.message : undefined
}
