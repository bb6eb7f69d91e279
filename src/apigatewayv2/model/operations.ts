import { maxModels } from '../../apigateway/model/operations.ts'
import { isJsonModel } from '../../apigateway/model/rules.ts'
import { parseSchema } from '../../apigateway/model/schema.ts'
import { sampleTemplate } from '../../apigateway/model/template.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import { scopeOf } from '../../wire/operation.ts'
import { requireApi } from '../api/api.ts'
import type { HttpDependencies } from '../dependencies.ts'
import { insertChild } from '../insert-child.ts'
import { merged } from '../merge.ts'
import type { HttpOperations } from '../operations.ts'
import { documentsOf, listPage } from '../paging.ts'
import { refuseOneTooMany } from '../too-many.ts'
import { type ModelRecord, models, requireModel } from './model.ts'
import { checkModel } from './rules.ts'

/** Shapes of bodies: records, as nothing validates by them. */
export function modelOperations({ store, newId }: Pick<HttpDependencies, 'store' | 'newId'>) {
  return {
    async CreateModel({ ApiId, ...settings }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        await requireApi(transaction, caller, ApiId)
        const { length } = await documentsOf(transaction, models, scope, `${ApiId}/`)
        const model = await insertChild(
          transaction,
          models,
          scope,
          ApiId,
          () => newId(6),
          (ModelId) =>
            merged<ModelRecord>({ ModelId, ContentType: 'application/json', Name: '', Schema: '' }, settings),
        )
        await checkModel(transaction, scope, ApiId, model)
        refuseOneTooMany(length, maxModels, 'Models')
        return model
      })
    },

    async GetModel({ ApiId, ModelId }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        return requireModel(reader, scopeOf(caller), ApiId, ModelId)
      })
    },

    async GetModels({ ApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        const all = await documentsOf(reader, models, scopeOf(caller), `${ApiId}/`)
        return listPage(all, ({ ModelId }) => ModelId, request)
      })
    },

    async GetModelTemplate({ ApiId, ModelId }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        const { Schema, ContentType, Name } = await requireModel(reader, scopeOf(caller), ApiId, ModelId)
        const schema = isJsonModel({ contentType: ContentType }) ? parseSchema(Schema) : undefined
        if (!schema) throw badRequest(`Unable to generate a template for model ${Name}: it has no JSON schema`)
        return { Value: sampleTemplate(schema) }
      })
    },

    async UpdateModel({ ApiId, ModelId, ...settings }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        await requireApi(transaction, caller, ApiId)
        const stored = await requireModel(transaction, scope, ApiId, ModelId)
        const model = merged<ModelRecord>(stored, settings)
        await checkModel(transaction, scope, ApiId, model)
        await transaction.put(models, scope, `${ApiId}/${ModelId}`, model)
        return model
      })
    },

    async DeleteModel({ ApiId, ModelId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireApi(transaction, caller, ApiId)
        await requireModel(transaction, scope, ApiId, ModelId)
        await transaction.delete(models, scope, `${ApiId}/${ModelId}`)
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}
