import type { Store, Transaction } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import { invalidParameter } from '../error.ts'
import { type LoadedFunction, loadFunction } from '../function/load.ts'
import { readFunctionName } from '../function/name.ts'
import { saveFunction, saveVersion } from '../function/save.ts'
import type { LambdaOperations } from '../operations.ts'
import { checkTags } from './tags.ts'

export function tagOperations({ store, newUuid }: { readonly store: Store; readonly newUuid: () => string }) {
  /** Tags belong to the function as a whole; changing them renews the revision id of `$LATEST` (observed). */
  async function saveTags(
    transaction: Transaction,
    caller: Caller,
    { fn, latest }: LoadedFunction,
    tags: Readonly<Record<string, string>>,
  ): Promise<void> {
    checkTags(tags)
    await saveFunction(transaction, caller, { ...fn, tags })
    await saveVersion(transaction, caller, { ...latest, revisionId: newUuid() }, latest)
  }

  return {
    async TagResource(input, caller) {
      const name = readTaggable(input.Resource, caller)
      const { Tags: added } = input
      if (Object.keys(added).length === 0) {
        throw invalidParameter('An error occurred and the request cannot be processed.')
      }
      await store.write(async (transaction) => {
        const loaded = await loadFunction(transaction, caller, name)
        await saveTags(transaction, caller, loaded, { ...loaded.fn.tags, ...added })
      })
      return {}
    },

    async UntagResource(input, caller) {
      const name = readTaggable(input.Resource, caller)
      await store.write(async (transaction) => {
        const loaded = await loadFunction(transaction, caller, name)
        const left = Object.entries(loaded.fn.tags).filter(([key]) => !input.TagKeys.includes(key))
        await saveTags(transaction, caller, loaded, Object.fromEntries(left))
      })
      return {}
    },

    async ListTags(input, caller) {
      const name = readTaggable(input.Resource, caller)
      const { fn } = await store.read((reader) => loadFunction(reader, caller, name))
      return { Tags: fn.tags }
    },
  } satisfies Partial<LambdaOperations>
}

/** @throws {ServiceError} `InvalidParameterValueException` for a version or an alias. */
function readTaggable(arn: string, caller: Caller): string {
  const { name, qualifier } = readFunctionName(arn, undefined, caller)
  if (qualifier === undefined) return name
  throw invalidParameter('Tags on function aliases and versions are not supported. Please specify a function ARN.')
}
