import { scopeOf } from '../../wire/operation.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { notFound } from '../refusal.ts'
import { requireRestApi } from '../rest-api/rest-api.ts'
import { models } from './model.ts'

/** Reads models. */
export function modelOperations({ store }: Dependencies) {
  return {
    // `flatten` inlines references to other models, and the models that an API is born with have none.
    async GetModel({ restApiId, modelName }, caller) {
      const model = await store.read((reader) => reader.get(models, scopeOf(caller), `${restApiId}/${modelName}`))
      if (!model) throw notFound(`Invalid model name specified: ${modelName}`)
      return model
    },

    async GetModels({ restApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireRestApi(reader, caller, restApiId)
        const entries = await reader.list(models, scopeOf(caller), { prefix: `${restApiId}/` })
        const found = entries.map(({ document }) => document)
        return page(found, ({ name }) => name, request)
      })
    },
  } satisfies Partial<RestOperations>
}
