/**
 * Takes an asynchronous invocation over. Resolves when it is durable: the function is invoked at least once, until it
 * succeeded or its retries are used up.
 */
export type QueueEvent = (event: QueuedInvocation) => Promise<void>

export interface QueuedInvocation {
  /** Full ARN, with or without a qualifier. */
  readonly functionArn: string
  /** JSON text; empty for none. */
  readonly payload: string
  /** `X-Amzn-Trace-Id` to hand to the function. */
  readonly traceId: string
}
