import type { Transaction } from '../../storage/store.ts'
import { type MethodRecord, methods } from '../method/method.ts'
import { models } from '../model/model.ts'
import { resources, resourcesOf } from '../resource/resource.ts'
import type { RestApiRecord } from './rest-api.ts'

/** Draws ids of the asked length. */
type NewId = (length: number) => string
/** The ids of the copied resources by those of their originals. */
type ResourceIds = ReadonlyMap<string, string>

/** The settings that a clone takes over unless it is given others: all but name and tags, and what is made anew. */
export function clonedSettings(source: RestApiRecord) {
  const { id: _id, name: _name, createdDate: _date, rootResourceId: _root, tags: _tags, ...settings } = source
  return settings
}

/** Copies models, resources and methods of one API to another that has none; the copies get ids of their own. */
export async function copyDefinition(
  transaction: Transaction,
  scope: string,
  source: RestApiRecord,
  target: RestApiRecord,
  newId: NewId,
): Promise<void> {
  const prefix = `${source.id}/`
  for (const { document: model } of await transaction.list(models, scope, { prefix })) {
    await transaction.put(models, scope, `${target.id}/${model.name}`, { ...model, id: newId(6) })
  }
  const ids = await copyResources(transaction, scope, source, target, newId)
  for (const { key, document } of await transaction.list(methods, scope, { prefix })) {
    const [, resourceId = '', verb] = key.split('/')
    await transaction.put(methods, scope, `${target.id}/${ids.get(resourceId)}/${verb}`, copiedMethod(document, ids))
  }
}

async function copyResources(
  transaction: Transaction,
  scope: string,
  source: RestApiRecord,
  target: RestApiRecord,
  newId: NewId,
): Promise<ResourceIds> {
  const originals = await resourcesOf(transaction, scope, source.id)
  const children = originals.filter(({ parentId }) => parentId !== undefined)
  const drawn = new Set<string>()
  while (drawn.size < children.length) drawn.add(newId(6))
  const fresh = [...drawn]
  const ids = new Map([[source.rootResourceId, target.rootResourceId]])
  for (const [index, { id }] of children.entries()) ids.set(id, fresh[index] ?? id)
  for (const { id, parentId, ...rest } of originals) {
    const copy = {
      ...rest,
      id: ids.get(id) ?? id,
      ...(parentId !== undefined && { parentId: ids.get(parentId) ?? parentId }),
    }
    await transaction.put(resources, scope, `${target.id}/${copy.id}`, copy)
  }
  return ids
}

/** A cache namespace that is a resource's id, as it is by default, becomes the copy's id. */
function copiedMethod(method: MethodRecord, ids: ResourceIds): MethodRecord {
  const { methodIntegration: integration } = method
  if (!integration) return method
  const { cacheNamespace } = integration
  return { ...method, methodIntegration: { ...integration, cacheNamespace: ids.get(cacheNamespace) ?? cacheNamespace } }
}
