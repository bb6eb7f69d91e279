import { authorizationVariable } from '../authorizer/authorization.ts'
import type { Invocation } from '../invocation.ts'
import type { CallPlace } from '../rest/deployed-method.ts'
import { callVariables } from './call-variables.ts'
import type { Source } from './source.ts'

/** The value of a `$context` variable; undefined where nothing sets it. */
export type Variable = (invocation: Invocation, place: CallPlace) => string | undefined

const variables: Readonly<Record<string, Variable>> = {
  ...callVariables,
  accountId: (_, { stage }) => stage.account,
  apiId: (_, { stage }) => stage.api.restApiId,
  deploymentId: (_, { stage }) => stage.deploymentId,
  domainPrefix: (_, { stage }) => stage.api.restApiId,
  'identity.apiKey': ({ apiKey }) => apiKey?.value,
  'identity.apiKeyId': ({ apiKey }) => apiKey?.id,
  'identity.vpcId': ({ vpcEndpoint }) => vpcEndpoint?.vpcId,
  'identity.vpceId': ({ vpcEndpoint }) => vpcEndpoint?.vpcEndpointId,
  isCanaryRequest: (_, { stage }) => (stage.isCanary === undefined ? undefined : String(stage.isCanary)),
  path: ({ request }, { stage }) => `/${stage.stageName}${request.path}`,
  resourceId: (_, { resourceId }) => resourceId,
  resourcePath: (_, { resourcePath }) => resourcePath,
  stage: (_, { stage }) => stage.stageName,
}

const byName: ReadonlyMap<string, Variable> = new Map(Object.entries(variables))

const authorizer = 'authorizer.'

/** @param name What follows `context.`: `stage`, `identity.sourceIp`, `authorizer.claims.sub`. */
export function contextVariable(name: string): Variable | undefined {
  if (name.startsWith(authorizer)) {
    const path = name.slice(authorizer.length)
    return ({ authorization }) => authorization && authorizationVariable(authorization, path)
  }
  return byName.get(name)
}

/** The variables of a group such as `identity`, by the names that they have in it. */
export function contextGroup(group: string): readonly (readonly [name: string, variable: Variable])[] {
  return groups.get(group) ?? []
}

const groups: ReadonlyMap<string, readonly (readonly [string, Variable])[]> = groupVariables()

function groupVariables(): Map<string, [string, Variable][]> {
  const grouped = new Map<string, [string, Variable][]>()
  for (const fullName of Object.keys(variables).sort()) {
    const [group = '', name] = fullName.split('.')
    const variable = variables[fullName]
    if (name !== undefined && variable) grouped.set(group, [...(grouped.get(group) ?? []), [name, variable]])
  }
  return grouped
}

/** A `context.…` variable. Those that nothing sets on an open method, such as `identity.user`, have no value. */
export function contextSource(name: string, place: CallPlace): Source {
  const variable = contextVariable(name)
  return (invocation) => {
    const value = variable?.(invocation, place)
    return value === undefined || value === '' ? [] : [value]
  }
}
