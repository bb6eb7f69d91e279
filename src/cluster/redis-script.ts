import { hash } from 'node:crypto'
import type { Redis } from 'ioredis'

/** A script that Redis runs in one step. */
export interface RedisScript {
  /** @throws when Redis does not answer, or what the script throws. */
  run(keys: readonly string[], values: readonly (string | number)[]): Promise<unknown>
}

/** A script that is sent once: Redis knows it by its hash afterwards. */
export function redisScript(redis: Redis, source: string): RedisScript {
  const digest = hash('sha1', source)
  return {
    async run(keys, values) {
      try {
        return await redis.evalsha(digest, keys.length, ...keys, ...values)
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
        return redis.eval(source, keys.length, ...keys, ...values)
      }
    },
  }
}
