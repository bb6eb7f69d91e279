import { type MethodRecord, methods } from '../method/method.ts'
import { resources, resourcesOf } from '../resource/resource.ts'
import { type Cloning, type CopiedChildren, type CopiedIds, copyChildren } from './clone-children.ts'
import type { RestApiRecord } from './rest-api.ts'

/** The settings that a clone takes over unless it is given others: all but name and tags, and what is made anew. */
export function clonedSettings(source: RestApiRecord) {
  const { id: _id, name: _name, createdDate: _date, rootResourceId: _root, tags: _tags, ...settings } = source
  return settings
}

/**
 * Copies the whole definition of one API to another that has none, and its documentation; the copies get ids of their own.
 * Deployments, stages and frozen documentation stay behind.
 */
export async function copyDefinition(
  { transaction, scope, newId }: Pick<Cloning, 'transaction' | 'scope' | 'newId'>,
  source: RestApiRecord,
  target: RestApiRecord,
): Promise<void> {
  const cloning = { transaction, scope, newId, sourceId: source.id, targetId: target.id }
  const children = await copyChildren(cloning)
  const ids = await copyResources(cloning, source, target)
  for (const { key, document } of await transaction.list(methods, scope, { prefix: `${source.id}/` })) {
    const [, resourceId = '', verb] = key.split('/')
    const copy = copiedMethod(document, ids, children)
    await transaction.put(methods, scope, `${target.id}/${ids.get(resourceId)}/${verb}`, copy)
  }
}

async function copyResources(
  { transaction, scope, newId }: Cloning,
  source: RestApiRecord,
  target: RestApiRecord,
): Promise<CopiedIds> {
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

/** Whatever the method names by id becomes its copy. A cache namespace is its resource's id by default. */
function copiedMethod(method: MethodRecord, ids: CopiedIds, children: CopiedChildren): MethodRecord {
  const { authorizerId, requestValidatorId, methodIntegration: integration } = method
  const authorizer = children.authorizers.get(authorizerId ?? '')
  const validator = children.requestValidators.get(requestValidatorId ?? '')
  const copy = {
    ...method,
    ...(authorizer !== undefined && { authorizerId: authorizer }),
    ...(validator !== undefined && { requestValidatorId: validator }),
  }
  if (!integration) return copy
  const { cacheNamespace } = integration
  return { ...copy, methodIntegration: { ...integration, cacheNamespace: ids.get(cacheNamespace) ?? cacheNamespace } }
}
