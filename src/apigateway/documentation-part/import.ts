import type { Transaction } from '../../storage/store.ts'
import { insertNew } from '../insert-new.ts'
import { badRequest } from '../refusal.ts'
import { type DocumentationPartRecord, documentationParts, documentationPartsOf } from './documentation-part.ts'
import { describeLocation, locationKey } from './location.ts'
import type { DocumentationPartDraft } from './parse-part.ts'

/** What is done with the parts that an API has already. */
export type ImportMode = 'merge' | 'overwrite'

/** Reads the mode of an import. Documented: it is `merge` unless told otherwise. */
export function parseMode(mode: string | undefined): ImportMode {
  if (mode === undefined || mode === 'merge') return 'merge'
  if (mode === 'overwrite') return mode
  throw badRequest('Enumeration value of OpenAPI import mode must be "overwrite" or "merge"')
}

/** What an import leaves behind. */
interface Imported {
  /** In the document's order. */
  readonly ids: string[]
  readonly warnings: string[]
}

/**
 * Writes the parts of a document to an API. To merge replaces the properties of parts of the same location and keeps all
 * others; to overwrite puts new parts in the place of all.
 */
export async function importParts(
  transaction: Transaction,
  scope: string,
  restApiId: string,
  drafts: readonly DocumentationPartDraft[],
  mode: ImportMode,
  newId: (length: number) => string,
): Promise<Imported> {
  const byLocation = new Map(drafts.map((draft) => [locationKey(draft.location), draft]))
  const kept = await existingParts(transaction, scope, restApiId, mode)
  const ids: string[] = []
  for (const [key, draft] of byLocation) {
    const part = kept.get(key)
    if (part) await transaction.put(documentationParts, scope, `${restApiId}/${part.id}`, { ...part, ...draft })
    const draw = () => ({ ...draft, id: newId(6) })
    ids.push((part ?? (await insertNew(transaction, documentationParts, scope, restApiId, draw))).id)
  }
  const warnings = drafts.flatMap((draft) =>
    byLocation.get(locationKey(draft.location)) === draft
      ? []
      : [`Documentation part is given twice, the last one counts: ${describeLocation(draft.location)}`],
  )
  return { ids, warnings }
}

async function existingParts(
  transaction: Transaction,
  scope: string,
  restApiId: string,
  mode: ImportMode,
): Promise<ReadonlyMap<string, DocumentationPartRecord>> {
  if (mode === 'overwrite') {
    await transaction.deletePrefix(documentationParts, scope, `${restApiId}/`)
    return new Map()
  }
  const all = await documentationPartsOf(transaction, scope, restApiId)
  return new Map(all.map((part) => [locationKey(part.location), part]))
}
