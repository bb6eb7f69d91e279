import type { AttachedPermissionsBoundary } from '@aws-sdk/client-iam'
import type { Store, Transaction } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import { addAttachment, removeAttachment } from '../managed-policy/attachments.ts'
import { findPolicy } from '../managed-policy/managed-policy.ts'
import { noSuchEntity } from '../refusal.ts'
import { iamScope } from '../scope.ts'
import { type EntityKind, type EntityRecord, loadEntity, saveEntity } from './entity.ts'

/** A user or a role. */
interface BoundedRecord extends EntityRecord {
  readonly permissionsBoundary?: string
}

/** The operations on permissions boundaries, which are alike for users and roles. */
export function permissionsBoundary<R extends BoundedRecord>(kind: EntityKind<R>, store: Store) {
  return {
    put: (name: string, policyArn: string, caller: Caller) =>
      store.write(async (transaction) => {
        const entity = await loadEntity(transaction, kind, caller, name)
        await unbind(transaction, kind, caller, entity)
        await bind(transaction, kind, caller, { ...entity, permissionsBoundary: policyArn })
        await saveEntity(transaction, kind, caller, { ...entity, permissionsBoundary: policyArn })
      }),

    delete: (name: string, caller: Caller) =>
      store.write(async (transaction) => {
        const entity = await loadEntity(transaction, kind, caller, name)
        if (entity.permissionsBoundary === undefined) {
          throw noSuchEntity(`${kind.title} ${name} does not have a permissions boundary`)
        }
        await unbind(transaction, kind, caller, entity)
        const { permissionsBoundary: _, ...unbound } = entity
        await transaction.put<EntityRecord>(kind.collection, iamScope(caller), entity.id, unbound)
        await kind.revise(transaction, iamScope(caller), entity.id)
      }),
  }
}

/**
 * Makes a policy know that it is an entity's boundary.
 * @throws {ServiceError} `NoSuchEntity` for a boundary that does not exist.
 */
export async function bind<R extends BoundedRecord>(
  transaction: Transaction,
  kind: EntityKind<R>,
  caller: Caller,
  { id, permissionsBoundary: arn }: BoundedRecord,
): Promise<void> {
  if (arn === undefined) return
  const policy = await findPolicy(transaction, caller, arn)
  if (!policy) throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`)
  const attachment = { usage: 'boundary', noun: kind.noun, entityId: id } as const
  await addAttachment(transaction, iamScope(caller), policy.id, attachment)
}

/** Makes a policy forget that it is an entity's boundary. */
export async function unbind<R extends BoundedRecord>(
  transaction: Transaction,
  kind: EntityKind<R>,
  caller: Caller,
  { id, permissionsBoundary: arn }: BoundedRecord,
): Promise<void> {
  const policy = arn === undefined ? undefined : await findPolicy(transaction, caller, arn)
  const attachment = { usage: 'boundary', noun: kind.noun, entityId: id } as const
  if (policy) await removeAttachment(transaction, iamScope(caller), policy.id, attachment)
}

export function presentBoundary({ permissionsBoundary: arn }: BoundedRecord): {
  PermissionsBoundary?: AttachedPermissionsBoundary
} {
  if (arn === undefined) return {}
  return {
    PermissionsBoundary: { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: arn },
  }
}
