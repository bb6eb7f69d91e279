import { badRequest } from '../../apigateway/refusal.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY']
/** What REST paths may hold, and what URLs may hold besides. */
const literalForm = /^[a-zA-Z0-9._~:@!$&'()*+,;=%-]*$/
const variableForm = /^\{[a-zA-Z0-9._:-]+\+?\}$/
const maxLength = 4096

/**
 * Checks the key of a route of an HTTP API: a method and a path, or `$default`.
 * @throws {ServiceError} `BadRequestException` in the observed words.
 */
export function checkHttpRouteKey(routeKey: string): void {
  if (routeKey === '$default') return
  const { method, path } = splitRouteKey(routeKey)
  if (!methods.includes(method) || !path.startsWith('/') || routeKey.length > maxLength) {
    throw badRequest(
      'The provided route key is not formatted properly for HTTP protocol. Format should be "[HTTP METHOD] /[RESOURCE PATH]" or "$default"',
    )
  }
  if (!isPath(path)) throw badRequest('One or more path parts appear to be invalid')
}

/** The key with its variables' names left out: two keys of one shape would match the same calls. */
export function shapeOf(routeKey: string): string {
  return routeKey.replaceAll(/\{[^}+]*(\+?)\}/g, '{$1}')
}

function splitRouteKey(routeKey: string): { method: string; path: string } {
  const space = routeKey.indexOf(' ')
  return { method: routeKey.slice(0, Math.max(space, 0)), path: routeKey.slice(space + 1) }
}

/** An empty last segment is a path that ends with a slash. */
function isPath(path: string): boolean {
  const segments = path.slice(1).split('/')
  const variables = segments.filter((segment) => variableForm.test(segment))
  const names = new Set(variables.map((variable) => variable.slice(1).replace(/\+?\}$/, '')))
  return (
    names.size === variables.length &&
    segments.every((segment, index) => {
      const isLast = index === segments.length - 1
      if (variables.includes(segment)) return isLast || !segment.endsWith('+}')
      return literalForm.test(segment) && (isLast || segment !== '')
    })
  )
}
