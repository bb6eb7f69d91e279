import { ServiceError } from '../wire/service-error.ts'

/** Lambda marks an error that the caller can mend with `Type: User`. */
const members = { Type: 'User' }

/** 400: a value that is wrong in itself, or that cannot take effect here. */
export function invalidParameter(message: string, options: ErrorOptions = {}): ServiceError {
  return new ServiceError('InvalidParameterValueException', message, { ...options, members })
}

/** 400: a value outside its member's constraints, in the words of the service's model. */
export function failedConstraint(member: string, value: string | number, constraint: string): ServiceError {
  return new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
    { status: 400 },
  )
}

/** 404 */
export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message, { members })
}

/** 404 for a function, version or alias that a request names. */
export function functionNotFound(functionArn: string): ServiceError {
  return notFound(`Function not found: ${functionArn}`)
}

/** 409 */
export function conflict(message: string): ServiceError {
  return new ServiceError('ResourceConflictException', message, { members })
}

/** 413: a code package that is too large as sent. */
export function entityTooLarge(message: string): ServiceError {
  return new ServiceError('RequestEntityTooLargeException', message, { members })
}

/**
 * Refuses a change that was made against an older state.
 * @throws {ServiceError} `PreconditionFailedException` 412 when a revision is given and is not the latest.
 */
export function checkRevision(given: string | undefined, latest: string): void {
  if (given === undefined || given === latest) return
  throw new ServiceError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. ' +
      'Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    { members },
  )
}
