import { randomUUID } from 'node:crypto'
import { flushCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { sharedSlots } from '../limiter/shared-slots.ts'
import { jsonLog } from '../log.ts'
import type { ClusterHandlers, LimitHandlers } from '../threads/handlers.ts'
import { openPort } from '../threads/port.ts'
import { threadData } from '../threads/spawn-thread.ts'
import { connectRedis } from './connect.ts'
import { startLeaseAgent } from './lease-agent.ts'
import { followCounts, redisAuthority } from './redis-authority.ts'
import type { ClusterThreadSettings } from './thread-settings.ts'

/** The cluster thread: talks to Redis for all threads of the node, so that none of them ever waits for it. */

if (parentPort === null) throw new Error('This module is the entry of a worker thread')

const { redisUrl, limits, logLevel } = await threadData<ClusterThreadSettings>(workerData)
const node = randomUUID()
const heard = connectRedis(redisUrl)
const agent = startLeaseAgent({
  authority: redisAuthority(connectRedis(redisUrl), node),
  slots: sharedSlots(limits),
  log: jsonLog(logLevel),
})
followCounts(heard, node, agent.merge, () => void agent.catchUp())

const handlers: ClusterHandlers = {
  async connect({ port }) {
    openPort(port, { inUse: async (limit) => agent.inUse(limit) } satisfies LimitHandlers)
  },
  follow: agent.follow,
  sync: agent.sync,
  status: async () => agent.status(),
  async stop() {
    heard.disconnect()
    await agent.stop()
  },
}
openPort(parentPort, handlers)
flushCompileCache()
