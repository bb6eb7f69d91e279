import { badRequest } from '../refusal.ts'

/** Tags of one resource. */
export type Tags = Readonly<Record<string, string>>

/** Documented: at most 50 tags a resource, keys of 1 to 128 characters and values of at most 256. */
const maxTags = 50
const maxKeyLength = 128
const maxValueLength = 256

/**
 * Gives tags back when the service takes them.
 * @throws {ServiceError} `BadRequestException` for too many tags, or one that is too long or reserved.
 */
export function checkedTags(tags: Tags = {}): Record<string, string> {
  if (Object.keys(tags).length > maxTags) throw badRequest(`A resource cannot have more than ${maxTags} tags`)
  for (const [key, value] of Object.entries(tags)) {
    if (key.length < 1 || key.length > maxKeyLength) throw badRequest(`Invalid tag key: ${key}`)
    if (key.toLowerCase().startsWith('aws:')) throw badRequest(`Tag keys that start with aws: are reserved: ${key}`)
    if (value.length > maxValueLength) throw badRequest(`Invalid value of tag ${key}`)
  }
  return { ...tags }
}
