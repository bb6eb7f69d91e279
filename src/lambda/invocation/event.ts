import { collection } from '../../storage/store.ts'

/** What an `Event` invocation leaves to be done: kept until it succeeded or is given up. */
export interface EventRecord {
  /** With the qualifier it was invoked by, if there was one. */
  readonly functionArn: string
  /** JSON text. */
  readonly payload: string
  readonly traceId?: string
  /** Epoch milliseconds. */
  readonly acceptedAt: number
  /** Not to be tried before; epoch milliseconds. */
  readonly dueAt: number
  /** Runs that ended in an error of the function. */
  readonly failures: number
  /** Tries in a row for which there was no room, or that failed on our side. */
  readonly deferrals: number
}

/** Keyed by a UUID. */
export const events = collection<EventRecord>('lambda.event')
