import { totalmem } from 'node:os'
import { integer } from '../kind.ts'
import { redisUrl } from '../redis-url.ts'
import { setting, withoutDefault } from '../setting.ts'

const maxNodes = 1_000

/** What calls share: with those of other gateways, and in memory. */
export const sharing = {
  redis: setting({
    flag: '--redis',
    env: 'GATEHOUSE_REDIS',
    kind: withoutDefault(redisUrl),
    default: () => undefined,
    defaultText: 'none',
    description:
      'Redis or Valkey through which several gateways share their limits, quotas and cached responses; a password is better given by the variable, for other users of a machine can read its command lines',
    example: 'rediss://gatehouse:secret@redis.example.com:6379/0',
  }),
  nodes: setting({
    flag: '--nodes',
    env: 'GATEHOUSE_NODES',
    kind: withoutDefault(integer({ min: 1, max: maxNodes })),
    default: () => undefined,
    defaultText: 'as many as there were',
    unit: 'gateways',
    description:
      'How many gateways share the Redis, at most: one that cannot reach it serves no more than that part of every limit, also if it knows of fewer',
    example: 3,
  }),
  maxCacheMegabytes: setting({
    flag: '--max-cache-megabytes',
    env: 'GATEHOUSE_MAX_CACHE_MEGABYTES',
    kind: integer({ min: 1, max: 262_144 }),
    default: () => defaultCacheMegabytes(),
    defaultText: 'a quarter of the memory',
    unit: 'megabytes',
    description:
      'Memory that the cached responses of all stages may take; what a stage’s own cache size says holds within it',
    example: 2_048,
  }),
} as const

/** A container may have less than its machine. */
function defaultCacheMegabytes(): number {
  const constrained = process.constrainedMemory()
  const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
  return Math.max(1, Math.min(262_144, Math.floor(bytes / 4 / 1_048_576)))
}
