import type { Tag } from '@aws-sdk/client-iam'
import { invalidInput, limitExceeded } from '../refusal.ts'

/** A tag as it is stored. */
export interface TagRecord {
  /** Its case is kept, but two keys that differ in case only are one (documented). */
  readonly key: string
  readonly value: string
}

/** Documented. */
const maxTags = 50

/** @throws {ServiceError} `InvalidInput` for a key that is given twice. */
export function readTags(tags: readonly Tag[] = []): TagRecord[] {
  const seen = new Set<string>()
  return tags.map(({ Key: key = '', Value: value = '' }) => {
    const folded = key.toLowerCase()
    if (seen.has(folded)) {
      throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
    }
    if (folded.startsWith('aws:')) {
      throw invalidInput('aws: prefixed tag key names are not allowed for external use.')
    }
    seen.add(folded)
    return { key, value }
  })
}

/**
 * Adds tags to others; equal keys get the new value.
 * @throws {ServiceError} `LimitExceeded` when there are more than 50 then.
 */
export function withTags(tags: readonly TagRecord[], given: readonly Tag[]): TagRecord[] {
  const added = readTags(given)
  const merged = [
    ...withoutTags(
      tags,
      added.map(({ key }) => key),
    ),
    ...added,
  ]
  if (merged.length > maxTags) throw limitExceeded('The number of tags has reached the maximum limit.')
  return merged
}

export function withoutTags(tags: readonly TagRecord[], keys: readonly string[]): TagRecord[] {
  const gone = new Set(keys.map((key) => key.toLowerCase()))
  return tags.filter(({ key }) => !gone.has(key.toLowerCase()))
}

export function presentTags(tags: readonly TagRecord[]): Tag[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }))
}
