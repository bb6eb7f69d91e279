import { invalidParameter } from '../error.ts'

/** Tags on one function (documented). */
const maxTags = 50
const maxKeyLength = 128
const maxValueLength = 256

/** @throws {ServiceError} `InvalidParameterValueException` for tags that a function cannot bear. */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  const entries = Object.entries(tags)
  if (entries.length > maxTags) throw invalidParameter('Number of tags exceeds resource tag limit.')
  for (const [key, value] of entries) {
    if (key === '' || key.length > maxKeyLength) {
      throw invalidParameter(`Tag keys must have 1 to ${maxKeyLength} characters: ${key}`)
    }
    if (value.length > maxValueLength) {
      throw invalidParameter(`Tag values must have at most ${maxValueLength} characters: ${key}`)
    }
    if (key.toLowerCase().startsWith('aws:')) {
      throw invalidParameter(`Tag keys that begin with aws: are reserved for AWS use: ${key}`)
    }
  }
}
