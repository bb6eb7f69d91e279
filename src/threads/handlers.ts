import type { MessagePort } from 'node:worker_threads'
import type { ClusterStatus } from '../cluster/lease-agent.ts'
import type { BackendSettings } from '../config/backend-settings.ts'
import type { UserPool } from '../config/user-pool.ts'
import type { DataPlane, ListenInput } from '../gateway/data-plane.ts'
import type { QueuedInvocation } from '../gateway/integration/lambda/queue-event.ts'
import type { PlacedEndpoint } from '../gateway/vpc-endpoint/vpc-endpoint.ts'
import type { RoleSession, RoleToAssume } from '../identity/role-session.ts'
import type { FunctionSettings } from '../lambda/function-settings.ts'
import type { FunctionInvocation, FunctionResult } from '../lambda/invoker.ts'
import type { LimitInUse } from '../limiter/lease.ts'
import type { Rate } from '../limiter/token-bucket.ts'
import type { RemoteKey, RemoteResponse } from '../response-cache/remote-responses.ts'
import type { FunctionChange } from '../snapshot/function.ts'
import type { WireRequest, WireResponse } from '../wire/message.ts'

/** What a data thread answers to the main thread. */
export type DataHandlers = Omit<DataPlane, 'listen'> &
  FunctionsHandlers & {
    /** Begins to serve. */
    listen(addresses: ListenInput): Promise<void>
  }

/** What the main thread answers to a data thread. */
export type ControlHandlers = {
  control(request: WireRequest): Promise<WireResponse>
  /** Resolves when the invocation is durable. */
  queueEvent(event: QueuedInvocation): Promise<void>
  /** Opens a session of a role, and resolves when every thread knows it. Undefined: it cannot be assumed. */
  openRoleSession(role: RoleToAssume): Promise<RoleSession | undefined>
}

/** What a data thread answers for its functions. */
export type FunctionsHandlers = {
  /** Resolves when new invocations see the changes. */
  publishFunctions(changes: readonly FunctionChange[]): Promise<void>
  invoke(invocation: FunctionInvocation): Promise<FunctionResult>
  /** A port to the pool of another data thread, or of one that takes another's place. */
  meetNeighbour(neighbour: { readonly thread: number; readonly port: MessagePort }): Promise<void>
  /** The names of the code folders that functions and environments use. */
  codeInUse(): Promise<readonly string[]>
  /** Refuses new invocations, lets running ones finish until the deadline, and ends every process. */
  drainFunctions(options: { readonly deadlineMs: number }): Promise<void>
}

/** What the cluster thread answers to the main thread. */
export type ClusterHandlers = {
  /** A data thread's port, over which it tells of the limits that it uses. */
  connect(link: { readonly port: MessagePort }): Promise<void>
  follow(names: readonly string[]): Promise<void>
  sync(): Promise<void>
  /** Resolves when no node answers by what it kept of a cache before; false when one of them has not said so. */
  flushResponses(name: string): Promise<boolean>
  status(): Promise<ClusterStatus>
  stop(): Promise<void>
}

/** What the cluster thread answers to a data thread. */
export type ClusterPeerHandlers = {
  /** A limit has come into use. */
  inUse(limit: LimitInUse): Promise<void>
  /** What other nodes have kept. */
  fetchResponse(key: RemoteKey): Promise<RemoteResponse | undefined>
  /** Gives the other nodes a response. */
  keepResponse(kept: { readonly key: RemoteKey; readonly response: RemoteResponse }): Promise<void>
}

/** What the main thread answers to whoever runs functions. */
export type BlobHandlers = {
  /** @throws when there is no such blob. */
  blob(name: string): Promise<Uint8Array>
}

/** Settings that a data thread starts with. */
export interface DataThreadSettings {
  readonly maxIntegrationTimeoutMs: number
  readonly backends: BackendSettings
  readonly trustedProxies: readonly string[]
  readonly userPools: readonly UserPool[]
  readonly vpcEndpoints: readonly PlacedEndpoint[]
  /** Shared by all threads: what calls are counted in. */
  readonly limits: SharedArrayBuffer
  /** What each account may call in each region. */
  readonly accountRate: Rate | undefined
  /** A port to the thread that leases limits. Absent: they are this machine's own. */
  readonly cluster?: { readonly port: MessagePort }
  /** Whether callers are told of their limits. */
  readonly announceLimits: boolean
  /** Shared by all threads: the responses that are cached. */
  readonly responses: SharedArrayBuffer
  /** Which of the data threads it is: 0, 1, …; one that takes another's place has its number. */
  readonly thread: number
  readonly logLevel: string
  readonly functions: FunctionSettings
}
