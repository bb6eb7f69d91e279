import type { Reader } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import { type Page, type PageRequest, pageOf } from '../page.ts'
import { iamScope } from '../scope.ts'
import { type EntityKind, type EntityRecord, entityNames } from './entity.ts'

/** Reads one page of users, groups or roles, in the order of their names. */
export async function listEntities<R extends EntityRecord>(
  reader: Reader,
  kind: EntityKind<R>,
  caller: Caller,
  { PathPrefix = '/', ...request }: PageRequest & { readonly PathPrefix?: string },
): Promise<Page<R>> {
  const scope = iamScope(caller)
  return pageOf(reader, entityNames, scope, { ...request, prefix: `${kind.noun}/` }, async ({ id }) => {
    const entity = await reader.get(kind.collection, scope, id)
    return entity?.path.startsWith(PathPrefix) ? entity : undefined
  })
}
