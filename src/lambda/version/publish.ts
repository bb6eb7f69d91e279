import type { Transaction } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import type { VersionRecord } from '../function/function.ts'
import { type LoadedFunction, loadVersion } from '../function/load.ts'
import { saveFunction, saveVersion } from '../function/save.ts'

/**
 * Freezes `$LATEST` as the next version. When nothing has changed since the newest version, that one is returned and
 * nothing is published (documented); otherwise `$LATEST` gets a new revision id (observed).
 *
 * @param description Of the version; by default the function's own.
 */
export async function publishLatest(
  transaction: Transaction,
  caller: Caller,
  { fn, latest }: LoadedFunction,
  { newUuid, description }: { readonly newUuid: () => string; readonly description?: string | undefined },
): Promise<VersionRecord> {
  const newest = await loadVersion(transaction, caller, fn.functionName, String(fn.lastVersion))
  if (newest?.publishedFrom === latest.contentId) return newest

  const number = fn.lastVersion + 1
  const published: VersionRecord = {
    ...latest,
    version: String(number),
    settings: { ...latest.settings, description: description ?? latest.settings.description },
    revisionId: newUuid(),
    contentId: newUuid(),
    publishedFrom: latest.contentId,
  }
  await saveVersion(transaction, caller, published)
  await saveVersion(transaction, caller, { ...latest, revisionId: newUuid() }, latest)
  await saveFunction(transaction, caller, { ...fn, lastVersion: number })
  return published
}
