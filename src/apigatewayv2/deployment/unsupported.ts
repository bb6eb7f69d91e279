import { areCallers } from '../../snapshot/caller-credentials.ts'
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
  { Target = '', AuthorizerId = '', AuthorizationType }: RouteRecord,
  { integrations, authorizers }: Definition,
): string[] {
  const integration = integrations.get(integrationIdOf(Target) ?? '')
  const authorizer = authorizers.get(AuthorizerId)
  return [
    ...(integration ? integrationProblems(integration, AuthorizationType === 'AWS_IAM') : []),
    ...(authorizer ? authorizerProblems(authorizer) : []),
  ]
}

function integrationProblems({ IntegrationType, CredentialsArn }: IntegrationRecord, isSigned: boolean): string[] {
  if (CredentialsArn === undefined) return []
  if (IntegrationType !== 'AWS_PROXY') return ['an integration with credentials, which hold for AWS_PROXY only']
  if (isSigned || !areCallers(CredentialsArn)) return []
  return [`an integration with credentials ${CredentialsArn}, but its callers do not sign`]
}

function authorizerProblems({ AuthorizerCredentialsArn: role = '' }: AuthorizerRecord): string[] {
  return areCallers(role) ? [`an authorizer with credentials ${role}, but nobody has signed yet`] : []
}
