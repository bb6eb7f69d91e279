import { isVendorExtension } from '../../document/vendor-extension.ts'
import { verbs } from '../../document/verbs.ts'
import { isObject, type JsonObject, objectAt, pick } from '../../json.ts'
import type { MethodDefinition, ResourceDefinition } from '../definition.ts'
import type { ReadContext } from './context.ts'
import { readMethod } from './method.ts'

/**
 * Reads `paths`.
 *
 * @param prefix What precedes each path: `/base`, or nothing.
 */
export function readResources(prefix: string, context: ReadContext): ResourceDefinition[] {
  const resources: ResourceDefinition[] = []
  if (prefix !== '') resources.push({ path: prefix, methods: [] })
  for (const [key, value] of Object.entries(objectAt(context.root, 'paths'))) {
    // With the documentation of the API.
    if (key.startsWith('x-')) continue
    if (!key.startsWith('/')) {
      // Observed words.
      context.findings.warnings.push(`Parse issue: attribute paths. Resource ${key} should start with /`)
      continue
    }
    const pathItem = context.resolve(value, `paths.'${key}'`) ?? {}
    resources.push(readResource(normalized(prefix + key), pathItem, context))
  }
  return resources
}

/** Without a slash at the end, but for the root. */
function normalized(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

function readResource(path: string, pathItem: JsonObject, context: ReadContext): ResourceDefinition {
  const methods: MethodDefinition[] = []
  for (const [member, value] of Object.entries(pathItem)) {
    const verb = Object.hasOwn(verbs, member) ? verbs[member] : undefined
    if (verb !== undefined && isObject(value)) {
      const method = readMethod(value, pathItem, { verb, path }, context)
      if (method) methods.push(method)
    } else if (!['parameters', 'summary', 'description', '$ref'].includes(member) && !isVendorExtension(member)) {
      context.findings.warnings.push(`Unsupported member '${member}' of path '${path}'. Ignoring.`)
    }
  }
  const vendor = Object.keys(pathItem).filter(isVendorExtension)
  context.documentation.add({ type: 'RESOURCE', path }, pick(pathItem, ['summary', 'description', ...vendor]))
  return { path, methods }
}
