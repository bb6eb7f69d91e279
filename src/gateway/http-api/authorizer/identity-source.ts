import type { Invocation } from '../../invocation.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { unreadBody } from '../mapping/mapped-body.ts'
import { requestValue } from '../mapping/request-value.ts'

/**
 * Compiles an authorizer's identity source: `$request.header.name`, `$request.querystring.name`, `$context.name` or
 * `$stageVariables.name`.
 *
 * @returns Reads a call's value; empty where it has none, as always for a source that is none.
 */
export function compileIdentitySource(expression: string, deployed: DeployedRoute): (invocation: Invocation) => string {
  const isSource = /^\$(request\.(header|querystring)|context|stageVariables)\./.test(expression)
  const value = isSource ? requestValue(expression, deployed) : undefined
  return (invocation) => value?.read(invocation, unreadBody) ?? ''
}
