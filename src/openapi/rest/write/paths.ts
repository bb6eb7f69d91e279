import { anyMethod } from '../../document/verbs.ts'
import type { JsonObject } from '../../json.ts'
import type { ApiDefinition, MethodDefinition, ResourceDefinition } from '../definition.ts'
import { NotExportable } from './not-exportable.ts'
import { writeOperation } from './operation.ts'
import type { WriteContext } from './options.ts'

/** Observed order of the operations of a path. */
const verbs = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'ANY']

/**
 * Writes `paths`, sorted. Resources between others and without methods need no entry, as an import makes them anyway.
 * @throws {NotExportable} naming the method.
 */
export function writePaths({ resources }: ApiDefinition, context: WriteContext): JsonObject {
  const sorted = resources.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const written = sorted.filter((resource) => resource.methods.length > 0 || isLeaf(resource, sorted))
  return Object.fromEntries(written.map((resource) => [resource.path, writePathItem(resource, context)]))
}

function isLeaf({ path }: ResourceDefinition, all: readonly ResourceDefinition[]): boolean {
  return path !== '/' && !all.some((other) => other.path.startsWith(`${path}/`))
}

function writePathItem({ path, methods }: ResourceDefinition, context: WriteContext): JsonObject {
  const inOrder = methods.toSorted((a, b) => verbs.indexOf(a.httpMethod) - verbs.indexOf(b.httpMethod))
  const operations = inOrder.map((method) => [memberOf(method), writeNamed(path, method, context)] as const)
  return { ...Object.fromEntries(operations), ...context.describe({ type: 'RESOURCE', path }) }
}

function memberOf({ httpMethod }: MethodDefinition): string {
  return httpMethod === 'ANY' ? anyMethod : httpMethod.toLowerCase()
}

function writeNamed(path: string, method: MethodDefinition, context: WriteContext): JsonObject {
  try {
    return writeOperation(path, method, context)
  } catch (cause) {
    if (!(cause instanceof NotExportable)) throw cause
    const place = `method '${method.httpMethod}' on resource at path '${path}'`
    throw new NotExportable(`Unable to export ${place}: ${cause.message}`, { cause })
  }
}
