import type { HttpIntegration } from '../../../snapshot/http-api.ts'
import type { MappedValues } from '../../integration/backend.ts'
import { type Endpoint, endpoint, type Target } from '../../integration/http/endpoint.ts'
import type { Invocation } from '../../invocation.ts'
import { withStageVariables } from '../../mapping/stage-variables.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { encodePath } from '../mapping/path-encoding.ts'
import { defaultRouteKey } from '../route-key.ts'
import { stagePath } from '../stage-path.ts'

/** Tells where a call goes, but for its query. */
export type TargetOf = (invocation: Invocation) => Target

/**
 * Compiles the target of an integration over the internet: its URI with the values of the route's path variables in place of
 * `{proxy}` and the like; of the route `$default`, with the whole path of the call behind it (documented).
 *
 * @returns Undefined for a URI that is no URL.
 */
export function publicTarget({ stage, route, pathVariables }: DeployedRoute, uri: string): TargetOf | undefined {
  const target = endpoint(withStageVariables(uri, stage.variables), { takesEmptyValues: true })
  if (!target) return undefined
  if (route.routeKey === defaultRouteKey) return ({ request }) => appended(target(noValues), request.path)
  return pathVariables.length === 0 ? constant(target) : ({ pathValues }) => target(named(pathVariables, pathValues))
}

const noValues: MappedValues = new Map()

/** An endpoint with a placeholder that the route does not have fails when it is called. */
function constant(target: Endpoint): TargetOf {
  return () => target(noValues)
}

function named(names: readonly string[], values: readonly string[]): MappedValues {
  return new Map(names.map((name, i) => [name, [encodePath(values[i] ?? '')]]))
}

/** `/base/pets?a=1` of `/base?a=1` and `/pets`. */
function appended({ origin, path }: Target, more: string): Target {
  const question = path.indexOf('?')
  const end = question < 0 ? path.length : question
  const base = path.slice(0, path.charAt(end - 1) === '/' ? end - 1 : end)
  return { origin, path: `${base}${more || '/'}${path.slice(end)}` }
}

/**
 * Compiles the target of a private integration: the path of the call with its stage (documented), whatever the route. Who is
 * reached by it is for the VPC link.
 */
export function privateTarget({ stage }: DeployedRoute, { serverNameToVerify }: HttpIntegration): TargetOf {
  const origin = serverNameToVerify === undefined ? 'http://vpc-link' : `https://${serverNameToVerify}`
  const prefix = stagePath(stage)
  return ({ request }) => ({ origin, path: prefix + request.path || '/' })
}
