import type { ApiKeyIds } from '@aws-sdk/client-api-gateway'
import type { Cipher } from '../../secrets/cipher.ts'
import type { Transaction } from '../../storage/store.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { badRequest } from '../refusal.ts'
import { associateKey } from '../usage-plan/association.ts'
import { requireUsagePlan } from '../usage-plan/usage-plan.ts'
import { type ApiKeyRecord, apiKeys, apiKeyValues, requireApiKey } from './api-key.ts'
import { parseCsv } from './csv.ts'
import { reviseApiKey } from './revise.ts'
import { checkApiKey, checkApiKeyValue } from './rules.ts'
import { insertApiKey } from './save.ts'

/** What an import works with. */
interface ImportContext {
  readonly transaction: Transaction
  readonly scope: string
  /** Epoch milliseconds. */
  readonly importDate: number
  readonly newId: (length: number) => string
  readonly cipher: Cipher
}

/** One row of the file. Documented: `enabled` unless it says otherwise. */
interface ImportedKey {
  readonly name: string
  readonly value: string
  readonly description: string
  readonly enabled: boolean
  readonly usagePlanIds: readonly string[]
}

/**
 * Imports API keys from comma-separated values. A key whose value is known already is overwritten.
 *
 * @returns The ids in the order of the rows, and a warning for each row, or usage plan of a row, that was passed over.
 * @throws {ServiceError} `BadRequestException` for a file without the required columns or, with `failOnWarnings`, for the
 *   first of what would be a warning.
 */
export async function importApiKeys(
  context: ImportContext,
  body: Uint8Array,
  failOnWarnings: boolean,
): Promise<ApiKeyIds> {
  const ids: string[] = []
  const warnings: string[] = []
  /** Does what one row asks for, or notes why not. */
  async function attempt<T>(row: number, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      const warning = `Row ${row}: ${error.message}`
      if (failOnWarnings) throw badRequest(warning)
      warnings.push(warning)
      return undefined
    }
  }

  for (const [index, imported] of keysIn(new TextDecoder().decode(body)).entries()) {
    const row = index + 1
    const key = await attempt(row, () => save(context, imported))
    if (!key) continue
    ids.push(key.id)
    for (const planId of imported.usagePlanIds) await attempt(row, () => associate(context, planId, key.id))
  }
  return { ids, ...(warnings.length > 0 && { warnings }) }
}

async function save(context: ImportContext, { name, value, description, enabled }: ImportedKey): Promise<ApiKeyRecord> {
  const { transaction, scope, importDate, newId, cipher } = context
  const given = { ...(name && { name }), ...(description && { description }), enabled }
  checkApiKey(given)
  checkApiKeyValue(value)
  const valueDigest = cipher.digest(value)
  const known = await transaction.get(apiKeyValues, scope, valueDigest)
  const dates = { createdDate: importDate, lastUpdatedDate: importDate }
  if (!known) {
    const secret = { sealedValue: cipher.seal(value), valueDigest }
    return insertApiKey(transaction, scope, { ...given, ...secret, ...dates, stageKeys: [], tags: {} }, newId)
  }
  const { name: _name, description: _description, ...kept } = await requireApiKey(transaction, scope, known.id)
  const key = { ...kept, ...given, lastUpdatedDate: importDate }
  await transaction.put(apiKeys, scope, key.id, key)
  await reviseApiKey(transaction, scope, key.id)
  return key
}

async function associate({ transaction, scope }: ImportContext, planId: string, keyId: string): Promise<void> {
  const plan = await requireUsagePlan(transaction, scope, planId)
  await associateKey(transaction, scope, plan, keyId)
}

function keysIn(text: string): ImportedKey[] {
  const [header = [], ...rows] = parseCsv(text)
  const columns = header.map((column) => column.toLowerCase())
  for (const required of ['Name', 'Key']) {
    if (!columns.includes(required.toLowerCase())) throw badRequest(`Missing required column '${required}'`)
  }
  return rows.map((row) => {
    const cell = (column: string) => row[columns.indexOf(column)] ?? ''
    return {
      name: cell('name'),
      value: cell('key'),
      description: cell('description'),
      enabled: cell('enabled') === '' || cell('enabled').toLowerCase() === 'true',
      usagePlanIds: cell('usageplanids')
        .split(',')
        .flatMap((id) => id.trim() || []),
    }
  })
}
