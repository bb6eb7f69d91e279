import type { BackendSettings } from '../config/backend-settings.ts'
import type { UserPool } from '../config/user-pool.ts'
import type { OpenRoleSession } from '../identity/role-session.ts'
import type { FunctionInvoker } from '../lambda/invoker.ts'
import type { LimitInUse } from '../limiter/lease.ts'
import { leasedLimits, localLimits } from '../limiter/limits.ts'
import { sharedSlots } from '../limiter/shared-slots.ts'
import type { Rate } from '../limiter/token-bucket.ts'
import type { Log } from '../log.ts'
import { openCacheMemory } from '../response-cache/cache-memory.ts'
import { flightsOf } from '../response-cache/flights.ts'
import { cacheBeyond, type RemoteResponses } from '../response-cache/remote-responses.ts'
import { sharedMemoryCache } from '../response-cache/shared-memory-cache.ts'
import type { ApiKeyChange, UsagePlanChange } from '../snapshot/api-key.ts'
import type { IdentityChange } from '../snapshot/identity.ts'
import { isHttpStage, type StageChange } from '../snapshot/stage-change.ts'
import type { AuthorizerTest, AuthorizerTestResult, TestInvocation, TestResult } from '../snapshot/test-invocation.ts'
import type { VpcLinkChange } from '../snapshot/vpc-link.ts'
import { apiKeys } from './api-key/api-keys.ts'
import { userPools } from './authorizer/cognito/user-pools.ts'
import { callSignatures } from './authorizer/iam/call-signatures.ts'
import { backendCredentials } from './credentials/backend-credentials.ts'
import { jwtIssuers } from './http-api/authorizer/jwt/jwt-issuers.ts'
import { httpApis } from './http-api/http-apis.ts'
import { compileHttpStage } from './http-api/stage-plan.ts'
import type { Exchange } from './http1/exchange.ts'
import { identities } from './identity/identities.ts'
import { type Ids, randomIds } from './ids.ts'
import type { QueueEvent } from './integration/lambda/queue-event.ts'
import { apiCalls } from './listener/api-calls.ts'
import { clientsBehind } from './listener/client-address.ts'
import { type Control, controlCalls } from './listener/control-calls.ts'
import { type Listener, listener } from './listener/listener.ts'
import { documentFetcher } from './network/fetch-document.ts'
import { network } from './network/network.ts'
import { vpcLinks } from './network/vpc-links.ts'
import { restApis } from './rest/rest-apis.ts'
import { compileStage } from './rest/stage-plan.ts'
import { servedStages } from './stages.ts'
import { authorizerTester } from './test-invocation/test-authorizer.ts'
import { testInvoker } from './test-invocation/test-invocation.ts'
import { callEndpoint, type PlacedEndpoint } from './vpc-endpoint/vpc-endpoint.ts'

/** The other nodes, as a thread reaches them. */
export interface ClusterPeer {
  /** Tells who leases limits for the node of one that is used here. */
  limitInUse(limit: LimitInUse): void
  readonly responses: RemoteResponses
}

export interface DataPlaneOptions {
  /** Upper limit of every integration's `timeoutInMillis`. */
  readonly maxIntegrationTimeoutMs: number
  readonly backends: BackendSettings
  /** Addresses and ranges of the proxies whose word on clients counts. */
  readonly trustedProxies: readonly string[]
  /** Where the tokens of user pools come from. */
  readonly userPools: readonly UserPool[]
  /** The listeners of private APIs. */
  readonly vpcEndpoints: readonly PlacedEndpoint[]
  /** From `slotMemory`: what calls are counted in, together with all other threads. */
  readonly limits: SharedArrayBuffer
  /** What this node shares with others. Absent: nothing. */
  readonly cluster?: ClusterPeer | undefined
  /** What each account may call in each region. Absent: as much as the machine gives. */
  readonly accountRate?: Rate | undefined
  /** Whether callers are told of their limits; false by default. */
  readonly announceLimits?: boolean
  /** From `allocateCacheMemory`: what is cached, together with all other threads. */
  readonly responses: SharedArrayBuffer
  /** Which of the data threads this is: 0, 1, … */
  readonly thread: number
  readonly functions: FunctionInvoker
  readonly queueEvent: QueueEvent
  readonly openRoleSession: OpenRoleSession
  readonly control: Control
  readonly log: Log
  readonly ids?: Ids
  readonly now?: () => number
}

/** Where to listen: a port for everything, and if wanted one for API calls alone. 0 lets the system choose. */
export interface ListenInput {
  readonly host: string
  readonly port: number
  readonly apiPort?: number
}

export interface Ports extends Pick<ListenInput, 'port' | 'apiPort'> {
  /** Of the VPC endpoints, in their order. */
  readonly endpointPorts: readonly number[]
}

