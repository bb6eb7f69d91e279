import type { ServiceEndpoint } from '../../../config/service-endpoint.ts'
import type { AwsTarget } from '../../../snapshot/aws-target.ts'
import { configurationError, GatewayError } from '../../error.ts'
import type { IntegrationRequest } from '../backend.ts'
import { filled } from './placeholders.ts'
import { type Address, addressOf } from './service-endpoint.ts'
import { hasDotSegment, pathText, queryText, queryValue } from './uri-text.ts'

/** Where one request to a service goes. */
export interface ServiceTarget {
  readonly address: Address
  /** Escaped once, in the form that signatures are made of. */
  readonly path: string
  /** Without `?`; escaped likewise. */
  readonly query: string
}

/**
 * Compiles where an integration's requests go: the path of a `path/…` URI, or `Action={Action}` and its inline parameters
 * of an `action/…` URI; then the mapped query parameters.
 *
 * @param target The integration's URI, its stage variables filled in.
 */
export function serviceTarget(
  target: AwsTarget,
  endpoints: readonly ServiceEndpoint[],
): (request: IntegrationRequest) => ServiceTarget {
  const address = addressFor(target, endpoints)
  const { path, query } = target.kind === 'path' ? pathForm(target.target) : actionForm(target.target)
  const filledPath = filled(path, pathText)
  const filledQuery = query.map(([name, value]) => [queryText(name), filled(value, queryText)] as const)

  return (request) => {
    const at = address(request)
    const rest = filledPath(request.path)
    // A caller's value must not lead out of the path that the API's author wrote.
    if (hasDotSegment(rest))
      throw new GatewayError('DEFAULT_4XX', 'Bad Request', { detail: `The path ${rest} leads out` })
    const pairs = filledQuery.map(([name, value]) => `${name}=${value(request.path)}`)
    for (const [name, values] of request.querystring) {
      for (const value of values) pairs.push(`${queryValue(name)}=${queryValue(value)}`)
    }
    return { address: at, path: at.basePath + rest, query: pairs.join('&') }
  }
}

interface Form {
  /** Begins with a slash. */
  readonly path: string
  /** Names and values, as the URI has them. */
  readonly query: readonly (readonly [string, string])[]
}

function pathForm(target: string): Form {
  const mark = target.indexOf('?')
  if (mark < 0) return { path: `/${target}`, query: [] }
  return { path: `/${target.slice(0, mark)}`, query: pairsOf(target.slice(mark + 1)) }
}

function actionForm(target: string): Form {
  return { path: '/', query: pairsOf(`Action=${target}`) }
}

function pairsOf(query: string): Form['query'] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
    })
}

function addressFor(
  target: AwsTarget,
  endpoints: readonly ServiceEndpoint[],
): (request: IntegrationRequest) => Address {
  if (!target.service.includes('{')) {
    const address = addressOf(target, endpoints)
    return () => address
  }
  const service = filled(target.service, (text) => text)
  return ({ path }) => {
    const name = service(path)
    // It becomes a part of a host name.
    if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(name)) {
      throw configurationError(`Execution failed due to configuration error: Invalid endpoint address: ${name}`)
    }
    return addressOf({ ...target, service: name }, endpoints)
  }
}
