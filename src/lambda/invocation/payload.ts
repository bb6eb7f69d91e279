import { ServiceError } from '../../wire/service-error.ts'

/** Bytes of a payload, by invocation type (documented). */
const maxBytes = { RequestResponse: 6_291_456, Event: 1_048_576, DryRun: 6_291_456 } as const

/** Bytes of the client context as sent, in base64 (documented). */
const maxContextBytes = 3583

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads what a function is to be called with. No payload at all is the empty object.
 *
 * @returns The JSON text as sent.
 * @throws {ServiceError} `RequestTooLargeException` 413, `InvalidRequestContentException` 400 for what is not JSON.
 */
export function readPayload(payload: Uint8Array | undefined, type: keyof typeof maxBytes): string {
  if (payload === undefined || payload.byteLength === 0) return '{}'
  checkPayloadSize(payload.byteLength, type)
  try {
    const text = utf8.decode(payload)
    JSON.parse(text)
    return text
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw invalidContent(`Could not parse request body into json: Could not parse payload into json: ${reason}`, cause)
  }
}

/** @throws {ServiceError} `RequestTooLargeException` 413. */
export function checkPayloadSize(bytes: number, type: keyof typeof maxBytes): void {
  if (bytes <= maxBytes[type]) return
  throw new ServiceError(
    'RequestTooLargeException',
    `Request must be smaller than ${maxBytes[type]} bytes for the InvokeFunction operation`,
    { members: { Type: 'User' } },
  )
}

/** @throws {ServiceError} `InvalidRequestContentException` 400 for what is not a JSON object in base64, or too long. */
export function checkClientContext(context: string): void {
  if (context.length > maxContextBytes) {
    throw invalidContent(`Client context must be at most ${maxContextBytes} bytes of Base64-encoded data.`)
  }
  if (!isJsonObject(Buffer.from(context, 'base64').toString())) {
    throw invalidContent('Client context must be a valid Base64-encoded JSON object.')
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

function invalidContent(message: string, cause?: unknown): ServiceError {
  return new ServiceError('InvalidRequestContentException', message, { members: { Type: 'User' }, cause })
}
