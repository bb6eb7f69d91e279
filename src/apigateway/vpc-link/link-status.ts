import type { VpcLink } from '@aws-sdk/client-api-gateway'
import type { VpcLinkTarget } from '../../config/vpc-link-target.ts'
import type { VpcLinkRecord } from './vpc-link.ts'

export type LinkStatus = Pick<VpcLink, 'status' | 'statusMessage'>

/** The targets that the configuration has backends for. */
type Targets = readonly Pick<VpcLinkTarget, 'arn'>[]

/**
 * How a link is: pending at first, then available if the configuration has backends for its target.
 * @param nowMs Epoch milliseconds.
 */
export function linkStatus(link: VpcLinkRecord, targets: Targets, nowMs: number): LinkStatus {
  if (nowMs < link.availableDate) return { status: 'PENDING' }
  const [target = ''] = link.targetArns
  // Observed of application load balancers.
  if (!target.includes(':loadbalancer/net/')) return { status: 'FAILED', statusMessage: 'NLB ARN is malformed' }
  if (targets.some(({ arn }) => arn === target)) {
    return { status: 'AVAILABLE', statusMessage: 'Your vpc link is ready for use' }
  }
  return { status: 'FAILED', statusMessage: `The configuration has no vpcLinkTargets for ${target}` }
}
