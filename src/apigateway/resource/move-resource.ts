import { type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { text } from '../../wire/patch-rules.ts'
import { badRequest, notFound } from '../refusal.ts'
import type { ResourceRecord } from './resource.ts'
import { checkPlace, childPath } from './rules.ts'

/** What `UpdateResource` accepts. */
export const resourcePatch: PatchTable<ResourceRecord> = {
  refuse: strictPaths,
  rules: [{ ...text('/parentId', 'parentId') }, { ...text('/pathPart', 'pathPart') }],
}

/**
 * Renames a resource or hangs it below another parent, together with everything below it.
 *
 * @param all Every resource of the API, as stored.
 * @param moved The resource with its new `parentId` and `pathPart`.
 * @returns Each resource whose record changes, the moved one first.
 * @throws {ServiceError} `NotFoundException` for an unknown parent, `BadRequestException` for the root or a cycle, and
 *   what `checkPlace` refuses.
 */
export function moveResource(all: readonly ResourceRecord[], moved: ResourceRecord): ResourceRecord[] {
  const stored = all.find(({ id }) => id === moved.id)
  if (!stored) throw notFound('Invalid Resource identifier specified')
  const { parentId, pathPart } = moved
  if (stored.parentId === undefined || parentId === undefined || pathPart === undefined) throw rootStays(stored, moved)
  const parent = all.find(({ id }) => id === parentId)
  if (!parent) throw notFound('Invalid Resource identifier specified')
  const below = descendants(all, stored)
  if (parent.id === stored.id || below.includes(parent)) throw badRequest('Resources cannot be cyclical.')
  checkPlace(
    pathPart,
    parent,
    all.filter((resource) => resource.parentId === parentId && resource.id !== moved.id),
  )
  const path = childPath(parent, pathPart)
  const rebased = below.map((resource) => ({ ...resource, path: path + resource.path.slice(stored.path.length) }))
  return [{ ...moved, path }, ...rebased]
}

/** Everything below a resource, at any depth. */
export function descendants(all: readonly ResourceRecord[], resource: ResourceRecord): ResourceRecord[] {
  const prefix = resource.path === '/' ? '/' : `${resource.path}/`
  return all.filter(({ id, path }) => id !== resource.id && path.startsWith(prefix))
}

function rootStays(stored: ResourceRecord, moved: ResourceRecord): Error {
  const member = moved.pathPart === stored.pathPart ? 'parentId' : 'pathPart'
  return badRequest(`Root resource cannot update its ${member}.`)
}
