/** What the cluster thread works with. */
export interface ClusterThreadSettings {
  /** Of the Redis that all nodes share. */
  readonly redisUrl: string
  /** From `slotMemory`: what this node's calls are counted in. */
  readonly limits: SharedArrayBuffer
  readonly logLevel: string
}
