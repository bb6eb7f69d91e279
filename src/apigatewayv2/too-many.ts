import { ServiceError } from '../wire/service-error.ts'

/**
 * Keeps a quota of one API.
 *
 * @param count How many there are already.
 * @param kind Such as `Routes`.
 * @throws {ServiceError} 429 `TooManyRequestsException`, in the observed words.
 */
export function refuseOneTooMany(count: number, max: number, kind: string): void {
  if (count < max) return
  throw new ServiceError(
    'TooManyRequestsException',
    `Maximum number of ${kind} for this API has been reached.  Please contact AWS if you need additional ${kind}.`,
  )
}
