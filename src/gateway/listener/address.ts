import { firstSegment } from '../api-type.ts'
import { remembering } from '../remembering.ts'

/** Which API a request calls, and by what path. */
export interface ApiAddress {
  readonly apiId: string
  /** Region in the host name; undefined where the form has none. */
  readonly region: string | undefined
  /** What follows the host, raw, with the stage where it is named: empty or begins with `/`. */
  readonly path: string
  /** Without `?`. */
  readonly query: string
  /** The host name that the API is called by; undefined when it is called by path. */
  readonly domainName: string | undefined
  /** The name is that of an alias, which only APIs that are associated with the VPC endpoint have. */
  readonly isAlias?: boolean
}

const label = '.execute-api.'
const localSuffix = 'localhost'
const awsSuffix = '.amazonaws.com'

/**
 * Tells a call of an API from everything else.
 *
 * - By host: `{apiId}.execute-api.{region}.amazonaws.com` and `{apiId}.execute-api.localhost`, with or without port.
 * - By path, on any host: `/restapis/{apiId}/{stage}/_user_request_[/…]` and `/_aws/execute-api/{apiId}/{stage}[/…]`;
 *   here the stage `$default` of an HTTP API can be named, too.
 *
 * @param target Path and query, as sent.
 * @returns Undefined when the request is no API call.
 */
export function apiAddress(host: string, target: string): ApiAddress | undefined {
  const named = namedBy(host)
  return named ? byHost(named.apiId, named.region, named.domainName, target) : byPath(target)
}

interface Named {
  readonly apiId: string
  readonly region: string | undefined
  readonly domainName: string
}

/** The API that a host names; null: none. */
const namedBy = remembering((host): Named | null => {
  const domainName = withoutPort(host).toLowerCase()
  const at = domainName.indexOf(label)
  if (at <= 0) return null
  const rest = domainName.slice(at + label.length)
  const apiId = domainName.slice(0, at)
  if (rest === localSuffix) return { apiId, region: undefined, domainName }
  return rest.endsWith(awsSuffix) ? { apiId, region: rest.slice(0, -awsSuffix.length), domainName } : null
})

/** The name of a `Host` header. */
export function withoutPort(host: string): string {
  const colon = host.indexOf(':')
  return colon < 0 ? host : host.slice(0, colon)
}

/** The address of an API that a host name, or a header beside it, names. */
export function byHost(apiId: string, region: string | undefined, domainName: string, target: string): ApiAddress {
  const { path, query } = split(target)
  return { apiId, region, domainName, path, query }
}

const userRequest = '/_user_request_'
const prefixes = ['/restapis/', '/_aws/execute-api/']

function byPath(target: string): ApiAddress | undefined {
  const prefix = prefixes.find((known) => target.startsWith(known))
  if (prefix === undefined) return undefined
  const { path: whole, query } = split(target.slice(prefix.length - 1))
  const { stageName: apiId, path } = firstSegment(whole)
  const called = prefix === '/restapis/' ? withoutUserRequest(path) : path
  if (called === undefined) return undefined
  return { apiId, region: undefined, domainName: undefined, path: withoutDefault(called), query }
}

/** `/{stage}/pets` of `/{stage}/_user_request_/pets`. */
function withoutUserRequest(path: string): string | undefined {
  const { stageName, path: rest } = firstSegment(path)
  if (rest !== userRequest && !rest.startsWith(`${userRequest}/`)) return undefined
  return `/${stageName}${rest.slice(userRequest.length)}`
}

const defaultStage = '/$default'

function withoutDefault(path: string): string {
  return path === defaultStage || path.startsWith(`${defaultStage}/`) ? path.slice(defaultStage.length) : path
}

function split(target: string): Pick<ApiAddress, 'path' | 'query'> {
  const question = target.indexOf('?')
  if (question < 0) return { path: target, query: '' }
  return { path: target.slice(0, question), query: target.slice(question + 1) }
}
