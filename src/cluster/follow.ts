import type { Redis } from 'ioredis'

/**
 * Follows what the nodes tell each other.
 *
 * @param redis A connection for this alone.
 * @param heard Told each message.
 * @param gap Told whenever some may have been missed.
 */
export function followChannels(
  redis: Redis,
  channels: readonly string[],
  heard: (channel: string, text: string) => void,
  gap: () => void,
): void {
  redis.on('ready', () => {
    redis.subscribe(...channels).then(gap, () => {})
  })
  redis.on('message', heard)
}
