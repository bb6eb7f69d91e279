import type { MethodCaching } from '../../snapshot/rest-api.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'

/**
 * How a method's responses are cached, by the verb of the call. Documented: what holds for a whole stage concerns `GET` alone;
 * other verbs need a setting of their own.
 *
 * @returns Undefined for a method that caches nothing.
 */
export function cachingOf({
  stage,
  resourcePath,
  httpMethod,
  method,
}: DeployedMethod): ((verb: string) => MethodCaching | undefined) | undefined {
  const { cache } = stage
  // Documented: streamed responses are not cached.
  if (!cache || method.integration.responseTransferMode === 'STREAM') return undefined
  const path = `${resourcePath.slice(1)}/`
  const byVerb = new Map<string, MethodCaching>()
  for (const verb of httpMethod === 'ANY' ? verbs : [httpMethod]) {
    const own = cache.methods[path + verb]
    const caching = own === undefined && verb === 'GET' ? cache.methods['*/*'] : own
    if (caching) byVerb.set(verb, caching)
  }
  return byVerb.size > 0 ? (verb) => byVerb.get(verb) : undefined
}

/** The verbs that a setting can be for. */
const verbs = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']
