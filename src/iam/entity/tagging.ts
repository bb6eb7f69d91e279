import type { Tag } from '@aws-sdk/client-iam'
import type { Store } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import { type PageRequest, page } from '../page.ts'
import { presentTags, type TagRecord, withoutTags, withTags } from '../tag/tags.ts'
import { type EntityKind, type EntityRecord, loadEntity, saveEntity } from './entity.ts'

interface TaggedRecord extends EntityRecord {
  readonly tags: readonly TagRecord[]
}

/** The operations on tags, which are alike for users and roles. */
export function tagging<R extends TaggedRecord>(kind: EntityKind<R>, store: Store) {
  return {
    tag: (name: string, tags: readonly Tag[], caller: Caller) =>
      store.write(async (transaction) => {
        const entity = await loadEntity(transaction, kind, caller, name)
        await saveEntity(transaction, kind, caller, { ...entity, tags: withTags(entity.tags, tags) })
      }),

    untag: (name: string, keys: readonly string[], caller: Caller) =>
      store.write(async (transaction) => {
        const entity = await loadEntity(transaction, kind, caller, name)
        await saveEntity(transaction, kind, caller, { ...entity, tags: withoutTags(entity.tags, keys) })
      }),

    list: (name: string, request: PageRequest, caller: Caller) =>
      store.read(async (reader) => {
        const { tags } = await loadEntity(reader, kind, caller, name)
        const sorted = tags.toSorted((a, b) => (a.key < b.key ? -1 : 1))
        const { items, position } = page(sorted, ({ key }) => key, request)
        return { Tags: presentTags(items), ...position }
      }),
  }
}
