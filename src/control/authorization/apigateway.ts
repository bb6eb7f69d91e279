import { formatArn } from '../../wire/arn.ts'
import type { GuardedCall } from '../../wire/guard.ts'
import { type Permission, passRole, tagValues, textAt } from './permission.ts'

/** Documented: both versions of the service are guarded by the verb and the path of the call, without the version's `/v2`. */
export function apiGatewayPermissions({ request, input, caller }: GuardedCall): Permission[] {
  const { method, target } = request
  const [path = ''] = target.replace(/^\/v2\//, '/').split('?')
  const resource = formatArn({ service: 'apigateway', region: caller.region, resource: canonicalPath(path) })
  const roles = ['credentials', 'authorizerCredentials', 'CredentialsArn', 'AuthorizerCredentialsArn']
  return [
    { action: `apigateway:${method}`, resource, values: tagValues(input['tags'] ?? input['Tags']) },
    ...roles.flatMap((member) => passRole(textAt(input, member), 'apigateway.amazonaws.com')),
    ...patchedRoles(input['patchOperations']).flatMap((role) => passRole(role, 'apigateway.amazonaws.com')),
  ]
}

/** One spelling for each path, so that no other spelling of it passes by a policy. The tags of a resource keep its ARN encoded. */
function canonicalPath(path: string): string {
  return path.split('/').map(canonicalSegment).join('/')
}

function canonicalSegment(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment)).replaceAll('%40', '@')
  } catch {
    return segment
  }
}

const rolePath = /^\/(credentials|authorizerCredentials|cloudwatchRoleArn)$/

function patchedRoles(operations: unknown): string[] {
  if (!Array.isArray(operations)) return []
  return operations.flatMap((operation: unknown) => {
    if (typeof operation !== 'object' || operation === null || !('path' in operation) || !('value' in operation))
      return []
    const { path, value } = operation
    return typeof path === 'string' && typeof value === 'string' && rolePath.test(path) ? [value] : []
  })
}
