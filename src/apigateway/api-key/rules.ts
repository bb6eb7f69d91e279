import { badRequest } from '../refusal.ts'
import type { ApiKeyRecord } from './api-key.ts'

/** Documented, in characters. */
const minValueLength = 20
const maxValueLength = 128
const maxNameLength = 1024
/** Observed. */
const maxDescriptionLength = 125_000

/** @throws {ServiceError} `BadRequestException` for a value that is too short or too long. */
export function checkApiKeyValue(value: string): void {
  if (value.length > maxValueLength) {
    throw badRequest(`API Key value exceeds maximum size of ${maxValueLength} characters`)
  }
  if (value.length < minValueLength) {
    throw badRequest(`API Key value should be at least ${minValueLength} characters`)
  }
}

/** @throws {ServiceError} `BadRequestException` for a name or a description that is too long. */
export function checkApiKey({ name = '', description = '' }: Pick<ApiKeyRecord, 'name' | 'description'>): void {
  if (name.length > maxNameLength) {
    throw badRequest(`Invalid API Key name, can be at most ${maxNameLength} characters.`)
  }
  if (description.length > maxDescriptionLength) throw badRequest('Invalid API Key description specified.')
}
