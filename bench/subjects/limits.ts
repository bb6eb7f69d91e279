import { startRedis } from '../../src/cluster/test-redis.ts'
import { type Accuracy, accuracyOf } from '../accuracy.ts'
import { deployLimitedMock, deployMock } from '../deploy.ts'
import { startGatehouse } from '../gatehouse.ts'
import { answers } from '../program.ts'
import type { Figure, Subject, Target } from '../subject.ts'
import { atMostMore } from '../target.ts'
import { inTurns } from '../turns.ts'

const connections = 64
const rates = [10, 1_000, 20_000]
const threads = [0.7, 0.3]
const nodes = [0.8, 0.15, 0.05]
/** So many times the usual turns: what limits cost is a tenth of a call, which itself differs by a fifth from turn to turn. */
const steady = 4

/** What limits cost, and how exact they are. */
export const limits: Subject = {
  name: 'limits',
  title: 'Throttling, usage plans and quotas',
  method:
    'A MOCK method that is open, and the same behind an API key, with the rate and the quota of its plan and the rate of its ' +
    'stage; requests are the same for both, from 64 connections: a loader that had to be woken would cost more than the limits. ' +
    'They take four times as many turns as others: their difference is small. With Redis, one node of a cluster leases its ' +
    'limits; Redis’s own time is not counted. Accuracy: threads call one limit at ten times its rate, 70 and 30 % of the calls ' +
    'each on one machine, and 80, 15 and 5 % on three nodes that share a Redis.',

  async run(pace) {
    await using redis = await startRedis()
    const rows = await costs(redis.url, pace)
    const [open, local, shared] = rows
    const figures: Figure[] = []
    const targets: Target[] = [atMostMore(3, local, open), atMostMore(5, shared, open)]
    const seconds = 2 * pace.seconds
    for (const rateLimit of rates) {
      const rate = { rateLimit, burstLimit: rateLimit / 2 }
      const local = await accuracyOf({ rate, seconds, shares: threads })
      const cluster = await accuracyOf({ rate, seconds, shares: nodes, redisUrl: redis.url })
      await redis.restart()
      figures.push(figureOf(`${rateLimit} calls/s, two threads`, local))
      figures.push(figureOf(`${rateLimit} calls/s, three nodes`, cluster))
      targets.push(within(rateLimit, local), overshoot(rateLimit, cluster))
    }
    return { rows, figures, targets }
  },
}

async function costs(redisUrl: string, pace: Parameters<Subject['run']>[0]) {
  await using alone = await startGatehouse({ workers: 1 })
  await using node = await startGatehouse({ workers: 1, redis: redisUrl })
  const limited = await deployLimitedMock(alone.port, 'limited')
  const open = { ...(await deployMock(alone.port, 'open')) }
  const withKey = { ...open, headers: { ...limited.headers, ...open.headers } }
  const shared = await deployLimitedMock(node.port, 'limited')
  for (const target of [withKey, limited, shared]) await answers(target)
  return await inTurns(
    [
      { name: 'open method', server: { ...alone, ...withKey, connections } },
      { name: 'throttle, plan and quota', server: { ...alone, ...limited, connections } },
      { name: 'throttle, plan and quota, with Redis', server: { ...node, ...shared, connections } },
    ],
    { ...pace, turns: steady * pace.turns },
  )
}

function figureOf(name: string, { admitted, allowed }: Accuracy): Figure {
  return { name, value: `${admitted} admitted, ${allowed} allowed (${percent(admitted / allowed - 1)})` }
}

function within(rateLimit: number, { admitted, allowed }: Accuracy): Target {
  const error = admitted / allowed - 1
  return {
    promise: `${rateLimit} calls/s over two threads: within 1 %`,
    measured: percent(error),
    // The last call may fall on either side of the end.
    met: Math.abs(admitted - allowed) <= Math.max(1, 0.01 * allowed),
  }
}

function overshoot(rateLimit: number, { overshoot: calls }: Accuracy): Target {
  return {
    promise: `${rateLimit} calls/s over three nodes: at most 5 % of a second’s calls too many`,
    measured: percent(calls / rateLimit),
    met: calls <= 0.05 * rateLimit,
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`
}
