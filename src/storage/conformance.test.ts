import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storeConformance } from './conformance.ts'
import { openSqliteStore } from './sqlite/open.ts'

storeConformance('the SQLite store', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-store-'))
  return {
    open: () => openSqliteStore(folder),
    remove: () => rm(folder, { recursive: true }),
  }
})
