import type { Gatehouse } from '../gatehouse.ts'
import { connectTo } from '../management.ts'

/** Keys of one import: a transaction each. */
const perImport = 5_000

/** Imports API keys into a usage plan. @returns their values. */
export async function importKeys(gatehouse: Gatehouse, usagePlanId: string, count: number): Promise<readonly string[]> {
  await using management = connectTo(gatehouse)
  const values = Array.from({ length: count }, (_, index) => `bench-api-key-number-${String(index).padStart(12, '0')}`)
  for (let from = 0; from < count; from += perImport) {
    const rows = values.slice(from, from + perImport).map((value) => `bench,${value},true,${usagePlanId}\n`)
    const csv = `name,key,enabled,usageplanIds\n${rows.join('')}`
    const { ids } = await management.call('POST', '/apikeys?mode=import&format=csv&failonwarnings=true', csv)
    if (!Array.isArray(ids) || ids.length < rows.length) throw new Error(`Not all keys were imported: ${ids}`)
  }
  return values
}
