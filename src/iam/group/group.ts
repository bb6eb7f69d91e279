import { collection, type Reader } from '../../storage/store.ts'
import type { EntityKind, EntityRecord } from '../entity/entity.ts'
import { revisePrincipal } from '../publication/topic.ts'

/** A group as it is stored: no more than every entity has. */
export type GroupRecord = EntityRecord

/** Which users are in a group: `{group id}/{user id}`. */
export const memberships = collection<Record<never, never>>('iam-membership')

export const groups: EntityKind<GroupRecord> = {
  noun: 'group',
  title: 'Group',
  idPrefix: 'AGPA',
  collection: collection<GroupRecord>('iam-group'),
  maxInlineSize: 5_120,
  /** What a group may do, its members may do. */
  async revise(transaction, scope, id) {
    for (const userId of await memberIds(transaction, scope, id)) await revisePrincipal(transaction, scope, userId)
  },
}

/** The ids of the users in a group. */
export async function memberIds(reader: Reader, scope: string, groupId: string): Promise<string[]> {
  const entries = await reader.list(memberships, scope, { prefix: `${groupId}/` })
  return entries.map(({ key }) => key.slice(groupId.length + 1))
}
