import { ServiceError } from '../../wire/service-error.ts'
import type { FunctionResult } from '../invoker.ts'
import type { EventRecord } from './event.ts'

/** Waits after the first and the second run that failed; a third failure ends the event (documented). */
const failureDelaysMs = [60_000, 120_000]

/** An event that finds no room is tried again after 1 second, then twice as long each time, up to 5 minutes (documented). */
const firstDeferralMs = 1000
const maxDeferralMs = 300_000

/** Age at which an event is given up (documented). */
const maxAgeMs = 21_600_000

/** How one try of an event ended. */
export type Outcome = { readonly result: FunctionResult } | { readonly error: unknown }

/**
 * The event as it waits for its next try, or undefined when it is done with: it succeeded, or it is given up because its
 * retries are used up, it is too old, or no retry could help (the function is gone, the payload is refused).
 *
 * @param now Epoch milliseconds.
 */
export function nextTry(event: EventRecord, outcome: Outcome, now: number): EventRecord | undefined {
  const waiting = 'error' in outcome ? afterError(event, outcome.error, now) : afterRun(event, outcome.result, now)
  return waiting !== undefined && waiting.dueAt - event.acceptedAt <= maxAgeMs ? waiting : undefined
}

function afterRun(event: EventRecord, { functionError }: FunctionResult, now: number): EventRecord | undefined {
  if (functionError === undefined) return undefined
  const delayMs = failureDelaysMs[event.failures]
  if (delayMs === undefined) return undefined
  return { ...event, failures: event.failures + 1, deferrals: 0, dueAt: now + delayMs }
}

function afterError(event: EventRecord, error: unknown, now: number): EventRecord | undefined {
  if (error instanceof ServiceError && final.has(error.code)) return undefined
  const delayMs = Math.min(firstDeferralMs * 2 ** event.deferrals, maxDeferralMs)
  return { ...event, deferrals: event.deferrals + 1, dueAt: now + delayMs }
}

const final = new Set(['ResourceNotFoundException', 'AccessDeniedException', 'RequestTooLargeException'])
