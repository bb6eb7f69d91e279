import type { MessagePort } from 'node:worker_threads'
import type { FunctionInvocation, FunctionResult } from '../lambda/invoker.ts'
import type { FunctionChange } from '../snapshot/function.ts'
import type { StageChange } from '../snapshot/stage-change.ts'
import type { WireRequest, WireResponse } from '../wire/message.ts'

/** What a data thread answers to the main thread. */
export type DataHandlers = {
  /** Resolves when the thread serves the changes. */
  publish(changes: readonly StageChange[]): Promise<void>
  /** Begins to serve. */
  listen(addresses: {
    readonly host: string
    readonly port: number
    /** A second listener, which serves API calls only. */
    readonly apiPort?: number
  }): Promise<void>
  /** Accepts no more, finishes the calls in flight, and resolves; after the deadline it cuts what is left. */
  drain(options: { readonly deadlineMs: number }): Promise<void>
}

/** What the main thread answers to a data thread. */
export type ControlHandlers = {
  control(request: WireRequest): Promise<WireResponse>
}

/** What the functions thread answers to the main thread. */
export type FunctionsHandlers = {
  /** Resolves when new invocations see the changes. */
  publish(changes: readonly FunctionChange[]): Promise<void>
  invoke(invocation: FunctionInvocation): Promise<FunctionResult>
  /** A data thread's port, over which it calls `invoke`. */
  connect(link: { readonly port: MessagePort }): Promise<void>
  /** Refuses new invocations, lets running ones finish until the deadline, and ends every process. */
  drain(options: { readonly deadlineMs: number }): Promise<void>
}

/** What the main thread answers to the functions thread. */
export type BlobHandlers = {
  /** @throws when there is no such blob. */
  blob(name: string): Promise<Uint8Array>
}

/** Settings that a data thread starts with. */
export interface DataThreadSettings {
  readonly region: string
  readonly account: string
  readonly maxIntegrationTimeoutMs: number
  readonly logLevel: string
  readonly functionsPort: MessagePort
}
