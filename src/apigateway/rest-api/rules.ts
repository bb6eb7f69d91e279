import { parseJsonObject } from '../../openapi/json.ts'
import { badRequest } from '../refusal.ts'
import { checkEndpoint } from './endpoint-configuration.ts'
import type { RestApiRecord } from './rest-api.ts'

/** Documented: bytes. */
const maxCompressionSize = 10_485_760

/** What a patch says about a compression size that is not a number, and a check about one out of range. */
export const invalidCompressionSize = `Invalid minimum compression size, must be between 0 and ${maxCompressionSize}`

const invalidPolicy = 'Invalid policy document. Please check the policy syntax and ensure that Principals are valid.'

/** @throws {ServiceError} `BadRequestException` for a setting that the service does not take, in the service's own order. */
export function checkedRestApi(api: RestApiRecord): RestApiRecord {
  const { name, description, minimumCompressionSize: size, policy, endpointConfiguration } = api
  if (name === '') throw badRequest('Name cannot be an empty string')
  if (description === '') throw badRequest('Description cannot be an empty string')
  if (size !== undefined && !(Number.isInteger(size) && size >= 0 && size <= maxCompressionSize)) {
    throw badRequest(invalidCompressionSize)
  }
  checkEndpoint(endpointConfiguration)
  if (policy !== undefined && !parseJsonObject(policy)) throw badRequest(invalidPolicy)
  return api
}