/** One thread's data plane. */
export interface DataPlane {
  /** Resolves when calls are served by what changed. */
  publish(changes: readonly StageChange[]): Promise<void>
  /** Resolves when calls go through the VPC links that there are now. */
  publishVpcLinks(changes: readonly VpcLinkChange[]): Promise<void>
  /** Resolves when calls are verified by the identities that there are now. */
  publishIdentities(changes: readonly IdentityChange[]): Promise<void>
  /** Resolves when calls are let in by the API keys that there are now. */
  publishApiKeys(changes: readonly ApiKeyChange[]): Promise<void>
  /** Resolves when calls are let in by the usage plans that there are now. */
  publishUsagePlans(changes: readonly UsagePlanChange[]): Promise<void>
  /** Runs a method as it stands: `TestInvokeMethod`. */
  testMethod(test: TestInvocation): Promise<TestResult>
  /** Runs an authorizer as it stands: `TestInvokeAuthorizer`. */
  testAuthorizer(test: AuthorizerTest): Promise<AuthorizerTestResult>
  listen(input: ListenInput): Promise<Ports>
  /** Takes no more connections, lets calls in flight end, and cuts what is left after `deadlineMs`. */
  drain(input: { readonly deadlineMs: number }): Promise<void>
}

/** Builds the data plane of one thread. */
export function dataPlane(options: DataPlaneOptions): DataPlane {
  const { functions, queueEvent, openRoleSession, control, log, maxIntegrationTimeoutMs } = options
  const { ids = randomIds(), now = Date.now, cluster } = options
  const { serviceEndpoints: endpoints, roles } = options.backends
  const links = vpcLinks()
  const backends = network({
    vpcLinkTargets: options.backends.vpcLinkTargets,
    authorities: options.backends.backendCaFile ?? [],
    links,
    now,
    every,
    log,
  })
  const known = identities()
  const cacheMemory = openCacheMemory(options.responses)
  const ownResponses = sharedMemoryCache(cacheMemory, options.thread, now)
  const keys = apiKeys()
  const services = { endpoints, roles }
  const slots = sharedSlots(options.limits)
  const outside = {
    functions,
    queueEvent,
    credentials: backendCredentials({ identities: known, openRoleSession, now }),
    network: backends,
    services,
    userPools: userPools(options.userPools, { fetch: documentFetcher(backends.send), now }),
    jwtIssuers: jwtIssuers({ fetch: documentFetcher(backends.internet), now }),
    signatures: callSignatures({ identities: known, now }),
    apiKeys: keys,
    limits: cluster ? leasedLimits(slots, cluster.limitInUse) : localLimits(slots),
    accountRate: options.accountRate,
    announceLimits: options.announceLimits ?? false,
    responses: cluster ? cacheBeyond(ownResponses, cluster.responses) : ownResponses,
    flights: flightsOf(cacheMemory, options.thread),
    ids,
    now,
    log,
    maxIntegrationTimeoutMs,
  }
  const rest = restApis(log)
  const http = httpApis(log)
  const stages = servedStages((stage) =>
    isHttpStage(stage) ? compileHttpStage(stage, http, outside) : compileStage(stage, rest, outside),
  )
  const listeners: Listener[] = []
  const called = { stages, unknownApis: rest, ids, log, now, clientOf: clientsBehind(options.trustedProxies) }
  const calls = apiCalls(called)
  const handOver = controlCalls(control, log)

  function openEndpoint(endpoint: PlacedEndpoint): Promise<number> {
    const privateCalls = apiCalls({ ...called, vpcEndpoint: callEndpoint(endpoint) })
    return open(
      (exchange) => privateCalls.serve(exchange) || privateCalls.forbid(exchange),
      endpoint.host,
      endpoint.port,
    )
  }

  async function open(serve: (exchange: Exchange) => void, host: string, port: number): Promise<number> {
    const opened = await listener(serve, { host, port })
    listeners.push(opened)
    return opened.port
  }

  return {
    async publish(changes) {
      stages.publish(changes)
    },
    async publishVpcLinks(changes) {
      links.publish(changes)
    },
    async publishIdentities(changes) {
      known.publish(changes)
    },
    async publishApiKeys(changes) {
      keys.publishKeys(changes)
    },
    async publishUsagePlans(changes) {
      keys.publishPlans(changes)
    },
    testMethod: testInvoker(outside),
    testAuthorizer: authorizerTester(outside),
    async listen({ host, port, apiPort }) {
      const main = await open((exchange) => calls.serve(exchange) || handOver(exchange), host, port)
      const endpointPorts = await Promise.all(options.vpcEndpoints.map(openEndpoint))
      if (apiPort === undefined) return { port: main, endpointPorts }
      const apiOnly = (exchange: Exchange) => calls.serve(exchange) || calls.forbid(exchange)
      return { port: main, apiPort: await open(apiOnly, host, apiPort), endpointPorts }
    },
    async drain({ deadlineMs }) {
      await Promise.all(listeners.map((open) => open.close(deadlineMs)))
      backends.close()
    },
  }
}

/** Calls back at intervals, without keeping the thread alive. */
function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms)
  timer.unref()
  run()
  return () => clearInterval(timer)
}
