import type { Contract, OperationShape } from './contract.ts'
import type { WireResponse } from './message.ts'

/** A wire request taken apart, before anything of it is decoded by a model. */
export interface ParsedRequest {
  readonly method: string
  /** Raw path, still percent-encoded. */
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** An operation that a request means. */
export interface Match {
  readonly name: string
  readonly operation: OperationShape
  /** Raw path labels by member; empty in protocols that have none. */
  readonly labels: Readonly<Record<string, string>>
}

/** An error on its way to the caller. */
export interface WireError {
  readonly code: string
  readonly status: number
  readonly message: string
  /** Members of the exception beyond its message. */
  readonly members: Readonly<Record<string, unknown>>
}

/**
 * One wire protocol, bound to one service's contract. A further protocol is a module that exports a function of this kind and
 * an entry in `codecs.ts`; nothing else knows about protocols.
 */
export interface Codec {
  /** The operation that the request names by its path, target or action. */
  match(request: ParsedRequest): Match | undefined
  /** @throws {ServiceError} `SerializationException` when the request's form does not fit the model. */
  decode(match: Match, request: ParsedRequest): Record<string, unknown>
  /** @param requestId Also goes into the bodies of those protocols that have it there. */
  encode(match: Match, output: unknown, requestId: string): WireResponse
  encodeError(error: WireError, requestId: string): WireResponse
}

export type CodecFactory = (contract: Contract) => Codec
