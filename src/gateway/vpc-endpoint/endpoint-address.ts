import type { HeaderList } from '../headers.ts'
import { type ApiAddress, apiAddress, byHost, withoutPort } from '../listener/address.ts'

const aliasName = /^([^.]+?)-(vpce-[0-9a-z]+)\.execute-api\.([^.]+)\.amazonaws\.com$/
const ownName = /^(vpce-[0-9a-z]+)[^.]*\.execute-api\.([^.]+)\.vpce\.amazonaws\.com$/

/**
 * Tells which API a request calls through a VPC endpoint. Besides the forms that every listener knows (`apiAddress`), these
 * are (documented):
 *
 * - the alias of an associated API, `{apiId}-{vpceId}.execute-api.{region}.amazonaws.com`;
 * - the endpoint's own name, `{vpceId}-….execute-api.{region}.vpce.amazonaws.com`, with `x-apigw-api-id: {apiId}`. Any host
 *   that names no API, such as the listener's address, will do for it.
 *
 * @param target Path and query, as sent.
 * @returns Undefined when it calls none, or one of another endpoint.
 */
export function endpointAddress(
  host: string,
  target: string,
  headers: HeaderList,
  vpcEndpointId: string,
): ApiAddress | undefined {
  const name = withoutPort(host).toLowerCase()
  const [, aliased, of, aliasRegion] = aliasName.exec(name) ?? []
  if (aliased !== undefined) {
    return of === vpcEndpointId ? { ...byHost(aliased, aliasRegion, name, target), isAlias: true } : undefined
  }
  const [, own, region] = ownName.exec(name) ?? []
  if (own !== undefined && own !== vpcEndpointId) return undefined
  const named = own === undefined && apiAddress(host, target)
  if (named) return named
  const apiId = headers.get('x-apigw-api-id')
  return apiId === undefined ? undefined : byHost(apiId, region, name, target)
}
