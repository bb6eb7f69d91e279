import { collection, type Reader, type Transaction } from '../../storage/store.ts'
import type { EntityKind, EntityRecord } from '../entity/entity.ts'
import { groups } from '../group/group.ts'
import { roles } from '../role/role.ts'
import { users } from '../user/user.ts'

/** What a managed policy does for an entity. */
export type PolicyUsage = 'policy' | 'boundary'

/** An entity that has a managed policy. */
export interface Attachment {
  readonly usage: PolicyUsage
  readonly noun: EntityKind<EntityRecord>['noun']
  readonly entityId: string
}

/** `{policy id}/{usage}/{noun}/{entity id}`: who has a policy. What a policy is attached to knows it as well. */
const attachments = collection<Record<never, never>>('iam-attachment')

export async function addAttachment(
  transaction: Transaction,
  scope: string,
  policyId: string,
  attachment: Attachment,
): Promise<void> {
  await transaction.put(attachments, scope, keyOf(policyId, attachment), {})
}

export async function removeAttachment(
  transaction: Transaction,
  scope: string,
  policyId: string,
  attachment: Attachment,
): Promise<void> {
  await transaction.delete(attachments, scope, keyOf(policyId, attachment))
}

/** Everything that has a policy, in some way or in one only. */
export async function listAttachments(
  reader: Reader,
  scope: string,
  policyId: string,
  usage?: PolicyUsage,
): Promise<Attachment[]> {
  const prefix = usage === undefined ? `${policyId}/` : `${policyId}/${usage}/`
  const entries = await reader.list(attachments, scope, { prefix })
  return entries.map(({ key }) => parseKey(key))
}

/** Tells the data plane of everyone that has a policy. */
export async function reviseAttached(transaction: Transaction, scope: string, policyId: string): Promise<void> {
  const kinds = { user: users, group: groups, role: roles }
  for (const { noun, entityId } of await listAttachments(transaction, scope, policyId)) {
    await kinds[noun].revise(transaction, scope, entityId)
  }
}

function keyOf(policyId: string, { usage, noun, entityId }: Attachment): string {
  return `${policyId}/${usage}/${noun}/${entityId}`
}

function parseKey(key: string): Attachment {
  const [, usage, noun, entityId = ''] = key.split('/')
  const isNoun = noun === 'user' || noun === 'group' || noun === 'role'
  if ((usage !== 'policy' && usage !== 'boundary') || !isNoun) throw new Error(`${key} is no attachment`)
  return { usage, noun, entityId }
}
