import type { LambdaAuthorizer, UserPoolAuthorizer } from './authorizer.ts'
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

/** A run of an authorizer for a call that nobody makes: `TestInvokeAuthorizer`. */
export interface AuthorizerTest {
  /** Holds no resources. */
  readonly stage: DeployedStage
  readonly authorizer: LambdaAuthorizer | UserPoolAuthorizer
  /** Path and query. Absent: `/`. */
  readonly pathWithQueryString?: string
  /** Flat names and values. */
  readonly headers: readonly string[]
  /** Values of `context.{name}`, by name. */
  readonly additionalContext: Readonly<Record<string, string>>
}

/** What a run of an authorizer came to. */
export interface AuthorizerTestResult {
  /** The status that the caller would get; 0 for a success, whatever the policy says. */
  readonly clientStatus: number
  readonly latencyMs: number
  /** The execution log, in the service's words, a line each. */
  readonly log: string
  readonly principalId?: string
  /** JSON. */
  readonly policy?: string
  /** Of a user pool's token. */
  readonly claims?: Readonly<Record<string, string>>
}
