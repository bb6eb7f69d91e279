import type { Collection, Reader, Transaction } from '../../storage/store.ts'
import { collection } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import { alreadyExists, noSuchEntity } from '../refusal.ts'
import { iamArn, iamScope } from '../scope.ts'

/** What users, groups and roles have in common. */
export interface EntityRecord {
  /** Unique for ever, such as `AIDA…`. */
  readonly id: string
  readonly name: string
  /** Such as `/` or `/division/`. */
  readonly path: string
  readonly arn: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Documents by policy name. */
  readonly inlinePolicies: Readonly<Record<string, string>>
  /** ARNs of managed policies, in the order in which they were attached. */
  readonly attachedPolicies: readonly string[]
}

/** What tells users, groups and roles apart. */
export interface EntityKind<R extends EntityRecord> {
  readonly noun: 'user' | 'group' | 'role'
  readonly title: 'User' | 'Group' | 'Role'
  readonly idPrefix: string
  /** By id. */
  readonly collection: Collection<R>
  /** Documented: most characters of all its inline policies together, without white space. */
  readonly maxInlineSize: number
  /** Tells the data plane of a change. */
  revise(transaction: Transaction, scope: string, id: string): Promise<void>
}

/** Which entity a name is of: `{noun}/{name in lower case}`, for names that differ in case only are equal (documented). */
const names = collection<{ readonly id: string }>('iam-name')

/** Begins the record of a new entity. */
export function newEntity<R extends EntityRecord>(
  kind: EntityKind<R>,
  caller: Caller,
  given: { readonly name: string; readonly path?: string },
  { now, newId }: { readonly now: () => Date; readonly newId: (length: number) => string },
): EntityRecord {
  const { name, path = '/' } = given
  return {
    id: kind.idPrefix + newId(17),
    name,
    path,
    arn: iamArn(caller, `${kind.noun}${path}${name}`),
    createdAt: now().getTime(),
    inlinePolicies: {},
    attachedPolicies: [],
  }
}

export async function findEntity<R extends EntityRecord>(
  reader: Reader,
  kind: EntityKind<R>,
  { account }: Pick<Caller, 'account'>,
  name: string,
): Promise<R | undefined> {
  const scope = iamScope({ account })
  const named = await reader.get(names, scope, nameKey(kind, name))
  const entity = named && (await reader.get(kind.collection, scope, named.id))
  return entity?.name === name ? entity : undefined
}

/** @throws {ServiceError} `NoSuchEntity` */
export async function loadEntity<R extends EntityRecord>(
  reader: Reader,
  kind: EntityKind<R>,
  caller: Pick<Caller, 'account'>,
  name: string,
): Promise<R> {
  const entity = await findEntity(reader, kind, caller, name)
  if (!entity) throw noSuchEntity(`The ${kind.noun} with name ${name} cannot be found.`)
  return entity
}

/** @throws {ServiceError} `EntityAlreadyExists` */
export async function insertEntity<R extends EntityRecord>(
  transaction: Transaction,
  kind: EntityKind<R>,
  caller: Caller,
  entity: R,
): Promise<void> {
  await takeName(transaction, kind, caller, entity)
  await saveEntity(transaction, kind, caller, entity)
}

/** Replaces an entity whose name is still the same. */
export async function saveEntity<R extends EntityRecord>(
  transaction: Transaction,
  kind: EntityKind<R>,
  caller: Pick<Caller, 'account'>,
  entity: R,
): Promise<void> {
  const scope = iamScope(caller)
  await transaction.put(kind.collection, scope, entity.id, entity)
  await kind.revise(transaction, scope, entity.id)
}

/**
 * Gives an entity another name or path, and the ARN that goes with them; its id and all that hangs on it stay.
 * @throws {ServiceError} `EntityAlreadyExists`
 */
export async function renameEntity<R extends EntityRecord>(
  transaction: Transaction,
  kind: EntityKind<R>,
  caller: Caller,
  entity: R,
  { name = entity.name, path = entity.path }: { readonly name?: string; readonly path?: string },
): Promise<void> {
  const renamed = { ...entity, name, path, arn: iamArn(caller, `${kind.noun}${path}${name}`) }
  await transaction.delete(names, iamScope(caller), nameKey(kind, entity.name))
  await insertEntity(transaction, kind, caller, renamed)
}

export async function deleteEntity<R extends EntityRecord>(
  transaction: Transaction,
  kind: EntityKind<R>,
  caller: Caller,
  { id, name }: R,
): Promise<void> {
  const scope = iamScope(caller)
  await transaction.delete(names, scope, nameKey(kind, name))
  await transaction.delete(kind.collection, scope, id)
  await kind.revise(transaction, scope, id)
}

export { names as entityNames }

async function takeName<R extends EntityRecord>(
  transaction: Transaction,
  kind: EntityKind<R>,
  caller: Caller,
  { id, name }: R,
): Promise<void> {
  const isFree = await transaction.insert(names, iamScope(caller), nameKey(kind, name), { id })
  if (!isFree) throw alreadyExists(`${kind.title} with name ${name} already exists.`)
}

function nameKey({ noun }: { readonly noun: string }, name: string): string {
  return `${noun}/${name.toLowerCase()}`
}
