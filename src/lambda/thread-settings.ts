import type { RemoteFunction } from '../config/remote-function.ts'

/** What the functions thread starts with (`threadData`). */
export interface FunctionThreadSettings {
  /** Extracted code goes to `{dataDir}/cache/code`, logs to `{dataDir}/logs/lambda`, scratch folders to `{dataDir}/run`. */
  readonly dataDir: string
  /** Most environments at once, over all functions. */
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
