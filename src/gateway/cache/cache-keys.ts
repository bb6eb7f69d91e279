import type { CacheKey, ResponseCache } from '../../response-cache/response-cache.ts'
import type { DeployedCache } from '../../snapshot/rest-api.ts'
import { configurationError } from '../error.ts'
import type { Invocation } from '../invocation.ts'
import { compileSource, type Source } from '../mapping/source.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'

/**
 * What tells the cached responses of a method apart: its cache namespace, which is its resource unless the integration names
 * another, the verb, and the values of its `cacheKeyParameters`. Nothing else does, as on AWS: neither the path nor the query,
 * nor who calls.
 *
 * @throws {GatewayError} 500, from what is returned: with a key parameter that is none.
 */
export function cacheKeys(
  deployed: DeployedMethod,
  { maxBytes, ofCanary }: DeployedCache,
  responses: Pick<ResponseCache, 'keyOf'>,
): (invocation: Invocation) => CacheKey {
  const { stage, resourceId, method } = deployed
  const { cacheNamespace = resourceId, cacheKeyParameters = [] } = method.integration
  const cache = { name: [stage.account, stage.region, stage.api.restApiId, stage.stageName].join('/'), maxBytes }
  const names = [...cacheKeyParameters].sort()
  const sources: Source[] = []
  for (const name of names) {
    const source = compileSource(requestParameter(name, deployed), deployed)
    if (!source) {
      return () => {
        throw configurationError(`Invalid cache key parameter ${name}`)
      }
    }
    sources.push(source)
  }
  const prefix = JSON.stringify([cache.name, ofCanary ?? false, cacheNamespace, ...names])

  return (invocation) => {
    let text = `${prefix} ${invocation.request.method}`
    for (const source of sources) text += measured(source(invocation))
    return responses.keyOf(cache, text)
  }
}

/** A parameter of the integration's request stands for what it is mapped from, else for what passes through under its name. */
function requestParameter(name: string, { method }: DeployedMethod): string {
  const own = /^integration\.request\.(.+)$/s.exec(name)?.[1]
  return own === undefined ? name : (method.integration.requestParameters[name] ?? `method.request.${own}`)
}

/** No two lists of values are the same text. */
function measured(values: readonly string[]): string {
  let text = ` ${values.length}`
  for (const value of values) text += `,${value.length}:${value}`
  return text
}
