import type { Reader, Transaction } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { applyPatch } from '../../wire/patch-operations.ts'
import type { Dependencies } from '../dependencies.ts'
import { insertNew } from '../insert-new.ts'
import { methods, methodsOf } from '../method/method.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { badRequest } from '../refusal.ts'
import { requireRestApi } from '../rest-api/rest-api.ts'
import { descendants, moveResource, resourcePatch } from './move-resource.ts'
import { presentResource, type ResourceRecord, requireResource, resources, resourcesOf } from './resource.ts'
import { checkPlace, checkRoom, childPath } from './rules.ts'

/** The tree of paths of an API. */
export function resourceOperations({ store, newId }: Dependencies) {
  return {
    async CreateResource({ restApiId, parentId, pathPart }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        await requireRestApi(transaction, caller, restApiId)
        const parent = await requireResource(transaction, scope, restApiId, parentId)
        const all = await resourcesOf(transaction, scope, restApiId)
        checkPlace(
          pathPart,
          parent,
          all.filter((resource) => resource.parentId === parentId),
        )
        checkRoom(all.length)
        const path = childPath(parent, pathPart)
        return insertNew(transaction, resources, scope, restApiId, () => ({ id: newId(6), parentId, pathPart, path }))
      })
    },

    async GetResource({ restApiId, resourceId, embed = [] }, caller) {
      const scope = scopeOf(caller)
      const embedMethods = embedsMethods(embed)
      return store.read(async (reader) => {
        const resource = await requireResource(reader, scope, restApiId, resourceId)
        return presentResource(resource, await methodsOf(reader, scope, restApiId, resourceId), embedMethods)
      })
    },

    async GetResources({ restApiId, embed = [], ...request }, caller) {
      const scope = scopeOf(caller)
      const embedMethods = embedsMethods(embed)
      return store.read(async (reader) => {
        await requireRestApi(reader, caller, restApiId)
        const { items, ...rest } = page(await resourcesOf(reader, scope, restApiId), ({ path }) => path, request)
        const shown = items.map(async (resource) =>
          presentResource(resource, await methodsOf(reader, scope, restApiId, resource.id), embedMethods),
        )
        return { items: await Promise.all(shown), ...rest }
      })
    },

    async UpdateResource({ restApiId, resourceId, patchOperations }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const stored = await requireResource(transaction, scope, restApiId, resourceId)
        const all = await resourcesOf(transaction, scope, restApiId)
        const patched = applyPatch(resourcePatch, stored, patchOperations)
        const changed = patched === stored ? [] : moveResource(all, patched)
        for (const resource of changed) {
          await transaction.put(resources, scope, `${restApiId}/${resource.id}`, resource)
        }
        return presentUpdated(transaction, scope, restApiId, changed[0] ?? stored)
      })
    },

    async DeleteResource({ restApiId, resourceId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const resource = await requireResource(transaction, scope, restApiId, resourceId)
        if (resource.parentId === undefined) throw badRequest('Root resource cannot be deleted.')
        const all = await resourcesOf(transaction, scope, restApiId)
        for (const { id } of [resource, ...descendants(all, resource)]) {
          await deleteOne(transaction, scope, `${restApiId}/${id}`)
        }
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

function embedsMethods(embed: readonly string[]): boolean {
  const unknown = embed.find((name) => name !== 'methods')
  if (unknown !== undefined) throw badRequest(`Invalid embed value specified: ${unknown}`)
  return embed.includes('methods')
}

async function presentUpdated(reader: Reader, scope: string, restApiId: string, resource: ResourceRecord) {
  return presentResource(resource, await methodsOf(reader, scope, restApiId, resource.id), false)
}

async function deleteOne(transaction: Transaction, scope: string, key: string): Promise<void> {
  await transaction.delete(resources, scope, key)
  await transaction.deletePrefix(methods, scope, `${key}/`)
}
