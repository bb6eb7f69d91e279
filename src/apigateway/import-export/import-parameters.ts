import type { EndpointType, IpAddressType } from '@aws-sdk/client-api-gateway'
import type { BasePathMode } from '../../openapi/document/base-path.ts'
import { oneOf } from '../one-of.ts'
import { badRequest } from '../refusal.ts'
import { parseEndpointType, parseIpAddressType } from '../rest-api/endpoint-configuration.ts'

/** What the free query parameters of an import say. */
export interface ImportParameters {
  readonly basePath: BasePathMode
  readonly ignoreDocumentation: boolean
  readonly endpointType?: EndpointType
  readonly ipAddressType?: IpAddressType
  readonly vpcEndpointIds?: string[]
  /** About parameters that have no meaning. */
  readonly warnings: string[]
}

const basePathModes = ['ignore', 'prepend', 'split'] as const
const known = [
  'basepath',
  'ignore',
  'endpointConfigurationTypes',
  'endpointConfigurationIpAddressType',
  'endpointConfigurationVpcEndpointIds',
]

/** @throws {ServiceError} `BadRequestException` for a value that a parameter does not take. */
export function parseImportParameters(parameters: Readonly<Record<string, string>> = {}): ImportParameters {
  const { basepath = 'ignore', ignore, endpointConfigurationTypes: types } = parameters
  const basePath = oneOf(basePathModes, basepath)
  if (!basePath) throw badRequest(`Invalid basepath specified. Valid options are ${basePathModes}`)
  if (ignore !== undefined && ignore !== 'documentation') {
    throw badRequest('Invalid value for parameter ignore specified. Valid options are documentation')
  }
  const { endpointConfigurationIpAddressType: ip, endpointConfigurationVpcEndpointIds: vpcEndpointIds } = parameters
  const unknown = Object.keys(parameters).filter((name) => !known.includes(name))
  return {
    basePath,
    ignoreDocumentation: ignore === 'documentation',
    ...(types !== undefined && { endpointType: parseEndpointType(types) }),
    ...(ip !== undefined && { ipAddressType: parseIpAddressType(ip) }),
    ...(vpcEndpointIds !== undefined && { vpcEndpointIds: vpcEndpointIds.split(',') }),
    warnings: unknown.map((name) => `Unsupported parameter '${name}' of the import. Ignoring.`),
  }
}
