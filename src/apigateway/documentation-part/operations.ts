import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { text } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import { insertNew } from '../insert-new.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { badRequest, conflict, limitExceeded } from '../refusal.ts'
import { requireRestApi } from '../rest-api/rest-api.ts'
import {
  checkProperties,
  type DocumentationPartRecord,
  documentationParts,
  documentationPartsOf,
  isDocumented,
  requireDocumentationPart,
} from './documentation-part.ts'
import { importParts, parseMode } from './import.ts'
import { completedLocation, describeLocation, locationKey } from './location.ts'
import { readDocument } from './read-document.ts'

/** Documented quota of one API. */
export const maxParts = 2000
const tooMany = () => limitExceeded('Maximum number of Documentation Parts for this API has been reached.')

/** What `UpdateDocumentationPart` accepts. */
const documentationPartPatch: PatchTable<DocumentationPartRecord> = {
  refuse: strictPaths,
  rules: [text('/properties', 'properties')],
}

/** What is told to people about an API. */
export function documentationPartOperations({ store, newId }: Dependencies) {
  return {
    async CreateDocumentationPart({ restApiId, location: given, properties }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        await requireRestApi(transaction, caller, restApiId)
        const location = completedLocation(given)
        checkProperties(properties)
        const all = await documentationPartsOf(transaction, scope, restApiId)
        if (all.some((part) => locationKey(part.location) === locationKey(location))) {
          const place = describeLocation(location)
          throw conflict(`Documentation part already exists for the specified location: ${place}.`)
        }
        if (all.length >= maxParts) throw tooMany()
        const draw = () => ({ id: newId(6), location, properties })
        return insertNew(transaction, documentationParts, scope, restApiId, draw)
      })
    },

    async GetDocumentationPart({ restApiId, documentationPartId }, caller) {
      return store.read((reader) => requireDocumentationPart(reader, scopeOf(caller), restApiId, documentationPartId))
    },

    async GetDocumentationParts({ restApiId, type, nameQuery, path, locationStatus, ...request }, caller) {
      const isWanted = (part: DocumentationPartRecord) =>
        (type === undefined || part.location.type === type) &&
        (nameQuery === undefined || part.location.name?.startsWith(nameQuery) === true) &&
        (path === undefined || part.location.path === path) &&
        (locationStatus === undefined || isDocumented(part) === (locationStatus === 'DOCUMENTED'))
      return store.read(async (reader) => {
        await requireRestApi(reader, caller, restApiId)
        const all = await documentationPartsOf(reader, scopeOf(caller), restApiId)
        return page(all.filter(isWanted), ({ location }) => locationKey(location), request)
      })
    },

    async UpdateDocumentationPart({ restApiId, documentationPartId, patchOperations }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const stored = await requireDocumentationPart(transaction, scope, restApiId, documentationPartId)
        const part = applyPatch(documentationPartPatch, stored, patchOperations)
        checkProperties(part.properties)
        await transaction.put(documentationParts, scope, `${restApiId}/${documentationPartId}`, part)
        return part
      })
    },

    async DeleteDocumentationPart({ restApiId, documentationPartId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        // Observed: an unknown API is told from an unknown part here.
        await requireRestApi(transaction, caller, restApiId)
        await requireDocumentationPart(transaction, scope, restApiId, documentationPartId)
        await transaction.delete(documentationParts, scope, `${restApiId}/${documentationPartId}`)
      })
      return {}
    },

    async ImportDocumentationParts({ restApiId, body, mode: given, failOnWarnings = false }, caller) {
      // The SDK's clients take more kinds of bodies than the wire delivers.
      if (!(body instanceof Uint8Array)) throw new TypeError('The body of an import is not bytes')
      const scope = scopeOf(caller)
      await store.read((reader) => requireRestApi(reader, caller, restApiId))
      const mode = parseMode(given)
      const drafts = await readDocument(body, caller)
      return store.write(async (transaction) => {
        await requireRestApi(transaction, caller, restApiId)
        const { ids, warnings } = await importParts(transaction, scope, restApiId, drafts, mode, newId)
        if (failOnWarnings && warnings.length > 0) {
          throw badRequest(`Warnings found during import:\n\t${warnings.join('\n\t')}`)
        }
        const { length } = await documentationPartsOf(transaction, scope, restApiId)
        if (length > maxParts) throw tooMany()
        return { ids, ...(warnings.length > 0 && { warnings }) }
      })
    },
  } satisfies Partial<RestOperations>
}
