import type { AuthorizerRecord } from '../authorizer/authorizer.ts'
import type { IntegrationRecord } from '../integration/integration.ts'
import { integrationIdOf, type RouteRecord } from '../route/route.ts'
import type { Definition } from './definition.ts'

/**
 * Finds every setting of an API that is stored but not enforced yet. Nothing is ever served open that was configured
 * closed: a deployment that depends on one of these fails. When a feature arrives, its line goes.
 *
 * @returns Sentences that name the setting and its place.
 */
export function unsupportedSettings(definition: Definition): string[] {
  const { api, routes } = definition
  if (api.ProtocolType === 'WEBSOCKET') return ['the API is a WebSocket API, which this version does not serve']
  return routes.flatMap((route) =>
    problemsOf(route, definition).map((problem) => `route ${route.RouteKey} has ${problem}`),
  )
}

function problemsOf(
  { Target = '', AuthorizerId = '' }: RouteRecord,
  { integrations, authorizers }: Definition,
): string[] {
  const integration = integrations.get(integrationIdOf(Target) ?? '')
  const authorizer = authorizers.get(AuthorizerId)
  return [
    ...(integration ? integrationProblems(integration) : []),
    ...(authorizer ? authorizerProblems(authorizer) : []),
  ]
}

function integrationProblems({ IntegrationSubtype, CredentialsArn }: IntegrationRecord): string[] {
  if (CredentialsArn === undefined) return []
  if (/^arn:[\w-]+:iam::\*:user\/\*$/.test(CredentialsArn)) {
    return [`an integration with credentials ${CredentialsArn}, but this version cannot call as its caller`]
  }
  return IntegrationSubtype === undefined ? ['an integration with credentials, which this version does not use'] : []
}

function authorizerProblems({ AuthorizerCredentialsArn: role }: AuthorizerRecord): string[] {
  return role === undefined ? [] : [`an authorizer with credentials ${role}, which this version cannot assume`]
}
