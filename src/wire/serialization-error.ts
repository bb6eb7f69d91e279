import { ServiceError } from './service-error.ts'

/** 400 `SerializationException`: the request's form does not fit the model. */
export function serializationError(message: string): ServiceError {
  return new ServiceError('SerializationException', message, { status: 400 })
}
