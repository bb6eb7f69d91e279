import { authorizationVariable } from '../authorizer/authorization.ts'
import type { Invocation } from '../invocation.ts'
import { callVariables } from '../mapping/call-variables.ts'
import type { DeployedRoute } from './deployed-route.ts'
import { stagePath } from './stage-path.ts'

/** The value of a `$context` variable of HTTP APIs; undefined where nothing sets it. */
export type Variable = (invocation: Invocation) => string | undefined

const authorizer = 'authorizer.'

/** @param name What follows `context.`: `routeKey`, `identity.sourceIp`, `authorizer.claims.sub`. */
export function contextVariable(name: string, { stage, route }: DeployedRoute): Variable {
  if (name.startsWith(authorizer)) {
    const path = name.slice(authorizer.length)
    return ({ authorization }) => authorization && authorizationVariable(authorization, path)
  }
  const fixed: Readonly<Record<string, string>> = {
    accountId: stage.account,
    apiId: stage.api.apiId,
    routeKey: route.routeKey,
    stage: stage.stageName,
  }
  if (Object.hasOwn(fixed, name)) return () => fixed[name]
  if (name === 'domainPrefix') return ({ request }) => domainPrefix(request.domainName)
  if (name === 'path') return ({ request }) => stagePath(stage) + (request.path || '/')
  return (Object.hasOwn(callVariables, name) && callVariables[name]) || nothing
}

/** Documented: the first label of the domain name. */
export function domainPrefix(domainName: string): string {
  const dot = domainName.indexOf('.')
  return dot < 0 ? domainName : domainName.slice(0, dot)
}

function nothing(): undefined {
  return undefined
}
