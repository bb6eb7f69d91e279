import { hash } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Authority, BucketReport, QuotaCount, QuotaReport } from './authority.ts'
import { redisScript } from './redis-script.ts'
import { exchangeBuckets, exchangeQuotas } from './scripts.ts'

/** Everything of a cluster is under keys with one hash tag, so that scripts may touch them all. */
const prefix = '{gatehouse}:'
const nodesKey = `${prefix}nodes`
export const countChannel = `${prefix}counts`

/** The authority in Redis. @param node Names this node: no other has, or has had, the same name. */
export function redisAuthority(redis: Redis, node: string): Authority {
  const buckets = redisScript(redis, exchangeBuckets)
  const quotas = redisScript(redis, exchangeQuotas)
  /** Why there is no connection: a command that finds none does not say. The client's own error holds the password. */
  let fault: Error | undefined
  redis.on('error', ({ message }: Error) => {
    fault = new Error(message)
  })
  redis.on('ready', () => {
    fault = undefined
  })

  return {
    async exchange(reports) {
      // Both travel together, and Redis runs them in this order.
      const [ofBuckets, ofQuotas] = await Promise.all([
        buckets.run(
          [nodesKey, ...reports.buckets.map(({ name }) => keyOf('bucket', name))],
          [node, ...reports.buckets.flatMap(bucketValues)],
        ),
        reports.quotas.length === 0
          ? []
          : quotas.run(
              [nodesKey, ...reports.quotas.map(({ name }) => keyOf('quota', name))],
              [node, countChannel, ...reports.quotas.flatMap(quotaValues)],
            ),
      ]).catch((error: unknown) => {
        throw fault ?? error
      })
      const [nodes = 1, ...granted] = numbers(ofBuckets)
      const [, ...counted] = numbers(ofQuotas)
      return {
        nodes,
        buckets: granted,
        quotas: reports.quotas.map((_, i) => ({ used: counted[2 * i] ?? 0, granted: counted[2 * i + 1] ?? 0 })),
      }
    },
    async counts(names) {
      const answers = await redis.pipeline(names.map((name) => ['hmget', keyOf('quota', name), 's', 'u'])).exec()
      return names.flatMap((name, i) => {
        const [start, used] = Array.isArray(answers?.[i]?.[1]) ? answers[i][1] : []
        return start && used ? [{ name, start: Number(start), used: Number(used) }] : []
      })
    },
    async leave() {
      await redis.zrem(nodesKey, node)
    },
    close: () => redis.disconnect(),
  }
}

/** What a message on `countChannel` tells that other nodes than this one have counted. */
export function countsOf(text: string, node: string): QuotaCount[] {
  const [from, counts]: [string, [string, number, number][]] = JSON.parse(text)
  return from === node ? [] : counts.map(([name, start, used]) => ({ name, start, used }))
}

function keyOf(kind: string, name: string): string {
  return `${prefix}${kind}:${hash('sha256', name, 'base64url').slice(0, 27)}`
}

function bucketValues(report: BucketReport): number[] {
  const { rateLimit, capacity, first, aside, held, returned, debt, wanted, demand } = report
  return [rateLimit, capacity, first, aside, held, returned, debt, wanted, demand]
}

function quotaValues({ name, start, limit, known, used, sequence, held, wanted }: QuotaReport): (string | number)[] {
  return [name, start, Number.isFinite(limit) ? limit : -1, known, used, sequence, held, wanted]
}

function numbers(answer: unknown): number[] {
  return Array.isArray(answer) ? answer.map(Number) : []
}
