interface ErrorAnswer {
  readonly status: number
  /** `x-amzn-ErrorType`. */
  readonly errorType: string
  /** Observed: answers of the front layer have no blank after the colon; those of the execution engine have one. */
  readonly layer: 'front' | 'engine'
}

/**
 * The gateway response types of REST APIs, each with what a call ends with by default. The two defaults take in every
 * error without a type of its own.
 */
export const gatewayResponses = {
  ACCESS_DENIED: { status: 403, errorType: 'AccessDeniedException', layer: 'front' },
  API_CONFIGURATION_ERROR: { status: 500, errorType: 'InternalServerErrorException', layer: 'engine' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, errorType: 'AuthorizerConfigurationException', layer: 'front' },
  AUTHORIZER_FAILURE: { status: 500, errorType: 'AuthorizerFailureException', layer: 'front' },
  BAD_REQUEST_BODY: { status: 400, errorType: 'BadRequestException', layer: 'engine' },
  BAD_REQUEST_PARAMETERS: { status: 400, errorType: 'BadRequestException', layer: 'engine' },
  DEFAULT_4XX: { status: 400, errorType: 'BadRequestException', layer: 'front' },
  DEFAULT_5XX: { status: 500, errorType: 'InternalServerErrorException', layer: 'engine' },
  EXPIRED_TOKEN: { status: 403, errorType: 'ExpiredTokenException', layer: 'front' },
  INTEGRATION_FAILURE: { status: 504, errorType: 'InternalServerErrorException', layer: 'engine' },
  INTEGRATION_TIMEOUT: { status: 504, errorType: 'InternalServerErrorException', layer: 'engine' },
  INVALID_API_KEY: { status: 403, errorType: 'ForbiddenException', layer: 'front' },
  INVALID_SIGNATURE: { status: 403, errorType: 'InvalidSignatureException', layer: 'front' },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, errorType: 'MissingAuthenticationTokenException', layer: 'front' },
  QUOTA_EXCEEDED: { status: 429, errorType: 'LimitExceededException', layer: 'front' },
  REQUEST_TOO_LARGE: { status: 413, errorType: 'RequestEntityTooLargeException', layer: 'front' },
  RESOURCE_NOT_FOUND: { status: 404, errorType: 'ResourceNotFoundException', layer: 'front' },
  THROTTLED: { status: 429, errorType: 'TooManyRequestsException', layer: 'front' },
  UNAUTHORIZED: { status: 401, errorType: 'UnauthorizedException', layer: 'front' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, errorType: 'BadRequestException', layer: 'engine' },
  WAF_FILTERED: { status: 403, errorType: 'ForbiddenException', layer: 'front' },
} as const satisfies Readonly<Record<string, ErrorAnswer>>

export type GatewayResponseType = keyof typeof gatewayResponses

export interface GatewayErrorOptions extends ErrorOptions {
  /** For our log alone: what went wrong, in AWS's execution-log words where they are known. */
  readonly detail?: string
  /** For the two defaults: the error's own status and type. */
  readonly status?: number
  readonly errorType?: string
  /** Who answers, where it is not who answers errors of the type. */
  readonly layer?: ErrorAnswer['layer']
  /** `$context.error.validationErrorString`: what a request validator found. */
  readonly validationError?: string
  /** `WWW-Authenticate` of an HTTP API's answer: how the caller could have authenticated. */
  readonly challenge?: string
  /** Further header lines of the answer, flat. */
  readonly headers?: readonly string[]
}

/**
 * Ends an invocation. `message` reaches the caller; `validationError` does where the API's gateway responses show it;
 * `detail` and `cause` reach only the log.
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly type: GatewayResponseType
  readonly status: number
  readonly errorType: string
  readonly layer: ErrorAnswer['layer']
  readonly detail: string | undefined
  readonly validationError: string | undefined
  readonly challenge: string | undefined
  readonly headers: readonly string[]

  constructor(type: GatewayResponseType, message: string, options: GatewayErrorOptions = {}) {
    super(message, options)
    this.type = type
    this.status = options.status ?? gatewayResponses[type].status
    this.errorType = options.errorType ?? gatewayResponses[type].errorType
    this.layer = options.layer ?? gatewayResponses[type].layer
    this.detail = options.detail
    this.validationError = options.validationError
    this.challenge = options.challenge
    this.headers = options.headers ?? []
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
