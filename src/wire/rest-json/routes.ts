import type { Match, ParsedRequest } from '../codec.ts'
import type { Contract, OperationShape } from '../contract.ts'

interface Route {
  readonly name: string
  readonly operation: OperationShape
  readonly path: RegExp
  readonly labels: readonly string[]
  /** Query parameters that the route itself demands, such as `mode=import`. */
  readonly query: readonly (readonly [name: string, value: string])[]
  /** Sorts literal segments before labels, and labels before greedy ones. */
  readonly rank: string
}

/**
 * Finds the operation of a request by its method, raw path and literal query. Routes with a literal query come first
 * (`POST /restapis?mode=import` before `POST /restapis`), then those with more literal segments; a trailing slash is ignored.
 */
export function routeTable(contract: Contract): (request: ParsedRequest) => Match | undefined {
  const routes = Object.entries(contract.operations).map(([name, operation]) => compile(name, operation))
  routes.sort((a, b) => b.query.length - a.query.length || (a.rank < b.rank ? -1 : 1))
  const byMethod = Map.groupBy(routes, ({ operation }) => operation.http.method)
  return ({ method, path, query }) => {
    for (const route of byMethod.get(method) ?? []) {
      const found = route.path.exec(path)
      if (!found || !route.query.every(([name, value]) => query.get(name) === value)) continue
      const labels = Object.fromEntries(route.labels.map((label, index) => [label, found[index + 1] ?? '']))
      return { name: route.name, operation: route.operation, labels }
    }
    return undefined
  }
}

function compile(name: string, operation: OperationShape): Route {
  const [path = '', query = ''] = operation.http.uri.split('?')
  const segments = path.split('/')
  const labels = segments.filter(isLabel).map((segment) => segment.replace(/[{}+]/g, ''))
  const pattern = segments.map((segment) =>
    isLabel(segment) ? (isGreedy(segment) ? '(.+?)' : '([^/]+)') : RegExp.escape(segment),
  )
  const rank = segments.map((segment) => (isLabel(segment) ? (isGreedy(segment) ? 'c' : 'b') : 'a')).join('')
  return {
    name,
    operation,
    path: new RegExp(`^${pattern.join('/')}/?$`),
    labels,
    query: [...new URLSearchParams(query)],
    rank,
  }
}

const isLabel = (segment: string) => segment.startsWith('{')
const isGreedy = (segment: string) => segment.endsWith('+}')
