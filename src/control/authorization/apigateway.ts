import { formatArn } from '../../wire/arn.ts'
import type { GuardedCall } from '../../wire/guard.ts'
import { documentRoles } from './document-roles.ts'
import { type Permission, passRole, tagValues, textAt } from './permission.ts'

/** Documented: both versions of the service are guarded by the verb and the path of the call, without the version's `/v2`. */
export async function apiGatewayPermissions(call: GuardedCall): Promise<Permission[]> {
  const { operation, request, input, caller } = call
  const routingRule = routingRuleActions[operation]
  if (routingRule !== undefined) return [{ action: routingRule, resource: routingRuleArn(input, caller) }]
  const { method, target } = request
  const [path = ''] = target.split('?')
  const resource = formatArn({
    service: 'apigateway',
    region: caller.region,
    // Without the version only after all spellings of it have become one.
    resource: canonicalPath(path).replace(/^\/v2\//, '/'),
  })
  const members = ['credentials', 'authorizerCredentials', 'CredentialsArn', 'AuthorizerCredentialsArn']
  const roles = [
    ...members.map((member) => textAt(input, member)),
    ...patchedRoles(input['patchOperations']),
    ...(importOperations.has(operation) ? await documentRoles(call) : []),
  ]
  return [
    { action: `apigateway:${method}`, resource, values: tagValues(input['tags'] ?? input['Tags']) },
    ...roles.flatMap((role) => passRole(role, 'apigateway.amazonaws.com')),
  ]
}

const importOperations: ReadonlySet<string> = new Set(['ImportRestApi', 'PutRestApi', 'ImportApi', 'ReimportApi'])

/** Documented: routing rules have actions of their own, which no verb stands for. */
const routingRuleActions: Readonly<Record<string, string>> = {
  CreateRoutingRule: 'apigateway:CreateRoutingRule',
  GetRoutingRule: 'apigateway:GetRoutingRule',
  ListRoutingRules: 'apigateway:ListRoutingRules',
  PutRoutingRule: 'apigateway:UpdateRoutingRule',
  DeleteRoutingRule: 'apigateway:DeleteRoutingRule',
}

/** Of one rule, or of those that a domain name has or gets. */
function routingRuleArn(input: GuardedCall['input'], { account, region }: GuardedCall['caller']): string {
  const id = textAt(input, 'DomainNameId')
  const domain = `${textAt(input, 'DomainName')}${id === undefined ? '' : `+${id}`}`
  const resource = `/domainnames/${domain}/routingrules/${textAt(input, 'RoutingRuleId') ?? '*'}`
  return formatArn({ service: 'apigateway', region, account, resource })
}

/** One spelling for each path, so that no other spelling of it passes by a policy. The tags of a resource keep its ARN encoded. */
function canonicalPath(path: string): string {
  return path.split('/').map(canonicalSegment).join('/')
}

function canonicalSegment(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment)).replaceAll('%40', '@').replaceAll('%24', '$')
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
