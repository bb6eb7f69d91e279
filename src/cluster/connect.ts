import { Redis } from 'ioredis'

/** Longest pause before a lost connection is tried again, in milliseconds. */
const maxRetryPauseMs = 500

/**
 * Connects to a Redis or Valkey server. A connection that is lost is opened again for as long as the process lives; meanwhile
 * commands fail at once.
 *
 * @param url `redis://` or `rediss://`, with user, password and number of the database.
 */
export function connectRedis(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(50 * times, maxRetryPauseMs),
  })
  // Whoever waits for a command learns of it; nobody else has to.
  redis.on('error', () => {})
  return redis
}
