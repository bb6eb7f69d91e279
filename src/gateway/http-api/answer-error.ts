import type { AnswerError } from '../answer-errors.ts'
import type { GatewayError } from '../error.ts'

/** Documented and observed: an HTTP API says of an error no more than its status. */
const texts: ReadonlyMap<number, string> = new Map([
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [413, 'Request Entity Too Large'],
  [414, 'Request URI Too Long'],
  [429, 'Too Many Requests'],
  [431, 'Request Header Fields Too Large'],
  [500, 'Internal Server Error'],
  [503, 'Service Unavailable'],
])

/** Answers an error as HTTP APIs do. */
export const answerError: AnswerError = (error) => {
  const status = statusOf(error)
  const challenge = error.challenge === undefined ? [] : ['Www-Authenticate', error.challenge]
  return {
    status,
    headers: ['Content-Type', 'application/json', ...challenge],
    body: JSON.stringify({ message: texts.get(status) ?? texts.get(500) }),
  }
}

function statusOf({ type, status }: GatewayError): number {
  if (type === 'INTEGRATION_TIMEOUT' || type === 'INTEGRATION_FAILURE') return 503
  // What REST APIs tell apart, such as a malformed result, is a 500 here.
  return status > 500 && status !== 503 ? 500 : status
}
