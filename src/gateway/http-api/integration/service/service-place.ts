import { partitionOf } from '../../../../wire/arn.ts'
import { GatewayError } from '../../../error.ts'
import { type Address, addressOf } from '../../../integration/aws-service/service-endpoint.ts'
import { serviceSigners } from '../../../integration/aws-service/service-signers.ts'
import type { ParameterValues } from './parameters.ts'
import type { ServiceCall } from './service-calls.ts'
import type { ServiceIntegrationOutside } from './service-integration.ts'

/** A service in one region: where it is, and who signs the requests to it. */
export interface ServicePlace {
  readonly address: Address
  readonly signerOf: ReturnType<typeof serviceSigners>
}

export interface ServicePlaceOptions {
  readonly call: ServiceCall
  /** Of the API, where no parameter names another. */
  readonly ownRegion: string
  /** A role, or `arn:aws:iam::*:user/*`. */
  readonly credentialsArn: string
}

/** Compiles where the requests of a service integration go: to the region of its `Region` parameter. */
export function servicePlaces(
  { call, ownRegion, credentialsArn }: ServicePlaceOptions,
  outside: Pick<ServiceIntegrationOutside, 'services' | 'credentials' | 'now'>,
): (values: ParameterValues) => ServicePlace {
  const { service, hostPrefix } = call
  const inRegion = (region: string): ServicePlace => {
    const target = { partition: partitionOf(region), region, service, ...(hostPrefix && { hostPrefix }) }
    return {
      address: addressOf(target, outside.services.endpoints),
      signerOf: serviceSigners(credentialsArn, target, outside),
    }
  }
  let last = { region: ownRegion, place: inRegion(ownRegion) }

  return (values) => {
    const region = values.get('Region') ?? ownRegion
    if (region === last.region) return last.place
    // It becomes a part of a host name.
    if (typeof region !== 'string' || !/^[a-z0-9-]{1,40}$/.test(region)) {
      throw new GatewayError('BAD_REQUEST_PARAMETERS', 'Bad Request', { detail: `${region} is no region` })
    }
    last = { region, place: inRegion(region) }
    return last.place
  }
}
