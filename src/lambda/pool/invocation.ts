import type { FunctionStream } from '../function-stream.ts'

/** One invocation on its way through an environment. */
export interface PoolInvocation {
  /** UUID. */
  readonly requestId: string
  /** As the caller named the function, qualifier included. */
  readonly invokedFunctionArn: string
  /** JSON text. */
  readonly payload: string
  readonly clientContext: string | undefined
  readonly traceId: string
  readonly tailLog: boolean
  /** Takes the answer of a function that streams it; absent: it is wanted whole. */
  readonly stream?: FunctionStream
}

/** How it ended. */
export interface PoolOutcome {
  readonly payload: string
  readonly failed: boolean
  /** Base64, when asked for. */
  readonly tail: string | undefined
}
