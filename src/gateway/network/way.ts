import type { InstanceAttributes } from './discovery.ts'
import type { IntegrationTls } from './integration-tls.ts'

/** How the backend of an integration is reached. */
export interface Way {
  readonly tls: IntegrationTls
  /** Absent: over the internet. */
  readonly link?: LinkedWay
}

/** The way over a VPC link. */
export interface LinkedWay {
  /** The account and the region of the API, in which the link is looked for. */
  readonly account: string
  readonly region: string
  readonly vpcLinkId: string
  /** Where a V2 link leads to: the ARN of a load balancer, of a listener, or of a Cloud Map service. A V1 link knows it. */
  readonly target: string
  /** What the instances of a Cloud Map service must have. Absent: any of them will do. */
  readonly attributes?: InstanceAttributes
  /** What a V2 link puts in front of the path. */
  readonly pathPrefix: string
}
