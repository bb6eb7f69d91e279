import { requireTagged } from '../../apigateway/tag/tagged.ts'
import { checkedTags } from '../../apigateway/tag/tags.ts'
import type { HttpDependencies } from '../dependencies.ts'
import type { HttpOperations } from '../operations.ts'
import { taggables } from './taggables.ts'

/** Tags of whatever an ARN of the service can name. */
export function tagOperations({ store }: Pick<HttpDependencies, 'store'>) {
  return {
    async TagResource({ ResourceArn, Tags }, caller) {
      await store.write(async (transaction) => {
        const tagged = await requireTagged(transaction, caller, ResourceArn, taggables)
        await tagged.save(transaction, checkedTags({ ...tagged.tags, ...Tags }))
      })
      return {}
    },

    async UntagResource({ ResourceArn, TagKeys }, caller) {
      await store.write(async (transaction) => {
        const tagged = await requireTagged(transaction, caller, ResourceArn, taggables)
        const left = Object.entries(tagged.tags).filter(([key]) => !TagKeys.includes(key))
        await tagged.save(transaction, Object.fromEntries(left))
      })
      return {}
    },

    async GetTags({ ResourceArn }, caller) {
      const { tags } = await store.read((reader) => requireTagged(reader, caller, ResourceArn, taggables))
      return { Tags: { ...tags } }
    },
  } satisfies Partial<HttpOperations>
}
