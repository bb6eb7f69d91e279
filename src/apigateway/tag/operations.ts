import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { requireTagged } from './tagged.ts'
import { checkedTags } from './tags.ts'

/** Tags of whatever an ARN of the service can name. */
export function tagOperations({ store }: Dependencies) {
  return {
    async TagResource({ resourceArn, tags }, caller) {
      await store.write(async (transaction) => {
        const tagged = await requireTagged(transaction, caller, resourceArn)
        await tagged.save(transaction, checkedTags({ ...tagged.tags, ...tags }))
      })
      return {}
    },

    async UntagResource({ resourceArn, tagKeys }, caller) {
      await store.write(async (transaction) => {
        const tagged = await requireTagged(transaction, caller, resourceArn)
        const left = Object.entries(tagged.tags).filter(([key]) => !tagKeys.includes(key))
        await tagged.save(transaction, Object.fromEntries(left))
      })
      return {}
    },

    // The service documents `limit` and `position` here as having no effect: a resource has 50 tags at most.
    async GetTags({ resourceArn }, caller) {
      const { tags } = await store.read((reader) => requireTagged(reader, caller, resourceArn))
      return { tags: { ...tags } }
    },
  } satisfies Partial<RestOperations>
}
