import type { VpcLink } from '@aws-sdk/client-apigatewayv2'
import { collection, type Reader } from '../../storage/store.ts'
import { ServiceError } from '../../wire/service-error.ts'

/** A way into private networks, for whichever load balancer an integration names. */
export interface VpcLinkRecord {
  readonly id: string
  readonly name: string
  readonly subnetIds: string[]
  readonly securityGroupIds: string[]
  /** Epoch milliseconds. */
  readonly createdDate: number
  readonly tags: Record<string, string>
}

/** By `{vpcLinkId}`. */
export const vpcLinksV2 = collection<VpcLinkRecord>('vpc-link-v2')

/** How long a new link is pending, in milliseconds: clients wait for the status that follows. */
const pendingMs = 1000

/** @throws {ServiceError} `NotFoundException` for an id that names no VPC link. */
export async function requireVpcLinkV2(reader: Reader, scope: string, id: string): Promise<VpcLinkRecord> {
  const link = await reader.get(vpcLinksV2, scope, id)
  if (!link) throw new ServiceError('NotFoundException', `Invalid VpcLink identifier specified ${id}`)
  return link
}

/**
 * The answer of every operation. There are no subnets to fail in: which load balancers are reached is the configuration's
 * part, and shows when an integration is called.
 *
 * @param nowMs Epoch milliseconds: the status depends on it.
 */
export function presentVpcLinkV2(link: VpcLinkRecord, nowMs: number): VpcLink {
  const pending = nowMs < link.createdDate + pendingMs
  return {
    VpcLinkId: link.id,
    Name: link.name,
    SubnetIds: link.subnetIds,
    SecurityGroupIds: link.securityGroupIds,
    CreatedDate: new Date(link.createdDate),
    Tags: link.tags,
    VpcLinkVersion: 'V2',
    VpcLinkStatus: pending ? 'PENDING' : 'AVAILABLE',
    VpcLinkStatusMessage: pending ? 'VPC link is provisioning ENIs' : 'VPC link is ready to route traffic',
  }
}
