import type { DeployedRoute } from '../deployed-route.ts'
import { compileSource, type Source } from '../mapping/source.ts'

/**
 * Compiles an authorizer's identity source: `$request.header.name`, `$request.querystring.name`, `$context.name` or
 * `$stageVariables.name`.
 *
 * @returns Reads a call's value; nothing of a source that is none, so that it lets nobody in.
 */
export function compileIdentitySource(expression: string, deployed: DeployedRoute): Source {
  const isSource = /^\$(request\.(header|querystring)|context|stageVariables)\./.test(expression)
  return (isSource && compileSource(expression.slice(1), deployed)) || (() => undefined)
}
