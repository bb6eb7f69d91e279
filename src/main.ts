import { randomBytes, randomUUID } from 'node:crypto'
import { listApiKeyChanges, readApiKeyChange } from './apigateway/api-key/api-key-change.ts'
import { apiKeyTopic } from './apigateway/api-key/revise.ts'
import { listServedApis, listStageChanges, readStageChange } from './apigateway/stage/stage-change.ts'
import { usageRecorder } from './apigateway/usage/recorder.ts'
import { listUsagePlanChanges, readUsagePlanChange, usagePlanTopic } from './apigateway/usage-plan/usage-plan-change.ts'
import { listVpcLinkChanges, readVpcLinkChange } from './apigateway/vpc-link/vpc-link-change.ts'
import {
  httpStageTopic,
  listHttpStageChanges,
  listServedHttpApis,
  readHttpStageChange,
} from './apigatewayv2/stage/stage-change.ts'
import { listVpcLinkV2Changes, readVpcLinkV2Change } from './apigatewayv2/vpc-link/vpc-link-change.ts'
import { nodeMemory } from './cluster/node-memory.ts'
import { sharesOf } from './cluster/share.ts'
import { accountRateOf } from './config/account-rate.ts'
import { backendSettings } from './config/backend-settings.ts'
import { isLoopback } from './config/loopback.ts'
import { type Config, rootKeysOf } from './config.ts'
import { createCodeLinks } from './control/code-links.ts'
import { createControlPlane } from './control/control-plane.ts'
import { freePort } from './control/free-port.ts'
import { createPublisher } from './control/publisher.ts'
import { identities as knownIdentities } from './gateway/identity/identities.ts'
import { identitySource } from './iam/publication/source.ts'
import { identityTopic } from './iam/publication/topic.ts'
import type { OpenRoleSession } from './identity/role-session.ts'
import { listFunctionChanges, readFunctionChange } from './lambda/function/change.ts'
import type { FunctionSettings } from './lambda/function-settings.ts'
import { createEventQueue } from './lambda/invocation/event-queue.ts'
import { takeOver } from './lambda/invocation/take-over.ts'
import type { FunctionInvoker } from './lambda/invoker.ts'
import { codeFolderOf } from './lambda/pool/code/code-cache.ts'
import { codeCleaning } from './lambda/pool/code/code-cleaning.ts'
import { countMemory } from './lambda/pool/neighbours/shared-counts.ts'
import { sharedSlots, slotMemory } from './limiter/shared-slots.ts'
import { jsonLog } from './log.ts'
import { allocateCacheMemory, openCacheMemory } from './response-cache/cache-memory.ts'
import { sharedMemoryFlush } from './response-cache/shared-memory-cache.ts'
import { createCipher } from './secrets/cipher.ts'
import { loadKey } from './secrets/key-file.ts'
import { type ApiKeyChange, type UsagePlanChange, usageCountNames } from './snapshot/api-key.ts'
import type { FunctionChange } from './snapshot/function.ts'
import type { IdentityChange } from './snapshot/identity.ts'
import type { StageChange } from './snapshot/stage-change.ts'
import type { VpcLinkChange } from './snapshot/vpc-link.ts'
import { openSqliteStore } from './storage/sqlite/open.ts'
import { startClusterThread } from './threads/cluster-host.ts'
import { type DataThreads, startDataThreads } from './threads/data-threads.ts'
import type { BlobHandlers } from './threads/handlers.ts'
import type { SpawnedThread } from './threads/spawn-thread.ts'
import { subscription } from './threads/subscription.ts'
import { version } from './version.ts'

/** A gateway that serves. */
export interface Running {
  /** Such as `http://127.0.0.1:4566`. */
  readonly url: string
  /** Finishes what is in flight, at most for `drainSeconds`, and ends everything. */
  stop(): Promise<void>
}

/** A crash loses no more than what API keys have used in this time, in milliseconds. */
const usageFlushMs = 1_000

/**
 * Starts a gateway: the composition root, the only file that knows every concrete part.
 *
 * @param spawned The first data thread, from `spawnDataThread`.
 * @throws {StorageError} when the data folder cannot be used; the system's error, such as `EADDRINUSE`, for the port.
 */
