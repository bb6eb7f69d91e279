import type { RestIntegration } from '../../snapshot/rest-api.ts'
import type { ExchangeTimes } from './call/exchange.ts'

/** Documented: how long a stream of a regional API may be silent, in milliseconds. */
const maxSilenceMs = 300_000

type Integration = Pick<RestIntegration, 'responseTransferMode' | 'timeoutInMillis'>

/**
 * How long an integration's backend may take until its response is there, in milliseconds.
 * @param maxBufferedMs The gateway's limit: streams have a limit of their own, which the control plane keeps.
 */
export function timeoutOf({ responseTransferMode, timeoutInMillis }: Integration, maxBufferedMs: number): number {
  return responseTransferMode === 'STREAM' ? timeoutInMillis : Math.min(timeoutInMillis, maxBufferedMs)
}

/** The times of a response that is passed on as it arrives. @param timeoutMs What `timeoutOf` gives. */
export function exchangeTimes({ responseTransferMode }: Integration, timeoutMs: number): ExchangeTimes {
  if (responseTransferMode !== 'STREAM') return { idleMs: timeoutMs }
  return { idleMs: Math.min(timeoutMs, maxSilenceMs), totalMs: timeoutMs }
}
