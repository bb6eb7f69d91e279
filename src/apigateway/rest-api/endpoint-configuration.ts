import type { EndpointType, IpAddressType } from '@aws-sdk/client-api-gateway'
import type { PrivateEndpoint } from '../../snapshot/rest-api.ts'
import { oneOf } from '../one-of.ts'
import { badRequest } from '../refusal.ts'

/** Where an API can be reached from. */
export interface Endpoint {
  /** One type, as long as the record is stored; a patch may pass through none or two. */
  readonly types: EndpointType[]
  readonly ipAddressType: IpAddressType
  /** For private APIs only. */
  readonly vpcEndpointIds?: string[]
}

const endpointTypes = ['REGIONAL', 'EDGE', 'PRIVATE'] as const
const ipAddressTypes = ['ipv4', 'dualstack'] as const

/** Fills in what a create leaves open: an edge-optimized endpoint, over IPv4 unless it is private. */
export function newEndpoint(given: Partial<Endpoint> = {}): Endpoint {
  const types = given.types ?? ['EDGE']
  const ipAddressType = given.ipAddressType ?? (types.includes('PRIVATE') ? 'dualstack' : 'ipv4')
  return { ...given, types, ipAddressType }
}

/** @throws {ServiceError} `BadRequestException` unless the parts fit together. */
export function checkEndpoint(endpoint: Endpoint): void {
  const { types, ipAddressType, vpcEndpointIds = [] } = endpoint
  if (types.length === 0) throw badRequest('REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.')
  if (types.length > 1) throw badRequest('Cannot create an api with multiple Endpoint Types.')
  const isPrivate = types.includes('PRIVATE')
  if (isPrivate && ipAddressType === 'ipv4') {
    throw badRequest('Only dualstack ipAddressType is supported for Private APIs.')
  }
  if (!isPrivate && vpcEndpointIds.length > 0) {
    throw badRequest('VPCEndpoints can only be specified with PRIVATE apis.')
  }
}

/** How the data plane keeps an API private. @returns Undefined for a public one. */
export function privateEndpointOf({ types, vpcEndpointIds = [] }: Endpoint): PrivateEndpoint | undefined {
  return types.includes('PRIVATE') ? { vpcEndpointIds } : undefined
}

/** @throws {ServiceError} `BadRequestException` for anything else than an endpoint type. */
export function parseEndpointType(value: string | undefined): EndpointType {
  const type = oneOf(endpointTypes, value)
  if (!type) throw badRequest(`Invalid EndpointTypes specified. Valid options are ${endpointTypes.join(',')}`)
  return type
}

/** @throws {ServiceError} `BadRequestException` for anything else than an IP address type. */
export function parseIpAddressType(value: string | undefined): IpAddressType {
  const type = oneOf(ipAddressTypes, value)
  if (!type) throw badRequest('ipAddressType must be either ipv4 or dualstack.')
  return type
}
