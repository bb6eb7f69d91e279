import { GatewayError } from '../../error.ts'

/**
 * The event of an invocation: the mapped body, which has to be JSON. Empty for none.
 * @throws {GatewayError} 400 for what is no JSON, in the words of Lambda's own refusal.
 */
export function payloadOf(body: string | Buffer): string {
  const text = typeof body === 'string' ? body : body.toString()
  if (text.trim() === '') return ''
  try {
    JSON.parse(text)
    return text
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const message = `Could not parse request body into json: ${reason}`
    throw new GatewayError('DEFAULT_4XX', message, { layer: 'engine', cause })
  }
}
