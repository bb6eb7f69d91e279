import { isVendorExtension } from '../../document/vendor-extension.ts'
import { verbs } from '../../document/verbs.ts'
import { flagAt, isObject, type JsonObject, objectAt, textAt } from '../../json.ts'
import type { RouteDefinition } from '../definition.ts'
import type { OperationPlace, ReadContext } from './context.ts'
import { reportIgnored } from './ignored.ts'
import { readSecurity } from './security.ts'

const defaultRoute = '$default'

/**
 * Reads `paths`.
 *
 * @param prefix What precedes each path: `/base`, or nothing.
 */
export function readRoutes(prefix: string, context: ReadContext): RouteDefinition[] {
  return Object.entries(objectAt(context.root, 'paths')).flatMap(([key, value]) => {
    if (key.startsWith('x-')) return []
    if (!key.startsWith('/')) {
      // Observed words.
      context.findings.warnings.push(`Parse issue: attribute paths. Resource ${key} should start with /`)
      if (key !== defaultRoute) return []
    }
    const pathItem = context.resolve(value, `paths.'${key}'`) ?? {}
    return readPathItem(key, prefix, pathItem, context)
  })
}

function readPathItem(key: string, prefix: string, pathItem: JsonObject, context: ReadContext): RouteDefinition[] {
  return Object.entries(pathItem).flatMap(([member, value]) => {
    const verb = Object.hasOwn(verbs, member) ? verbs[member] : undefined
    if (verb !== undefined && isObject(value)) {
      const attribute = `paths.'${key}'(${verb.toLowerCase()})`
      const route = readRoute(value, { routeKey: routeKeyOf(verb, key, prefix, value), attribute }, context)
      return route ? [route] : []
    }
    if (!['parameters', 'summary', 'description', 'servers', '$ref'].includes(member) && !isVendorExtension(member)) {
      context.findings.warnings.push(`Unsupported member '${member}' of path '${key}'. Ignoring.`)
    }
    return []
  })
}

/** Documented: `isDefaultRoute` makes the `ANY` of a path, `/$default` by convention, the route of all other calls. */
function routeKeyOf(verb: string, key: string, prefix: string, operation: JsonObject): string {
  if (key === defaultRoute || (verb === 'ANY' && flagAt(operation, 'isDefaultRoute'))) return defaultRoute
  return `${verb} ${prefix !== '' && key === '/' ? prefix : prefix + key}`
}

function readRoute(operation: JsonObject, place: OperationPlace, context: ReadContext): RouteDefinition | undefined {
  reportIgnored(operation, place, context)
  const security = readSecurity(operation, place, context)
  const integration = context.integrations.keyOf(operation, place)
  if (!security) return undefined
  const operationName = textAt(operation, 'operationId')
  return {
    routeKey: place.routeKey,
    ...(operationName && { operationName }),
    ...security,
    ...(integration !== undefined && { integration }),
  }
}
