import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../storage/sqlite/open.ts'
import type { Revision, Store } from '../storage/store.ts'
import type { Caller } from '../wire/operation.ts'
import { apiGatewayOperations } from './api-gateway-operations.ts'

/** The built operations over an empty store, for tests. */
export interface Fixture {
  readonly operations: ReturnType<typeof apiGatewayOperations>
  readonly store: Store
  readonly caller: Caller
  /** Every revision since the start, in order. */
  readonly revisions: readonly Revision[]
  /** Lets so many milliseconds pass. */
  wait(ms: number): void
  close(): Promise<void>
}

/** When a fixture's clock starts. */
export const startMs = Date.UTC(2026, 0, 1)

/** Opens a store in a folder of its own; ids count upwards, and the clock moves only by `wait`. */
export async function openFixture(): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-apigateway-'))
  const store = await openSqliteStore(folder)
  const revisions: Revision[] = []
  store.onRevision((revision) => revisions.push(revision))
  let drawn = 0
  let nowMs = startMs
  const newId = (length: number) => `i${String(drawn++).padStart(length - 1, '0')}`
  return {
    operations: apiGatewayOperations({ store, now: () => new Date(nowMs), newId }),
    store,
    caller: { account: '123456789012', region: 'us-east-1', requestId: 'r' },
    revisions,
    wait(ms) {
      nowMs += ms
    },
    async close() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}
