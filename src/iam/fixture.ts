import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCipher } from '../secrets/cipher.ts'
import type { IdentityChange } from '../snapshot/identity.ts'
import { openSqliteStore } from '../storage/sqlite/open.ts'
import type { Store } from '../storage/store.ts'
import type { Caller } from '../wire/operation.ts'
import type { IamDependencies } from './dependencies.ts'
import { iamOperations } from './iam-operations.ts'
import { identitySource } from './publication/source.ts'
import { identityTopic } from './publication/topic.ts'

/** The built operations over an empty store, for tests. */
export interface Fixture extends AsyncDisposable {
  readonly iam: ReturnType<typeof iamOperations>
  readonly dependencies: IamDependencies
  readonly store: Store
  /** Where the store is. */
  readonly folder: string
  /** The root of the account. */
  readonly caller: Caller
  /** What the data plane would have been told since the last call, read now. */
  published(): Promise<IdentityChange[]>
  /** What a data plane that starts now is told. */
  publishedToAll(): Promise<IdentityChange[]>
  /** Lets so many seconds pass. */
  wait(seconds: number): void
}

/** When a fixture's clock starts. */
export const startMs = Date.UTC(2026, 0, 1)

/** Opens a store in a folder of its own; ids count upwards, and the clock moves only by `wait`. */
export async function openFixture(): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-iam-'))
  const store = await openSqliteStore(folder)
  const pending = new Map<string, string>()
  store.onRevision(({ topic, scope, key }) => {
    if (topic === identityTopic) pending.set(key, scope)
  })
  let drawn = 0
  let nowMs = startMs
  const dependencies: IamDependencies = {
    store,
    now: () => new Date(nowMs),
    newId: (length) =>
      String(drawn++)
        .replace(/\d/g, (digit) => String.fromCharCode(65 + Number(digit)))
        .padStart(length, 'A'),
    newSecret: (length) => `s${drawn++}/`.padEnd(length, '+'),
    cipher: createCipher(new Uint8Array(32)),
  }
  const source = identitySource({ ...dependencies, region: 'us-east-1', rootKeys: [] })
  return {
    iam: iamOperations(dependencies),
    dependencies,
    store,
    folder,
    caller: { account: '123456789012', region: 'us-east-1', requestId: 'r' },
    async published() {
      const changes = [...pending]
      pending.clear()
      return store.read((reader) => Promise.all(changes.map(([key, scope]) => source.load(reader, scope, key))))
    },
    publishedToAll: () => store.read((reader) => source.loadAll(reader)),
    wait(seconds) {
      nowMs += seconds * 1_000
    },
    async [Symbol.asyncDispose]() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}
