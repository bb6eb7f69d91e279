import type { Reader } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { optionalText, text } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { badRequest, conflict, limitExceeded } from '../refusal.ts'
import { requireRestApi } from '../rest-api/rest-api.ts'
import { flatten } from './flatten.ts'
import { checkUnused } from './in-use.ts'
import { type ModelRecord, models, modelsOf, requireModel } from './model.ts'
import { checkModel, isJsonModel } from './rules.ts'
import { parseSchema } from './schema.ts'
import { sampleTemplate } from './template.ts'

/** Documented quota of one API. */
export const maxModels = 400

/** What `UpdateModel` accepts. */
const modelPatch: PatchTable<ModelRecord> = {
  refuse: strictPaths,
  rules: [optionalText('/description', 'description'), text('/schema', 'schema')],
}

/** Shapes of bodies. */
export function modelOperations({ store, newId }: Dependencies) {
  return {
    async CreateModel({ restApiId, schema = '', ...settings }, caller) {
      const scope = scopeOf(caller)
      const model = { ...settings, schema, id: newId(6) }
      return store.write(async (transaction) => {
        await requireRestApi(transaction, caller, restApiId)
        await checkModel(transaction, scope, restApiId, model)
        const { length } = await modelsOf(transaction, scope, restApiId)
        if (!(await transaction.insert(models, scope, `${restApiId}/${model.name}`, model))) {
          throw conflict('Model name already exists for this REST API')
        }
        if (length >= maxModels) throw limitExceeded('Maximum number of Models for this API has been reached.')
        return model
      })
    },

    async GetModel({ restApiId, modelName, flatten: flat = false }, caller) {
      const scope = scopeOf(caller)
      return store.read(async (reader) => {
        const model = await requireModel(reader, scope, restApiId, modelName)
        return flat ? { ...model, schema: await flatSchema(reader, scope, restApiId, model) } : model
      })
    },

    async GetModels({ restApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireRestApi(reader, caller, restApiId)
        return page(await modelsOf(reader, scopeOf(caller), restApiId), ({ name }) => name, request)
      })
    },

    async GetModelTemplate({ restApiId, modelName }, caller) {
      const scope = scopeOf(caller)
      return store.read(async (reader) => {
        const model = await requireModel(reader, scope, restApiId, modelName)
        const text = await flatSchema(reader, scope, restApiId, model)
        const schema = isJsonModel(model) ? parseSchema(text) : undefined
        if (!schema) throw badRequest(`Unable to generate a template for model ${modelName}: it has no JSON schema`)
        return { value: sampleTemplate(schema) }
      })
    },

    async UpdateModel({ restApiId, modelName, patchOperations }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const stored = await requireModel(transaction, scope, restApiId, modelName)
        const model = applyPatch(modelPatch, stored, patchOperations)
        await checkModel(transaction, scope, restApiId, model)
        await transaction.put(models, scope, `${restApiId}/${modelName}`, model)
        return model
      })
    },

    async DeleteModel({ restApiId, modelName }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireModel(transaction, scope, restApiId, modelName)
        await checkUnused(transaction, scope, restApiId, modelName)
        await transaction.delete(models, scope, `${restApiId}/${modelName}`)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

function flatSchema(reader: Reader, scope: string, restApiId: string, model: ModelRecord): Promise<string> {
  return flatten(restApiId, model, (name) => reader.get(models, scope, `${restApiId}/${name}`))
}
