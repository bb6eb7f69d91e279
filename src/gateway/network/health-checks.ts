import type { HealthCheck } from '../../config/vpc-link-target.ts'
import type { Log } from '../../log.ts'
import type { Send } from '../integration/upstream/upstream.ts'
import type { Target } from './target.ts'

/** Checks in a row that must agree before a target's state changes. */
const agreeing = 2
/** Longest wait for an answer, in milliseconds. */
const maxWaitMs = 5_000

/** Calls back every so many milliseconds, from now on. @returns What ends that. */
export type Every = (ms: number, run: () => void) => () => void

export interface Checked {
  readonly check: HealthCheck
  readonly send: Send
  /** Such as `http://10.0.0.5:8080`. */
  readonly origin: string
}

/**
 * Asks a target at intervals whether it works, and marks it.
 * @returns What ends the checks.
 */
export function checkHealth(target: Target, { check, send, origin }: Checked, every: Every, log: Log): () => void {
  const intervalMs = check.intervalSeconds * 1000
  let contrary = 0

  function settle(works: boolean): void {
    contrary = works === target.healthy ? 0 : contrary + 1
    if (contrary < agreeing) return
    contrary = 0
    target.healthy = works
    if (works) log.debug('A private backend works again', { target: origin })
    else log.error('A private backend fails its health checks', { target: origin, path: check.path })
  }

  return every(intervalMs, () => ask(send, origin, check.path, Math.min(intervalMs, maxWaitMs), settle))
}

/** Sends one request; `settle` hears once whether the answer was good. */
function ask(send: Send, origin: string, path: string, waitMs: number, settle: (works: boolean) => void): void {
  let settled = false
  const once = (works: boolean) => {
    if (settled) return
    settled = true
    clearTimeout(timer)
    settle(works)
  }
  const request = { method: 'GET', path, headers: ['User-Agent', 'Gatehouse-HealthChecker/1.0'], body: null }
  const sent = send(origin, request, {
    onHead: (status) => once(status >= 200 && status < 400),
    onData: () => true,
    onEnd: () => once(false),
    onError: () => once(false),
  })
  const timer = setTimeout(() => {
    once(false)
    sent.abort(new Error('The health check took too long'))
  }, waitMs)
  timer.unref()
}
