/** A VPC link as the data plane knows it. */
export interface PublishedVpcLink {
  /** A V1 link leads to its load balancer; a V2 link to whichever the integration names. */
  readonly version: 'V1' | 'V2'
  /** ARNs of load balancers: one of a V1 link, none of a V2 link. */
  readonly targetArns: readonly string[]
}

/** What the control plane tells every data-plane thread when a VPC link was created or deleted. */
export interface VpcLinkChange {
  readonly account: string
  readonly region: string
  readonly vpcLinkId: string
  /** Absent: the link is gone. */
  readonly link?: PublishedVpcLink
}
