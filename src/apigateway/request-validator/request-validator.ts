import { collection, type Reader } from '../../storage/store.ts'
import { notFound } from '../refusal.ts'

/** Which parts of a request are validated before the backend is called. */
export interface RequestValidatorRecord {
  readonly id: string
  readonly name: string
  readonly validateRequestBody: boolean
  readonly validateRequestParameters: boolean
}

/** By `{restApiId}/{requestValidatorId}`. A method may name only a validator that is here. */
export const requestValidators = collection<RequestValidatorRecord>('rest-request-validator')

/**
 * Finds a validator.
 * @throws {ServiceError} `NotFoundException`. Observed: an unknown API is refused in the same words.
 */
export async function requireRequestValidator(
  reader: Reader,
  scope: string,
  restApiId: string,
  requestValidatorId: string,
): Promise<RequestValidatorRecord> {
  const validator = await reader.get(requestValidators, scope, `${restApiId}/${requestValidatorId}`)
  if (!validator) throw notFound('Invalid Request Validator identifier specified')
  return validator
}

/** The validators of an API, by id. */
export async function requestValidatorsOf(
  reader: Reader,
  scope: string,
  restApiId: string,
): Promise<RequestValidatorRecord[]> {
  const entries = await reader.list(requestValidators, scope, { prefix: `${restApiId}/` })
  return entries.map(({ document }) => document)
}
