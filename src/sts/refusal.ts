import { ServiceError } from '../wire/service-error.ts'

/** 403: observed text. What a role is not trusted with and what does not exist look alike. */
export function notAuthorized(callerArn: string, action: string, resource: string): ServiceError {
  return accessDenied(`User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource}`)
}

export function accessDenied(message: string): ServiceError {
  return new ServiceError('AccessDenied', message, { status: 403 })
}

/** 400: values that do not go together. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', message, { status: 400 })
}

/** 501 for each given parameter that is not built: a request must not be answered as if it had not said so. */
export function refuseParameters(operation: string, given: Readonly<Record<string, unknown>>): void {
  const [unbuilt] = Object.entries(given).find(([, value]) => value !== undefined) ?? []
  if (unbuilt === undefined) return
  const message = `The parameter ${unbuilt} of ${operation} is not implemented.`
  throw new ServiceError('NotImplementedException', message, { status: 501 })
}
