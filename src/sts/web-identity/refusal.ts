import { ServiceError } from '../../wire/service-error.ts'

/** 400: the token is none, is not of this provider, or was tampered with. */
export function invalidToken(message: string, cause?: unknown): ServiceError {
  return new ServiceError('InvalidIdentityTokenException', message, { cause })
}

/** 400: the token's time is over. */
export function expiredToken(message: string, cause?: unknown): ServiceError {
  return new ServiceError('ExpiredTokenException', message, { cause })
}

/** 400: the provider does not answer, or not with its keys. */
export function providerUnreachable(message: string, cause?: unknown): ServiceError {
  return new ServiceError('IDPCommunicationErrorException', message, { cause })
}
