import type { RemoteFunction } from '../config/remote-function.ts'

/** What each data thread runs functions with. Plain data. */
export interface FunctionSettings {
  /**
   * Extracted code goes to `{dataDir}/cache/code`, logs to `{dataDir}/logs/lambda`, scratch folders to
   * `{dataDir}/run/{number of the thread}`.
   */
  readonly dataDir: string
  /** How many data threads there are. */
  readonly threads: number
  /** From `countMemory`: what all of them have together. */
  readonly counts: SharedArrayBuffer
  /** Most environments at once, over all functions and threads. */
  readonly maxEnvironments: number
  /** An environment that was idle for this long ends. */
  readonly environmentIdleMs: number
  /** Longest initialisation that does not count in a function's timeout. Default: Lambda's own, 10 seconds (documented). */
  readonly maxInitMs?: number
  /** Most bytes of log kept for one function. */
  readonly logBytesPerFunction: number
  /** The gateway's own endpoint: `AWS_ENDPOINT_URL` in functions. */
  readonly endpointUrl: string
  /** Functions that run elsewhere; the first match wins. */
  readonly remoteFunctions: readonly RemoteFunction[]
}
