import { isObject, type JsonObject, listAt, objectAt, textAt } from '../json.ts'
import type { DocumentVersion } from './version.ts'

/** Documented: what an import does with the path below which a document's paths are. */
export type BasePathMode = 'ignore' | 'prepend' | 'split'

/**
 * What precedes each path of the document: nothing, all of its base path, or what follows the base path's first segment.
 * @returns Empty, or a path without a slash at its end, such as `/base/part`.
 */
export function pathPrefix(root: JsonObject, version: DocumentVersion, mode: BasePathMode): string {
  if (mode === 'ignore') return ''
  const basePath = version === 'swagger' ? textAt(root, 'basePath') : serverBasePath(root)
  const segments = (basePath ?? '').split('/').filter((segment) => segment !== '')
  return (mode === 'split' ? segments.slice(1) : segments).map((segment) => `/${segment}`).join('')
}

/** Documented: the first server variable `basePath`, whether or not its URL uses it; without one, the path of the URL. */
function serverBasePath(root: JsonObject): string | undefined {
  const servers = listAt(root, 'servers').filter(isObject)
  for (const server of servers) {
    const variable = objectAt(objectAt(server, 'variables'), 'basePath')
    const value = textAt(variable, 'default')
    if (value !== undefined) return value
  }
  const url = servers.map((server) => textAt(server, 'url')).find((text) => text !== undefined)
  return url?.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
}
