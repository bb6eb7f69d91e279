import { badRequest, conflict, limitExceeded } from '../refusal.ts'
import type { ResourceRecord } from './resource.ts'

/** Plain text, `{variable}`, or the greedy `{variable+}`. */
const pathPartForm = /^(?:[a-zA-Z0-9._:-]+|\{[a-zA-Z0-9._:-]+\+?\})$/
const invalidPathPart =
  "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end."

/**
 * Checks a place in the resource tree.
 *
 * @param siblings The resources that are below `parent` already, without the one that is to be placed.
 * @throws {ServiceError} `BadRequestException` for a malformed part, one below a greedy variable or a second variable;
 *   `ConflictException` for a name that a sibling has.
 */
export function checkPlace(pathPart: string, parent: ResourceRecord, siblings: readonly ResourceRecord[]): void {
  if (!pathPartForm.test(pathPart)) throw badRequest(invalidPathPart)
  if (isGreedy(parent.pathPart)) {
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`)
  }
  if (siblings.some((sibling) => sibling.pathPart === pathPart)) {
    throw conflict(`Another resource with the same parent already has this name: ${pathPart}`)
  }
  const variable = isVariable(pathPart) ? siblings.find((sibling) => isVariable(sibling.pathPart)) : undefined
  if (variable) {
    throw badRequest(
      `A sibling (${variable.pathPart}) of this resource already has a variable path part -- only one is allowed`,
    )
  }
}

/** Documented quota. The root is there without a create, and is not counted. */
const maxResources = 300

/** @throws {ServiceError} `LimitExceededException` when an API with so many resources, the root included, is full. */
export function checkRoom(count: number): void {
  if (count > maxResources) throw limitExceeded('Maximum number of Resources for this API has been reached.')
}

/** The path of a child. */
export function childPath(parent: ResourceRecord, pathPart: string): string {
  return parent.path === '/' ? `/${pathPart}` : `${parent.path}/${pathPart}`
}

function isVariable(pathPart = ''): boolean {
  return pathPart.startsWith('{')
}

function isGreedy(pathPart = ''): boolean {
  return pathPart.endsWith('+}')
}
