/**
 * The gateway response types of REST APIs that calls can end with, each with its default status and the
 * `x-amzn-ErrorType` that AWS sends with it. The two defaults take in every error without a type of its own.
 */
export const gatewayResponses = {
  API_CONFIGURATION_ERROR: { status: 500, errorType: 'InternalServerErrorException' },
  DEFAULT_4XX: { status: 400, errorType: 'BadRequestException' },
  DEFAULT_5XX: { status: 500, errorType: 'InternalServerErrorException' },
  INTEGRATION_FAILURE: { status: 504, errorType: 'InternalServerErrorException' },
  INTEGRATION_TIMEOUT: { status: 504, errorType: 'InternalServerErrorException' },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, errorType: 'MissingAuthenticationTokenException' },
  REQUEST_TOO_LARGE: { status: 413, errorType: 'RequestEntityTooLargeException' },
} as const

export type GatewayResponseType = keyof typeof gatewayResponses

export interface GatewayErrorOptions extends ErrorOptions {
  /** For our log alone: what went wrong, in AWS's execution-log words where they are known. */
  readonly detail?: string
  /** For the two defaults: the error's own status and type. */
  readonly status?: number
  readonly errorType?: string
}

/** Ends an invocation. `message` reaches the caller; `detail` and `cause` reach only the log. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly type: GatewayResponseType
  readonly status: number
  readonly errorType: string
  readonly detail: string | undefined

  constructor(type: GatewayResponseType, message: string, options: GatewayErrorOptions = {}) {
    super(message, options)
    this.type = type
    this.status = options.status ?? gatewayResponses[type].status
    this.errorType = options.errorType ?? gatewayResponses[type].errorType
    this.detail = options.detail
  }
}

/** The API is configured in a way that cannot work: 500, and the caller learns nothing more. */
export function configurationError(detail: string, cause?: unknown): GatewayError {
  return new GatewayError('API_CONFIGURATION_ERROR', 'Internal server error', { detail, cause })
}

/** The client went away: nobody reads the reply that this ends with. */
export function clientGone(): GatewayError {
  return new GatewayError('DEFAULT_4XX', 'Client closed the connection', { status: 499 })
}
