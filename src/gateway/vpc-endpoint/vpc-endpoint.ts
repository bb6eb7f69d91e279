import type { VpcEndpoint } from '../../config/vpc-endpoint.ts'
import { compilePolicy, type Policy } from '../../policy/policy.ts'

/** The VPC endpoint that a call comes through. */
export interface CallEndpoint {
  /** `vpce-…` */
  readonly vpcEndpointId: string
  /** `vpc-…` */
  readonly vpcId: string
  /** Of the private APIs behind it. */
  readonly region: string
  /** What it lets pass. Absent: everything. */
  readonly policy?: Policy
}

/** A VPC endpoint of the configuration, with all that is left out there. */
export type PlacedEndpoint = VpcEndpoint & Required<Pick<VpcEndpoint, 'host' | 'region'>>

/** Compiles an endpoint's policy, which the configuration has checked. */
export function callEndpoint({ vpcEndpointId, vpcId, region, policy }: PlacedEndpoint): CallEndpoint {
  return { vpcEndpointId, vpcId, region, ...(policy !== undefined && { policy: compilePolicy(policy, 'resource') }) }
}
