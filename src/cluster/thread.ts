import { randomUUID } from 'node:crypto'
import { flushCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { sharedSlots } from '../limiter/shared-slots.ts'
import { jsonLog } from '../log.ts'
import { openCacheMemory } from '../response-cache/cache-memory.ts'
import { byteCipher } from '../secrets/byte-cipher.ts'
import type { ClusterHandlers, ClusterPeerHandlers } from '../threads/handlers.ts'
import { openPort } from '../threads/port.ts'
import { threadData } from '../threads/spawn-thread.ts'
import { connectRedis } from './connect.ts'
import { followChannels } from './follow.ts'
import { startLeaseAgent } from './lease-agent.ts'
import { countChannel, countsOf, redisAuthority } from './redis-authority.ts'
import { responseChannels, sharedResponses } from './shared-responses.ts'
import type { ClusterThreadSettings } from './thread-settings.ts'

/** The cluster thread: talks to Redis for all threads of the node, so that none of them ever waits for it. */

if (parentPort === null) throw new Error('This module is the entry of a worker thread')

const settings = await threadData<ClusterThreadSettings>(workerData)
const { redisUrl } = settings
const node = randomUUID()
const heard = connectRedis(redisUrl)
const agent = startLeaseAgent({
  authority: redisAuthority(connectRedis(redisUrl), node),
  slots: sharedSlots(settings.limits),
  shares: settings.shares,
  log: jsonLog(settings.logLevel),
})
const forResponses = connectRedis(redisUrl)
const responses = sharedResponses({
  redis: forResponses,
  memory: openCacheMemory(settings.responses),
  cipher: byteCipher(settings.secretKey, 'gatehouse cached responses'),
  newId: randomUUID,
})

followChannels(
  heard,
  [countChannel, ...responseChannels],
  (channel, text) => {
    if (channel === countChannel) agent.merge(countsOf(text, node))
    else responses.heard(channel, text)
  },
  () => {
    void agent.catchUp()
    void responses.catchUp()
  },
)

const forDataThreads: ClusterPeerHandlers = {
  inUse: async (limit) => agent.inUse(limit),
  fetchResponse: responses.fetch,
  keepResponse: async ({ key, response }) => responses.keep(key, response),
}
const forMain: ClusterHandlers = {
  async connect({ port }) {
    openPort(port, forDataThreads)
  },
  follow: agent.follow,
  sync: agent.sync,
  flushResponses: responses.flush,
  status: async () => agent.status(),
  async stop() {
    heard.disconnect()
    forResponses.disconnect()
    await agent.stop()
  },
}
openPort(parentPort, forMain)
flushCompileCache()
