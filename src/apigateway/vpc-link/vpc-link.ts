import type { VpcLink } from '@aws-sdk/client-api-gateway'
import { collection, type Reader } from '../../storage/store.ts'
import { nonEmpty } from '../non-empty.ts'
import { notFound } from '../refusal.ts'
import type { LinkStatus } from './link-status.ts'

/** A way to a network load balancer within a private network. */
export interface VpcLinkRecord {
  readonly id: string
  readonly name: string
  readonly description?: string
  /** One ARN. */
  readonly targetArns: string[]
  /** Epoch milliseconds: the link is pending until then. */
  readonly availableDate: number
  readonly tags: Record<string, string>
}

/** By `{vpcLinkId}`. */
export const vpcLinks = collection<VpcLinkRecord>('vpc-link')

/** @throws {ServiceError} `NotFoundException` for an id that names no VPC link. */
export async function requireVpcLink(reader: Reader, scope: string, id: string): Promise<VpcLinkRecord> {
  const link = await reader.get(vpcLinks, scope, id)
  if (!link) throw notFound('Invalid Vpc Link identifier specified')
  return link
}

/**
 * The answer to a get or an update. Observed: it has `tags` even when there are none.
 *
 * @param status Of the link now.
 */
export function presentVpcLink({ availableDate: _, ...link }: VpcLinkRecord, status: LinkStatus): VpcLink {
  return { ...link, ...status }
}

/** The answer to a create, and an item of a list. Observed: without `tags` when there are none. */
export function presentListedVpcLink(link: VpcLinkRecord, status: LinkStatus): VpcLink {
  return { ...presentVpcLink(link, status), tags: nonEmpty(link.tags) }
}
