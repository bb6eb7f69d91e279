import type { Shares } from './share.ts'

/** What the cluster thread works with. */
export interface ClusterThreadSettings {
  /** Of the Redis that all nodes share. */
  readonly redisUrl: string
  readonly shares: Shares
  /** From `slotMemory`: what this node's calls are counted in. */
  readonly limits: SharedArrayBuffer
  /** From `allocateCacheMemory`: what this node keeps of responses. */
  readonly responses: SharedArrayBuffer
  /** Of the data folder: what is kept in Redis is sealed with it. */
  readonly secretKey: Uint8Array
  readonly logLevel: string
}
