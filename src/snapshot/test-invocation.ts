import type { DeployedStage } from './rest-api.ts'

/** A call of one method as it stands, without stage, deployment or access control: `TestInvokeMethod`. */
export interface TestInvocation {
  /** Holds the resource alone, with its one method. */
  readonly stage: DeployedStage
  /** The verb of the call. */
  readonly httpMethod: string
  /** Path and query; absent: every path variable stands for its own placeholder, such as `{petId}`. */
  readonly pathWithQueryString?: string
  /** Flat names and values. */
  readonly headers: readonly string[]
  readonly body: string
}

/** What a test invocation came to. */
export interface TestResult {
  readonly status: number
  /** Flat names and values. */
  readonly headers: readonly string[]
  readonly body: string
  readonly latencyMs: number
  /** The execution log, in the service's words, a line each. */
  readonly log: string
}
