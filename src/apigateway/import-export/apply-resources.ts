import type { ResourceDefinition } from '../../openapi/rest/definition.ts'
import { insertNew } from '../insert-new.ts'
import { methods } from '../method/method.ts'
import { notFound } from '../refusal.ts'
import { type ResourceRecord, resources, resourcesOf } from '../resource/resource.ts'
import { checkPlace, checkRoom, childPath } from '../resource/rules.ts'
import type { Application } from './application.ts'
import { attempt } from './import-errors.ts'

/** Makes the resource tree, and gives its resources by path; those that stay keep their ids. */
export async function applyResources(
  definitions: readonly ResourceDefinition[],
  application: Application,
): Promise<Map<string, ResourceRecord>> {
  const { transaction, scope, restApiId, overwrite, errors } = application
  const all = new Map((await resourcesOf(transaction, scope, restApiId)).map((resource) => [resource.path, resource]))
  const wanted = new Set(definitions.flatMap(({ path }) => ['/', ...lineage(path)]))
  for (const { id, path } of overwrite ? [...all.values()] : []) {
    if (wanted.has(path)) continue
    await transaction.delete(resources, scope, `${restApiId}/${id}`)
    await transaction.deletePrefix(methods, scope, `${restApiId}/${id}/`)
    all.delete(path)
  }
  const children = childrenById(all)
  for (const { path } of definitions) {
    await attempt(errors, `Unable to create resource at path '${path}'`, async () => {
      for (const step of lineage(path)) await ensure(step, all, children, application)
    })
  }
  return all
}

/** The paths from the root's child down to `path` itself. */
function lineage(path: string): string[] {
  const parts = path === '/' ? [] : path.slice(1).split('/')
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)
}

type Children = Map<string, ResourceRecord[]>

function childrenById(all: ReadonlyMap<string, ResourceRecord>): Children {
  const children: Children = new Map()
  for (const resource of all.values()) addChild(children, resource)
  return children
}

function addChild(children: Children, resource: ResourceRecord): void {
  const { parentId = '' } = resource
  const siblings = children.get(parentId)
  if (siblings) siblings.push(resource)
  else children.set(parentId, [resource])
}

async function ensure(path: string, all: Map<string, ResourceRecord>, children: Children, application: Application) {
  if (all.has(path)) return
  const { transaction, scope, restApiId, newId } = application
  const parent = all.get(path.slice(0, path.lastIndexOf('/')) || '/')
  if (!parent) throw notFound('Invalid Resource identifier specified')
  const pathPart = path.slice(path.lastIndexOf('/') + 1)
  checkPlace(pathPart, parent, children.get(parent.id) ?? [])
  checkRoom(all.size)
  const draft = { parentId: parent.id, pathPart, path: childPath(parent, pathPart) }
  const resource = await insertNew(transaction, resources, scope, restApiId, () => ({ id: newId(6), ...draft }))
  all.set(path, resource)
  addChild(children, resource)
}
