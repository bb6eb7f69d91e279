import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { optionalText } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import { documentationPartsOf } from '../documentation-part/documentation-part.ts'
import type { RestOperations } from '../operations.ts'
import { byCreation, page } from '../paging.ts'
import { badRequest, conflict } from '../refusal.ts'
import { requireRestApi } from '../rest-api/rest-api.ts'
import { requireStage, stages, stagesOf } from '../stage/stage.ts'
import {
  type DocumentationVersionRecord,
  documentationSnapshots,
  documentationVersions,
  presentDocumentationVersion,
  requireDocumentationVersion,
} from './documentation-version.ts'

/** What `UpdateDocumentationVersion` accepts. */
const documentationVersionPatch: PatchTable<DocumentationVersionRecord> = {
  refuse: strictPaths,
  rules: [optionalText('/description', 'description')],
}

/** Frozen states of an API's documentation. */
export function documentationVersionOperations({ store, now }: Dependencies) {
  return {
    async CreateDocumentationVersion({ restApiId, documentationVersion: version, stageName, description }, caller) {
      const scope = scopeOf(caller)
      const createdDate = now().getTime()
      const record = { version, createdDate, ...(description && { description }) }
      return store.write(async (transaction) => {
        await requireRestApi(transaction, caller, restApiId)
        if (version.trim() === '') throw badRequest('Documentation version cannot be blank')
        const stage = stageName ? await requireStage(transaction, scope, restApiId, stageName) : undefined
        if (!(await transaction.insert(documentationVersions, scope, `${restApiId}/${version}`, record))) {
          throw conflict('Documentation version already exists')
        }
        const parts = await documentationPartsOf(transaction, scope, restApiId)
        await transaction.put(documentationSnapshots, scope, `${restApiId}/${version}`, { parts })
        if (stage) {
          const documented = { ...stage, documentationVersion: version, lastUpdatedDate: createdDate }
          await transaction.put(stages, scope, `${restApiId}/${stage.stageName}`, documented)
        }
        return presentDocumentationVersion(record)
      })
    },

    async GetDocumentationVersion({ restApiId, documentationVersion }, caller) {
      return store.read(async (reader) =>
        presentDocumentationVersion(
          await requireDocumentationVersion(reader, scopeOf(caller), restApiId, documentationVersion),
        ),
      )
    },

    async GetDocumentationVersions({ restApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireRestApi(reader, caller, restApiId)
        const entries = await reader.list(documentationVersions, scopeOf(caller), { prefix: `${restApiId}/` })
        const all = entries.map(({ document }) => document)
        const { items, ...rest } = page(all, ({ version, ...dated }) => byCreation({ ...dated, id: version }), request)
        return { items: items.map(presentDocumentationVersion), ...rest }
      })
    },

    async UpdateDocumentationVersion({ restApiId, documentationVersion, patchOperations }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const stored = await requireDocumentationVersion(transaction, scope, restApiId, documentationVersion)
        const version = applyPatch(documentationVersionPatch, stored, patchOperations)
        await transaction.put(documentationVersions, scope, `${restApiId}/${documentationVersion}`, version)
        return presentDocumentationVersion(version)
      })
    },

    async DeleteDocumentationVersion({ restApiId, documentationVersion }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireDocumentationVersion(transaction, scope, restApiId, documentationVersion)
        const all = await stagesOf(transaction, scope, restApiId)
        if (all.some((stage) => stage.documentationVersion === documentationVersion)) {
          throw badRequest('Cannot delete documentation version because there are API Stages associated with it.')
        }
        await transaction.delete(documentationVersions, scope, `${restApiId}/${documentationVersion}`)
        await transaction.delete(documentationSnapshots, scope, `${restApiId}/${documentationVersion}`)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}
