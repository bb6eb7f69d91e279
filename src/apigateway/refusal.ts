import { ServiceError } from '../wire/service-error.ts'

/** 400: the request makes no sense to the service. */
export function badRequest(message: string): ServiceError {
  return new ServiceError('BadRequestException', message)
}

/** 404: an id names nothing. */
export function notFound(message: string): ServiceError {
  return new ServiceError('NotFoundException', message)
}

/** 409: a duplicate, or something is still referenced. */
export function conflict(message: string): ServiceError {
  return new ServiceError('ConflictException', message)
}

/** 429: a quota on the number of things. */
export function limitExceeded(message: string): ServiceError {
  return new ServiceError('LimitExceededException', message)
}
