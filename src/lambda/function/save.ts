import { isDeepStrictEqual } from 'node:util'
import type { Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { moveCodeUse } from '../code/code-use.ts'
import { type CodePackage, checkCombinedSize } from '../code/package.ts'
import { type FunctionRecord, type FunctionSettings, functions, type VersionRecord, versions } from './function.ts'
import { functionArn } from './name.ts'

/** Tells whoever runs functions that a function has changed, whichever part of it. */
export function reviseFunction(transaction: Transaction, caller: Caller, name: string): Promise<void> {
  return transaction.revise('function', scopeOf(caller), name)
}

/** Stores what holds for the function as a whole. */
export async function saveFunction(transaction: Transaction, caller: Caller, fn: FunctionRecord): Promise<void> {
  await transaction.put(functions, scopeOf(caller), fn.functionName, fn)
  await reviseFunction(transaction, caller, fn.functionName)
}

/** Stores a version in the place of `before`, and deletes packages that nobody uses any longer. */
export async function saveVersion(
  transaction: Transaction,
  caller: Caller,
  version: VersionRecord,
  before?: VersionRecord,
): Promise<void> {
  const { functionName: name } = version
  await transaction.put(versions, scopeOf(caller), `${name}/${version.version}`, version)
  await moveCodeUse(transaction, {
    user: functionArn(caller, name, version.version),
    before: before ? packagesOf(before) : [],
    after: packagesOf(version),
  })
  await reviseFunction(transaction, caller, name)
}

/** Removes a version's code from use; the version itself is the caller's to delete. */
export async function releaseVersion(transaction: Transaction, caller: Caller, version: VersionRecord): Promise<void> {
  await moveCodeUse(transaction, {
    user: functionArn(caller, version.functionName, version.version),
    before: packagesOf(version),
    after: [],
  })
}

/** Code and settings that are to become `$LATEST`. */
export interface Change {
  readonly settings: FunctionSettings
  readonly code: CodePackage
  readonly now: Date
  readonly newUuid: () => string
}

/**
 * `$LATEST` after a change. What changes nothing keeps the content id, so that no version is published for it.
 * @throws {ServiceError} `InvalidParameterValueException` when code and layers together are too large.
 */
export function changeLatest(latest: VersionRecord, { settings, code, now, newUuid }: Change): VersionRecord {
  checkCombinedSize(code, settings.layers)
  const isSame = isDeepStrictEqual(settings, latest.settings) && code.digest === latest.code.digest
  return {
    ...latest,
    settings,
    code,
    lastModified: now.getTime(),
    revisionId: newUuid(),
    contentId: isSame ? latest.contentId : newUuid(),
  }
}

function packagesOf({ code, settings }: VersionRecord): string[] {
  return [code.digest, ...settings.layers.map((layer) => layer.code.digest)]
}
