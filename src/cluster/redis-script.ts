import { hash } from 'node:crypto'
import type { Redis } from 'ioredis'

/** A script that Redis runs in one step. Both throw when Redis does not answer, and what the script throws. */
export interface RedisScript {
  run(keys: readonly string[], values: readonly (string | number)[]): Promise<unknown>
  /** The same for answers of bytes. */
  runForBytes(keys: readonly string[], values: readonly (string | number)[]): Promise<unknown>
}

/** A script that is sent once: Redis knows it by its hash afterwards. */
export function redisScript(redis: Redis, source: string): RedisScript {
  const digest = hash('sha1', source)

  async function orSend(known: () => Promise<unknown>, send: () => Promise<unknown>): Promise<unknown> {
    try {
      return await known()
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return send()
    }
  }

  return {
    run: (keys, values) =>
      orSend(
        () => redis.evalsha(digest, keys.length, ...keys, ...values),
        () => redis.eval(source, keys.length, ...keys, ...values),
      ),
    runForBytes: (keys, values) =>
      orSend(
        () => redis.callBuffer('EVALSHA', digest, keys.length, ...keys, ...values),
        () => redis.callBuffer('EVAL', source, keys.length, ...keys, ...values),
      ),
  }
}
