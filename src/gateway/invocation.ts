import type { SignedCaller } from '../identity/signed-caller.ts'
import type { Authorization } from './authorizer/authorization.ts'
import type { HeaderList } from './headers.ts'
import type { CallLimit } from './throttle/call-limit.ts'
import type { CallEndpoint } from './vpc-endpoint/vpc-endpoint.ts'

/** One call of a deployed method. A step that learns something passes it on in a new invocation. */
export interface Invocation {
  readonly request: GatewayRequest
  readonly client: Client
  /** Values of the path's variables, in its order: raw as sent for REST APIs, decoded for HTTP APIs. */
  readonly pathValues: readonly string[]
  /** UUID: `x-amzn-RequestId` and `$context.requestId`. */
  readonly requestId: string
  /** `x-amz-apigw-id` and `$context.extendedRequestId`. */
  readonly extendedRequestId: string
  /** Epoch milliseconds. */
  readonly receivedAt: number
  /** Set where the call comes through a VPC endpoint. */
  readonly vpcEndpoint?: CallEndpoint | undefined
  /** Set on methods that require an API key. */
  readonly apiKey?: CallerKey
  /** Set behind an authorizer. */
  readonly authorization?: Authorization
  /** Set where callers sign. */
  readonly caller?: SignedCaller
}

/** The API key that a call came with. */
export interface CallerKey {
  readonly id: string
  readonly value: string
  /** All that limits its calls of the method, in the order in which they are asked. */
  readonly limits: readonly CallLimit[]
}

export interface GatewayRequest {
  /** The verb, after `X-HTTP-Method-Override`. */
  readonly method: string
  /** What follows the stage in the URL, raw: empty or begins with `/`. */
  readonly path: string
  /** The query as sent, without `?`; empty when there is none. */
  readonly query: string
  readonly headers: HeaderList
  readonly body: RequestBody
  /** The host that the API was called by, without port. */
  readonly domainName: string
  /** `HTTP/1.1`. */
  readonly protocol: string
  /** The verb as sent: signatures cover it. */
  readonly sentMethod: string
  /** Path and query, as sent. */
  readonly target: string
  /** What parameter mappings of HTTP APIs say of the request to the backend. */
  readonly mapped?: MappedRequest
}

/** Absent members are the integration's business. */
export interface MappedRequest {
  /** In place of the whole path, encoded: begins with `/`. */
  readonly path?: string
  /** The `Host` that an HTTP backend gets. */
  readonly host?: string
}

/** A request's body, read by at most one reader, whole or as it arrives. */
export interface RequestBody {
  /** Declared bytes: 0 when there is no body, `undefined` when the client sends chunks. */
  readonly length: number | undefined
  /**
   * Gives the whole of it: at once where it has come.
   * @throws {GatewayError} `REQUEST_TOO_LARGE`, at once or as a rejection.
   */
  read(): Buffer | Promise<Buffer>
  /** @throws {GatewayError} `REQUEST_TOO_LARGE`, while it is read. */
  stream(): AsyncIterable<Uint8Array>
}

/** Who called, and whether it is still there. */
export interface Client {
  /** Address of the TCP peer, or of who a trusted proxy says it calls for. */
  readonly sourceIp: string
  /** Address of the TCP peer, where that is a trusted proxy. */
  readonly peerIp?: string
  /** `http` or `https`. */
  readonly scheme: string
  /** Port that it called, as text. */
  readonly port: string
  /** Calls back once, if the connection ends before the reply was sent whole. */
  onGone(listener: () => void): void
}
