import type { Tag } from '@aws-sdk/client-sts'
import type { SessionRecord } from '../../iam/access-key/access-key.ts'
import type { TagRecord } from '../../iam/tag/tags.ts'
import { invalidParameter } from '../refusal.ts'

/** The tags of a session, with those that sessions opened by it take over. */
export type SessionTags = Pick<SessionRecord, 'tags' | 'transitiveTagKeys'>

/**
 * Joins the tags that are given for a session with the transitive ones of the session that opens it.
 * @throws {ServiceError} `InvalidParameterValue`
 */
export function sessionTags(
  given: readonly Tag[],
  transitiveKeys: readonly string[],
  opener: SessionTags | undefined,
): SessionTags {
  const tags = given.map(({ Key: key = '', Value: value = '' }): TagRecord => ({ key, value }))
  const keys = tags.map(({ key }) => key.toLowerCase())
  if (new Set(keys).size < keys.length) {
    throw invalidParameter('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  if (transitiveKeys.some((key) => !keys.includes(key.toLowerCase()))) {
    throw invalidParameter('The specified transitive tag key must be included in the requested tags.')
  }
  const inherited = inheritedTags(opener)
  if (inherited.some(({ key }) => keys.includes(key.toLowerCase()))) {
    throw invalidParameter(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    )
  }
  return {
    tags: [...inherited, ...tags],
    transitiveTagKeys: [...inherited.map(({ key }) => key), ...transitiveKeys],
  }
}

function inheritedTags(opener: SessionTags | undefined): readonly TagRecord[] {
  const transitive = new Set(opener?.transitiveTagKeys.map((key) => key.toLowerCase()))
  return opener?.tags.filter(({ key }) => transitive.has(key.toLowerCase())) ?? []
}
