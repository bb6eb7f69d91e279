/** Which API and stage a request calls, and by what path. */
export interface ApiAddress {
  readonly apiId: string
  /** Region in the host name; undefined where the form has none. */
  readonly region: string | undefined
  readonly stageName: string
  /** What follows the stage, raw: empty or begins with `/`. */
  readonly path: string
  /** Without `?`. */
  readonly query: string
  /** The host name that the API is called by; undefined when it is called by path. */
  readonly domainName: string | undefined
}

const label = '.execute-api.'
const localSuffix = 'localhost'
const awsSuffix = '.amazonaws.com'

/**
 * Tells a call of an API from everything else.
 *
 * - By host: `{apiId}.execute-api.{region}.amazonaws.com` and `{apiId}.execute-api.localhost`, with or without port; the
 *   first segment of the path is the stage.
 * - By path, on any host: `/restapis/{apiId}/{stage}/_user_request_[/…]` and `/_aws/execute-api/{apiId}/{stage}[/…]`.
 *
 * @param target Path and query, as sent.
 * @returns Undefined when the request is no API call.
 */
export function apiAddress(host: string, target: string): ApiAddress | undefined {
  const domainName = withoutPort(host).toLowerCase()
  const at = domainName.indexOf(label)
  if (at > 0) {
    const rest = domainName.slice(at + label.length)
    const apiId = domainName.slice(0, at)
    if (rest === localSuffix) return byHost(apiId, undefined, domainName, target)
    if (rest.endsWith(awsSuffix)) return byHost(apiId, rest.slice(0, -awsSuffix.length), domainName, target)
  }
  return byPath(target)
}

function withoutPort(host: string): string {
  const colon = host.indexOf(':')
  return colon < 0 ? host : host.slice(0, colon)
}

function byHost(apiId: string, region: string | undefined, domainName: string, target: string): ApiAddress {
  return { apiId, region, domainName, ...split(target, 0) }
}

const userRequest = '/_user_request_'
const prefixes = ['/restapis/', '/_aws/execute-api/']

function byPath(target: string): ApiAddress | undefined {
  const prefix = prefixes.find((known) => target.startsWith(known))
  if (prefix === undefined) return undefined
  const slash = target.indexOf('/', prefix.length)
  const idEnd = slash < 0 ? pathEnd(target) : slash
  const apiId = target.slice(prefix.length, idEnd)
  const { stageName, path, query } = split(target, idEnd)
  if (prefix !== '/restapis/') return { apiId, region: undefined, domainName: undefined, stageName, path, query }
  if (path !== userRequest && !path.startsWith(`${userRequest}/`)) return undefined
  return { apiId, region: undefined, domainName: undefined, stageName, path: path.slice(userRequest.length), query }
}

function pathEnd(target: string): number {
  const question = target.indexOf('?')
  return question < 0 ? target.length : question
}

/** @param from Where `/{stage}` begins. */
function split(target: string, from: number): Pick<ApiAddress, 'stageName' | 'path' | 'query'> {
  const end = pathEnd(target)
  const query = end === target.length ? '' : target.slice(end + 1)
  const slash = target.indexOf('/', from + 1)
  const stageEnd = slash < 0 || slash > end ? end : slash
  return { stageName: target.slice(from + 1, stageEnd), path: target.slice(stageEnd, end), query }
}
