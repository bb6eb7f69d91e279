import { scopeOf } from '../../wire/operation.ts'
import { applyPatch } from '../../wire/patch-operations.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { conflict } from '../refusal.ts'
import { requireResource } from '../resource/resource.ts'
import { methodKey, methods, putMethod, requireMethod } from './method.ts'
import { methodPatch, settled } from './patch.ts'
import { checkMethod } from './rules.ts'

/** The verbs of a resource. */
export function methodOperations({ store }: Dependencies) {
  return {
    async PutMethod({ restApiId, resourceId, httpMethod, apiKeyRequired = false, ...settings }, caller) {
      const scope = scopeOf(caller)
      const ids = { restApiId, resourceId, httpMethod }
      const method = settled({ ...settings, httpMethod, apiKeyRequired })
      return store.write(async (transaction) => {
        await requireResource(transaction, scope, restApiId, resourceId)
        await checkMethod(transaction, scope, restApiId, method)
        if (!(await transaction.insert(methods, scope, methodKey(ids), method))) {
          throw conflict('Method already exists for this resource')
        }
        return method
      })
    },

    async GetMethod(ids, caller) {
      return store.read((reader) => requireMethod(reader, scopeOf(caller), ids))
    },

    async UpdateMethod({ patchOperations, ...ids }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const stored = await requireMethod(transaction, scope, ids)
        const method = settled(applyPatch(methodPatch, stored, patchOperations))
        await checkMethod(transaction, scope, ids.restApiId, method)
        await putMethod(transaction, scope, ids, method)
        return method
      })
    },

    async DeleteMethod(ids, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireMethod(transaction, scope, ids)
        await transaction.delete(methods, scope, methodKey(ids))
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}
