import { ServiceError } from '../wire/service-error.ts'

/** 404: what an operation names does not exist. */
export function noSuchEntity(message: string): ServiceError {
  return new ServiceError('NoSuchEntityException', message)
}

/** 409: the name is taken. */
export function alreadyExists(message: string): ServiceError {
  return new ServiceError('EntityAlreadyExistsException', message)
}

/** 409: something else has to go first. */
export function deleteConflict(message: string): ServiceError {
  return new ServiceError('DeleteConflictException', message)
}

/** 409: observed text `Cannot exceed quota for {quota}: {limit}`. */
export function quotaExceeded(quota: string, limit: number): ServiceError {
  return limitExceeded(`Cannot exceed quota for ${quota}: ${limit}`)
}

/** 409. */
export function limitExceeded(message: string): ServiceError {
  return new ServiceError('LimitExceededException', message)
}

/** 400: a value that fits the model, but not what it is for. */
export function invalidInput(message: string): ServiceError {
  return new ServiceError('InvalidInputException', message)
}

/** 400: a value that does not fit the operation. */
export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationError', message, { status: 400 })
}
