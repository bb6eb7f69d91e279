/** What the nodes of a cluster agree through. One connection of one node. */
export interface Authority {
  /**
   * Reports what this node has used, and takes leases for what it needs.
   * @throws when the authority does not answer.
   */
  exchange(reports: Reports): Promise<Leases>
  /** Calls of quotas until now, by name. Unknown names are left out. @throws when the authority does not answer. */
  counts(names: readonly string[]): Promise<readonly QuotaCount[]>
  /** Says that this node leaves. */
  leave(): Promise<void>
  close(): void
}

export interface Reports {
  readonly buckets: readonly BucketReport[]
  readonly quotas: readonly QuotaReport[]
}

/** What a node says of a token bucket. */
export interface BucketReport {
  readonly name: string
  /** Tokens per second. */
  readonly rateLimit: number
  /** Tokens that all nodes together may hold or have left. */
  readonly capacity: number
  /** Tokens that a node begins with. */
  readonly first: number
  /** Those of them that are set aside for each node that has not reported the bucket. */
  readonly aside: number
  /** Tokens that this node holds now. */
  readonly held: number
  /** Tokens that this node has held and gives back. */
  readonly returned: number
  /** Tokens that were used without a lease, while the authority was lost. */
  readonly debt: number
  /** Tokens that this node would hold; 0 when it leaves the bucket to the others. */
  readonly wanted: number
  /** Calls per second: what is scarce is shared out by it. */
  readonly demand: number
}

/** What a node says of a quota. */
export interface QuotaReport {
  readonly name: string
  /** The day on which the period began. */
  readonly start: number
  /** Calls of the period; infinite for those that are only counted. */
  readonly limit: number
  /** Calls of all nodes that this one knows of, without those that it reports. */
  readonly known: number
  /** Calls that it reports. */
  readonly used: number
  /** Numbers the reports of a node: one that comes twice counts once. */
  readonly sequence: number
  /** Calls that it may still make under its lease. */
  readonly held: number
  readonly wanted: number
}

export interface Leases {
  /** Nodes that live, with this one. */
  readonly nodes: number
  /** Tokens granted, in the order of the reports. */
  readonly buckets: readonly number[]
  /** In the order of the reports. */
  readonly quotas: readonly QuotaLease[]
}

export interface QuotaLease {
  /** Calls of all nodes in the period. */
  readonly used: number
  /** Calls granted. */
  readonly granted: number
}

/** The calls of one quota, of all nodes. */
export interface QuotaCount {
  readonly name: string
  readonly start: number
  readonly used: number
}