export async function startGatehouse(config: Config, spawned: SpawnedThread): Promise<Running> {
  const startedAt = Date.now()
  const now = () => new Date()
  const log = jsonLog(config.logLevel)
  const report = (error: unknown) => log.error('Background work failed', { error })

  const port = await freePort(config.host, config.port)
  const apiPort = config.apiPort === undefined ? undefined : await freePort(config.host, config.apiPort)
  const vpcEndpoints = config.vpcEndpoints.map(({ host = config.host, region = config.region, ...endpoint }) => ({
    ...endpoint,
    host,
    region,
  }))
  for (const endpoint of vpcEndpoints) await freePort(endpoint.host, endpoint.port)
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
  const store = await openSqliteStore(config.dataDir)
  const secretKey = loadKey(config.dataDir)
  const cipher = createCipher(secretKey)
  const getBlob = (name: string) => store.read((reader) => reader.getBlob(name))

  const publisher = createPublisher(store, report)
  const stages = publisher.feed<StageChange>('rest-stage', {
    load: (reader, scope, key) => readStageChange(reader, scope, key, cipher),
    loadAll: (reader) => listStageChanges(reader, cipher),
  })
  const httpStages = publisher.feed<StageChange>(httpStageTopic, {
    load: readHttpStageChange,
    loadAll: listHttpStageChanges,
  })
  const vpcLinks = publisher.feed<VpcLinkChange>('vpc-link', { load: readVpcLinkChange, loadAll: listVpcLinkChanges })
  const vpcLinksV2 = publisher.feed<VpcLinkChange>('vpc-link-v2', {
    load: readVpcLinkV2Change,
    loadAll: listVpcLinkV2Changes,
  })
  const published = publisher.feed<FunctionChange>('function', {
    load: readFunctionChange,
    loadAll: listFunctionChanges,
  })

  const apiKeys = publisher.feed<ApiKeyChange>(apiKeyTopic, {
    load: (reader, scope, key) => readApiKeyChange(reader, scope, key, cipher),
    loadAll: (reader) => listApiKeyChanges(reader, cipher),
  })
  const usagePlans = publisher.feed<UsagePlanChange>(usagePlanTopic, {
    load: readUsagePlanChange,
    loadAll: listUsagePlanChanges,
  })
  const limits = slotMemory()
  const fatal = (error: Error) => {
    log.error('The gateway cannot go on', { error })
    process.exit(1)
  }
  const { redis: redisUrl, nodes, logLevel } = config
  const responses = allocateCacheMemory(config.maxCacheMegabytes * 1_048_576)
  const ownFlush = sharedMemoryFlush(openCacheMemory(responses))
  const memory = await nodeMemory({ store, nowMs: () => performance.now() })
  const shares = sharesOf(nodes, memory.remembered)
  const cluster =
    redisUrl === undefined
      ? undefined
      : startClusterThread({ redisUrl, shares, limits, responses, secretKey, logLevel }, fatal)
  async function flushResponses(name: string): Promise<boolean> {
    await ownFlush.flush(name)
    return cluster ? cluster.flushResponses(name) : true
  }
  const usage = usageRecorder({ store, slots: sharedSlots(limits), now })
  // Before any thread counts: its counts go on where they were.
  await apiKeys.follow(async (changes) => {
    await usage.follow(changes)
    await cluster?.follow(usageCountNames(changes))
  })
  async function recordUsage(): Promise<void> {
    await cluster?.sync()
    await usage.flush()
  }
  async function keepUp(): Promise<void> {
    await usage.flush()
    if (cluster) await memory.note(await cluster.status())
  }
  let kept = Promise.resolve()
  const recording = setInterval(() => {
    kept = kept.then(keepUp).catch(report)
  }, usageFlushMs)

  const identities = publisher.feed<IdentityChange>(
    identityTopic,
    identitySource({ cipher, now, region: config.region, rootKeys: rootKeysOf(config) }),
  )
  const known = knownIdentities()
  await identities.follow(async (changes) => known.publish(changes))

  const blobs: BlobHandlers = {
    async blob(name) {
      const bytes = await getBlob(name)
      if (!bytes) throw new Error(`There is no blob ${name}`)
      return bytes
    },
  }
  const serving = Promise.withResolvers<DataThreads>()
  const invoker: FunctionInvoker = { invoke: async (invocation) => (await serving.promise).invoke(invocation) }
  const codeLinks = createCodeLinks(randomBytes(32), now)
  const eventQueue = createEventQueue({ store, invoker, now, newUuid: randomUUID, delay, report })
  const control = createControlPlane({
    wire: onFirstUse(async () => {
      const { awsWire } = await import('./aws-wire.ts')
      const { testMethod, testAuthorizer } = await serving.promise
      return awsWire({
        config,
        url,
        store,
        now,
        cipher,
        log,
        invoker,
        eventQueue,
        codeLinks,
        identities: known,
        recordUsage,
        flushResponses,
        testMethod,
        testAuthorizer,
      })
    }),
    caughtUp: publisher.caughtUp,
    codeLinks,
    getBlob,
    loopbackOnly: isLoopback(config.host),
    async status() {
      const { region, account, workers } = config
      const apis = await store.read(async (reader) => [
        ...(await listServedApis(reader)),
        ...(await listServedHttpApis(reader)),
      ])
      const uptimeSeconds = Math.round((Date.now() - startedAt) / 1000)
      return {
        version,
        uptimeSeconds,
        region,
        account,
        workers,
        apis: apis.length,
        ...(cluster && { cluster: await cluster.status() }),
      }
    },
  })

  const openServiceSession: OpenRoleSession = onFirstUse(async () => {
    const { serviceSessions } = await import('./sts/assume-role/service-session.ts')
    const { identityDependencies } = await import('./identity-dependencies.ts')
    return serviceSessions(identityDependencies({ store, now, cipher }))
  })
  const openRoleSession: OpenRoleSession = async (role) => {
    const session = await openServiceSession(role)
    await publisher.caughtUp()
    return session
  }

  const dataThreads = await startDataThreads({
    spawned,
    settings: {
      maxIntegrationTimeoutMs: config.maxIntegrationTimeoutMs,
      backends: backendSettings(config),
      trustedProxies: config.trustedProxies,
      userPools: config.userPools,
      vpcEndpoints,
      limits,
      accountRate: accountRateOf(config),
      announceLimits: config.rateLimitHeaders,
      responses,
      logLevel: config.logLevel,
      functions: functionSettings(config, url),
    },
    addresses: { host: config.host, port, ...(apiPort === undefined ? {} : { apiPort }) },
    subscriptions: [
      subscription(published, (peer, changes) => peer.call('publishFunctions', changes)),
      subscription(identities, (peer, changes) => peer.call('publishIdentities', changes)),
      subscription(vpcLinks, (peer, changes) => peer.call('publishVpcLinks', changes)),
      subscription(vpcLinksV2, (peer, changes) => peer.call('publishVpcLinks', changes)),
      subscription(usagePlans, (peer, changes) => peer.call('publishUsagePlans', changes)),
      subscription(apiKeys, (peer, changes) => peer.call('publishApiKeys', changes)),
      subscription(stages, (peer, changes) => peer.call('publish', changes)),
      subscription(httpStages, (peer, changes) => peer.call('publish', changes)),
    ],
    cluster,
    handlers: { control, queueEvent: takeOver(eventQueue), openRoleSession, ...blobs },
    report,
  })
  serving.resolve(dataThreads)
  const cleanCodeLater = codeCleaning(codeFolderOf(config.dataDir), () => dataThreads.codeInUse())
  await published.follow(async () => cleanCodeLater())
  await eventQueue.resume()

  return {
    url,
    async stop() {
      const deadlineMs = config.drainSeconds * 1000
      await dataThreads.drain(deadlineMs)
      const eventsRecorded = eventQueue.close()
      await dataThreads.drainFunctions(deadlineMs)
      await eventsRecorded
      await dataThreads.end()
      clearInterval(recording)
      await kept
      await cluster?.stop().catch(report)
      await usage.flush()
      await store.close()
    },
  }
}

function functionSettings(config: Config, endpointUrl: string): FunctionSettings {
  return {
    dataDir: config.dataDir,
    threads: config.workers,
    counts: countMemory(config.workers),
    maxEnvironments: config.maxEnvironments,
    environmentIdleMs: config.environmentIdleSeconds * 1000,
    logBytesPerFunction: config.functionLogMegabytes * 1_048_576,
    endpointUrl,
    remoteFunctions: config.remoteFunctions,
  }
}

/** What makes a function is run with the first call. A gateway that only serves calls never loads its management. */
function onFirstUse<I, O>(make: () => Promise<(input: I) => Promise<O>>): (input: I) => Promise<O> {
  let made: Promise<(input: I) => Promise<O>> | undefined
  return async (input) => {
    made ??= make()
    return (await made)(input)
  }
}

function delay(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms)
  return () => clearTimeout(timer)
}
