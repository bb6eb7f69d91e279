import type { ServiceEndpoint } from '../../../../config/service-endpoint.ts'
import { partitionOf } from '../../../../wire/arn.ts'
import { GatewayError } from '../../../error.ts'
import { type Address, addressOf } from '../../../integration/aws-service/service-endpoint.ts'
import type { ParameterValues } from './parameters.ts'
import type { ServiceCall } from './service-calls.ts'

/**
 * Compiles where the requests of a service integration go: to the region of its `Region` parameter.
 *
 * @param ownRegion Of the API, where there is no such parameter.
 */
export function serviceAddress(
  { service, hostPrefix }: ServiceCall,
  ownRegion: string,
  endpoints: readonly ServiceEndpoint[],
): (values: ParameterValues) => Address {
  const inRegion = (region: string) =>
    addressOf({ partition: partitionOf(region), region, service, ...(hostPrefix && { hostPrefix }) }, endpoints)
  let last = { region: ownRegion, address: inRegion(ownRegion) }

  return (values) => {
    const region = values.get('Region') ?? ownRegion
    if (region === last.region) return last.address
    // It becomes a part of a host name.
    if (typeof region !== 'string' || !/^[a-z0-9-]{1,40}$/.test(region)) {
      throw new GatewayError('BAD_REQUEST_PARAMETERS', 'Bad Request', { detail: `${region} is no region` })
    }
    last = { region, address: inRegion(region) }
    return last.address
  }
}
