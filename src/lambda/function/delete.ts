import type { Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { aliases } from '../alias/alias.ts'
import { conflict } from '../error.ts'
import { policies } from '../permission/policy.ts'
import { functions, versions } from './function.ts'
import { listVersions, loadVersion } from './load.ts'
import { releaseVersion, reviseFunction } from './save.ts'

/** Deletes a function with its versions, aliases, policies and unshared code. */
export async function deleteFunction(transaction: Transaction, caller: Caller, name: string): Promise<void> {
  const scope = scopeOf(caller)
  for (const version of await listVersions(transaction, scope, name)) await releaseVersion(transaction, caller, version)
  await transaction.delete(functions, scope, name)
  for (const part of [versions, aliases, policies]) await transaction.deletePrefix(part, scope, `${name}/`)
  await reviseFunction(transaction, caller, name)
}

/**
 * Deletes a published version; a version that does not exist is no error (observed).
 * @throws {ServiceError} `ResourceConflictException` while an alias points to it.
 */
export async function deleteVersion(
  transaction: Transaction,
  caller: Caller,
  name: string,
  version: string,
): Promise<void> {
  const scope = scopeOf(caller)
  const record = await loadVersion(transaction, caller, name, version)
  if (record === undefined) return

  const named = (await transaction.list(aliases, scope, { prefix: `${name}/` })).map(({ document }) => document)
  const users = named.filter((alias) => alias.version === version || version in alias.additionalVersionWeights)
  if (users.length > 0) {
    const names = users.map((alias) => alias.name).join(', ')
    throw conflict(`Unable to delete version because the following aliases reference it: [${names}]`)
  }
  await releaseVersion(transaction, caller, record)
  await transaction.delete(versions, scope, `${name}/${version}`)
  await transaction.delete(policies, scope, `${name}/${version}`)
  await reviseFunction(transaction, caller, name)
}
