import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * Loads a module at once, where a dynamic import would come too late: for what most gateways never need, and a few need while
 * they compile something.
 *
 * @param url Of the module, without its ending: sources run as `.ts`, the built package as `.js`.
 */
export function loadModule<Module>(url: URL): Module {
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
  const loaded: Module = createRequire(import.meta.url)(fileURLToPath(url) + ending)
  return loaded
}
