/** The Runtime API's constant answers, as whole HTTP responses. Texts as Lambda's own (observed). */
const accepted = answer(202, 'Accepted', { status: 'OK' })

export const answers = {
  accepted,
  invalidRequestId: answer(400, 'Bad Request', { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' }),
  invalidResponseMode: answer(400, 'Bad Request', {
    errorMessage: 'Invalid function response mode',
    errorType: 'InvalidFunctionResponseMode',
  }),
  notFound: answer(404, 'Not Found', {
    errorMessage: 'The path is not part of the Runtime API',
    errorType: 'NotFound',
  }),
  extensionsNotSupported: answer(501, 'Not Implemented', {
    errorMessage: 'The Extensions, Telemetry and Logs APIs are not available',
    errorType: 'NotImplemented',
  }),
  continue: 'HTTP/1.1 100 Continue\r\n\r\n',
} as const

/** @param maxBytes What the request's body may have at most. */
export function tooLarge(maxBytes: number): string {
  const errorMessage = `Exceeded maximum allowed payload size (${maxBytes} bytes).`
  return answer(413, 'Request Entity Too Large', { errorMessage, errorType: 'RequestEntityTooLarge' })
}

/** A call that does not fit the runtime's present state. */
export function invalidTransition(from: string, to: string): string {
  const errorMessage = `State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed`
  return answer(403, 'Forbidden', { errorMessage, errorType: 'InvalidStateTransition' })
}

/** The last answer on a connection that sent no acceptable HTTP. */
export function badRequest(status: 400 | 431, errorMessage: string): string {
  return answer(status, errorMessage, { errorMessage, errorType: 'InvalidRequest' })
}

function answer(status: number, reason: string, body: object): string {
  const text = `${JSON.stringify(body)}\n`
  const head = `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json\r\n`
  return `${head}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
}
