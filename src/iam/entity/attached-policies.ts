import type { Store } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import { addAttachment, removeAttachment } from '../managed-policy/attachments.ts'
import { findPolicy } from '../managed-policy/managed-policy.ts'
import { type PageRequest, page } from '../page.ts'
import { noSuchEntity, quotaExceeded } from '../refusal.ts'
import { iamScope } from '../scope.ts'
import { type EntityKind, type EntityRecord, loadEntity, saveEntity } from './entity.ts'

/** Documented: the quota that cannot be raised further. */
const maxAttached = 20

/** The operations on attached managed policies, which are alike for users, groups and roles. */
export function attachedPolicies<R extends EntityRecord>(kind: EntityKind<R>, store: Store) {
  return {
    /** Attaching twice changes nothing. */
    attach: (name: string, policyArn: string, caller: Caller) =>
      store.write(async (transaction) => {
        const entity = await loadEntity(transaction, kind, caller, name)
        const policy = await findPolicy(transaction, caller, policyArn)
        if (!policy) throw noSuchEntity(`Policy ${policyArn} does not exist or is not attachable.`)
        if (entity.attachedPolicies.includes(policyArn)) return {}
        if (entity.attachedPolicies.length >= maxAttached) throw quotaExceeded(`PoliciesPer${kind.title}`, maxAttached)
        const attached = [...entity.attachedPolicies, policyArn]
        await saveEntity(transaction, kind, caller, { ...entity, attachedPolicies: attached })
        const attachment = { usage: 'policy', noun: kind.noun, entityId: entity.id } as const
        await addAttachment(transaction, iamScope(caller), policy.id, attachment)
        return {}
      }),

    detach: (name: string, policyArn: string, caller: Caller) =>
      store.write(async (transaction) => {
        const entity = await loadEntity(transaction, kind, caller, name)
        const policy = await findPolicy(transaction, caller, policyArn)
        if (!policy || !entity.attachedPolicies.includes(policyArn)) {
          throw noSuchEntity(`Policy ${policyArn} was not found.`)
        }
        const attached = entity.attachedPolicies.filter((arn) => arn !== policyArn)
        await saveEntity(transaction, kind, caller, { ...entity, attachedPolicies: attached })
        const attachment = { usage: 'policy', noun: kind.noun, entityId: entity.id } as const
        await removeAttachment(transaction, iamScope(caller), policy.id, attachment)
        return {}
      }),

    list: (name: string, { PathPrefix = '/', ...request }: PageRequest & { PathPrefix?: string }, caller: Caller) =>
      store.read(async (reader) => {
        const { attachedPolicies: arns } = await loadEntity(reader, kind, caller, name)
        const policies = await Promise.all(arns.map((arn) => findPolicy(reader, caller, arn)))
        const shown = policies
          .flatMap((policy) => (policy?.path.startsWith(PathPrefix) ? [policy] : []))
          .map(({ name: policyName, arn }) => ({ PolicyName: policyName, PolicyArn: arn }))
          .sort((a, b) => (a.PolicyArn < b.PolicyArn ? -1 : 1))
        const { items, position } = page(shown, ({ PolicyArn }) => PolicyArn, request)
        return { AttachedPolicies: items, ...position }
      }),
  }
}
