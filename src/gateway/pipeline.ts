import type { Invocation } from './invocation.ts'
import type { Reply } from './reply.ts'

/**
 * Answers one invocation, at once where nothing has to be waited for: a promise costs about a microsecond.
 * @throws {GatewayError} at once or as a rejection, for every expected failure; anything else is a bug.
 */
export type Handler = (invocation: Invocation) => Reply | Promise<Reply>

/** Wraps `next` for one deployed method, or returns `next` itself when the method does not use the feature. */
export type Step<Method> = (method: Method, next: Handler) => Handler

/** First step is outermost. Runs once per deployed method: compile patterns and templates here. */
export function build<Method>(steps: readonly Step<Method>[], method: Method, integrate: Handler): Handler {
  return steps.reduceRight((next, step) => step(method, next), integrate)
}
