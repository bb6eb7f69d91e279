import { collection } from '../../storage/store.ts'
import type { EntityKind, EntityRecord } from '../entity/entity.ts'
import { revisePrincipal } from '../publication/topic.ts'
import type { TagRecord } from '../tag/tags.ts'

/** A user as it is stored. */
export interface UserRecord extends EntityRecord {
  readonly tags: readonly TagRecord[]
  /** ARN of the managed policy that limits all others. */
  readonly permissionsBoundary?: string
  /** In the order in which it joined them. */
  readonly groupIds: readonly string[]
  /** In the order of creation. */
  readonly accessKeyIds: readonly string[]
}

export const users: EntityKind<UserRecord> = {
  noun: 'user',
  title: 'User',
  idPrefix: 'AIDA',
  collection: collection<UserRecord>('iam-user'),
  maxInlineSize: 2_048,
  revise: revisePrincipal,
}
