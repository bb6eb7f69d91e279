import type { GatewayError } from '../error.ts'
import type { Reply } from '../reply.ts'

/** Answers an error whose API has not customised the gateway response of its type. */
export function answerByDefault({ type, status, errorType, layer, message }: GatewayError): Reply {
  // Observed: the service writes this one member with a capital.
  const member = type === 'ACCESS_DENIED' ? 'Message' : 'message'
  const blank = layer === 'engine' ? ' ' : ''
  return {
    status,
    headers: ['Content-Type', 'application/json', 'x-amzn-ErrorType', errorType],
    body: `{"${member}":${blank}${quoted(message)}}`,
  }
}

/** `$context.error.messageString`: JSON. Observed: an error without a message has `null`. */
export function quoted(message: string): string {
  return message === '' ? 'null' : JSON.stringify(message)
}
