import { anyMethod } from '../../document/verbs.ts'
import type { JsonObject } from '../../json.ts'
import type { HttpApiDefinition, RouteDefinition } from '../definition.ts'
import { writeIntegration } from './integration.ts'
import type { WriteOptions } from './options.ts'
import { writeSecurity } from './security.ts'

/** What the writers of routes know. */
export interface PathContext extends WriteOptions {
  readonly iamScheme: string
  /** Names, by key, of the integrations that are written apart from routes. */
  readonly shared: ReadonlyMap<string, string>
}

interface PlacedRoute {
  readonly route: RouteDefinition
  readonly method: string
  readonly path: string
}

const defaultRoute = '$default'
/** Order of the operations of a path. */
const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'ANY']

/** Writes `paths`, sorted; the route of all other calls is the `ANY` of a path that has none: `/$default` by convention. */
export function writePaths(definition: HttpApiDefinition, context: PathContext): JsonObject {
  const taken = new Set(definition.routes.map(({ routeKey }) => routeKey))
  let defaultPath = `/${defaultRoute}`
  while (taken.has(`ANY ${defaultPath}`)) defaultPath = `${defaultPath}_`
  const placed = definition.routes.map((route) => ({ route, ...split(route, defaultPath) }))
  const byPath = Map.groupBy(placed.toSorted(inOrder), ({ path }) => path)
  return Object.fromEntries(
    [...byPath].map(([path, routes]) => [path, writePathItem(path, routes, definition, context)]),
  )
}

function writePathItem(
  path: string,
  routes: readonly PlacedRoute[],
  definition: HttpApiDefinition,
  context: PathContext,
): JsonObject {
  const operations = routes.map(({ method, route }) => [memberOf(method), writeOperation(route, definition, context)])
  const parameters = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    // Observed words.
    description: `Generated path parameter for ${name}`,
    required: true,
    schema: { type: 'string' },
  }))
  return { ...Object.fromEntries(operations), ...(parameters.length > 0 && { parameters }) }
}

function writeOperation(route: RouteDefinition, definition: HttpApiDefinition, context: PathContext): JsonObject {
  const { routeKey, operationName } = route
  const security = writeSecurity(route, context.iamScheme)
  const integration = context.includeExtensions && integrationOf(route, definition, context)
  return {
    ...(operationName !== undefined && { operationId: operationName }),
    // Observed words.
    responses: { default: { description: `Default response for ${routeKey}` } },
    ...(security.length > 0 && { security }),
    ...(routeKey === defaultRoute && { isDefaultRoute: true }),
    ...(integration && { 'x-amazon-apigateway-integration': integration }),
  }
}

function integrationOf(
  route: RouteDefinition,
  { integrations }: HttpApiDefinition,
  { shared }: PathContext,
): JsonObject | undefined {
  const name = shared.get(route.integration ?? '')
  if (name !== undefined) return { $ref: `#/components/x-amazon-apigateway-integrations/${name}` }
  const own = integrations.find(({ key }) => key === route.integration)
  return own && writeIntegration(own.settings)
}

function memberOf(method: string): string {
  return method === 'ANY' ? anyMethod : method.toLowerCase()
}

function split({ routeKey }: RouteDefinition, defaultPath: string): { method: string; path: string } {
  if (routeKey === defaultRoute) return { method: 'ANY', path: defaultPath }
  const [method = '', path = ''] = routeKey.split(' ', 2)
  return { method, path }
}

function inOrder(a: PlacedRoute, b: PlacedRoute): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return methods.indexOf(a.method) - methods.indexOf(b.method)
}
