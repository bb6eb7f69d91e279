import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'undici'
import type { Gatehouse } from '../gatehouse.ts'
import { type LoadTarget, usualConnections } from '../load.ts'
import { connectTo } from '../management.ts'

/** The first changes load the management. */
const uncounted = 4
/** Between calls, so that the callers do not keep the machine busy. */
const pauseMs = 2

/**
 * Disables and enables an API key again and again, while calls with it go on over connections to every worker, one every 2 ms on each.
 * @returns For each change, milliseconds from its request until no connection was answered as before.
 */
export async function changesOfKey(
  gatehouse: Gatehouse,
  { url, headers }: LoadTarget,
  keyId: string,
  changes: number,
): Promise<readonly number[]> {
  await using management = connectTo(gatehouse)
  const { origin, pathname } = new URL(url)
  const callers = Array.from({ length: usualConnections }, () => new Client(origin))
  const status = async (caller: Client) => {
    const { statusCode, body } = await caller.request({ method: 'GET', path: pathname, headers })
    await body.dump()
    return statusCode
  }
  const millis: number[] = []
  for (let change = 0; change < uncounted + changes; change++) {
    const value = change % 2 === 0 ? 'false' : 'true'
    const expected = value === 'true' ? 200 : 403
    const sent = performance.now()
    const patched = management.call('PATCH', `/apikeys/${keyId}`, {
      patchOperations: [{ op: 'replace', path: '/enabled', value }],
    })
    const known = callers.map(async (caller) => {
      while ((await status(caller)) !== expected) await wait(pauseMs)
      return performance.now() - sent
    })
    millis.push(Math.max(...(await Promise.all(known))))
    await patched
  }
  await Promise.all(callers.map((caller) => caller.close()))
  return millis.slice(uncounted)
}
