import { claimApiId } from '../../apigateway/api-id.ts'
import { attempt, importFailed, warningsFound } from '../../apigateway/import-export/import-errors.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import type { HttpReadResult } from '../../openapi/http/read/read-http-open-api.ts'
import type { Reader, Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { type ApiRecord, apis, presentApi, requireApi } from '../api/api.ts'
import { definitionCollections } from '../api/delete-api.ts'
import { newApi } from '../api/operations.ts'
import type { HttpDependencies } from '../dependencies.ts'
import { autoDeploy } from '../deployment/auto-deploy.ts'
import { readDefinition } from '../deployment/definition.ts'
import { frozenDefinitions } from '../deployment/deployment.ts'
import type { HttpOperations } from '../operations.ts'
import { requireStage } from '../stage/stage.ts'
import { applyDefinition } from './apply-definition.ts'
import { documentedDefinition } from './documented-definition.ts'
import { checkExport, exportHttpDocument } from './export-document.ts'
import { readHttpDocument } from './read-document.ts'

const maxFindings = 500

/** HTTP APIs as OpenAPI documents: in, over what is there, and out. */
export function importExportOperations({ store, now, newId }: HttpDependencies) {
  /** Writes what was read to an API without parts, or fails as a whole. */
  async function apply(
    transaction: Transaction,
    caller: Caller,
    stored: Pick<ApiRecord, 'ApiId' | 'Name' | 'CreatedDate' | 'Tags'>,
    read: HttpReadResult,
    failOnWarnings: boolean,
  ): Promise<ApiRecord> {
    const warnings = [...read.warnings]
    const errors = [...read.errors]
    const api = await attempt(errors, 'Unable to set up the API', () => withSettings(stored, read))
    const deploying = { transaction, caller, newId, nowMs: now().getTime() }
    if (api) await applyDefinition(deploying, api, read.definition, { warnings, errors })
    if (!api || errors.length > 0) throw importFailed(errors, warnings)
    if (failOnWarnings && warnings.length > 0) throw warningsFound(warnings)
    const found = {
      ...(read.info.length > 0 && { ImportInfo: firstOf(read.info) }),
      ...(warnings.length > 0 && { Warnings: firstOf(warnings) }),
    }
    const imported = { ...api, ...found }
    await transaction.put(apis, scopeOf(caller), api.ApiId, imported)
    await autoDeploy(deploying, imported)
    return imported
  }

  return {
    async ImportApi({ Body, Basepath, FailOnWarnings = false }, caller) {
      const read = await readHttpDocument(Body, Basepath, caller)
      return store.write(async (transaction) => {
        const ApiId = await claimApiId(transaction, scopeOf(caller), newId)
        const empty = { ApiId, Name: '', CreatedDate: now().getTime(), Tags: {} }
        return presentApi(await apply(transaction, caller, empty, read, FailOnWarnings), caller)
      })
    },

    // Documented: an import over an API replaces all that documents can say.
    async ReimportApi({ ApiId, Body, Basepath, FailOnWarnings = false }, caller) {
      const read = await readHttpDocument(Body, Basepath, caller)
      return store.write(async (transaction) => {
        const stored = await requireApi(transaction, caller, ApiId)
        if (stored.ProtocolType !== 'HTTP') throw badRequest('Import is supported for HTTP APIs only')
        for (const collection of definitionCollections) {
          await transaction.deletePrefix(collection, scopeOf(caller), `${ApiId}/`)
        }
        return presentApi(await apply(transaction, caller, stored, read, FailOnWarnings), caller)
      })
    },

    async ExportApi({ ApiId, Specification: _, ...request }, caller) {
      const { api, definition } = await store.read(async (reader) => {
        const api = await requireApi(reader, caller, ApiId)
        checkExport(request, api)
        return { api, definition: await readExported(reader, scopeOf(caller), api, request.StageName) }
      })
      return { body: await exportHttpDocument(definition, api, request, caller.region) }
    },
  } satisfies Partial<HttpOperations>
}

/** The API as a stage serves it, or as it stands. */
async function readExported(reader: Reader, scope: string, api: ApiRecord, stageName: string | undefined) {
  if (stageName === undefined) return documentedDefinition(await readDefinition(reader, scope, api))
  const { DeploymentId } = await requireStage(reader, scope, api.ApiId, stageName)
  const frozen = await reader.get(frozenDefinitions, scope, `${api.ApiId}/${DeploymentId}`)
  if (!frozen) throw badRequest(`Stage ${stageName} has no deployment to export`)
  return frozen
}

/** An API remembers them: so many, and how many there were besides. */
function firstOf(findings: readonly string[]): string[] {
  const more = findings.length - maxFindings
  return [...findings.slice(0, maxFindings), ...(more > 0 ? [`And ${more} more.`] : [])]
}

/** What a document does not say is as in a new API, but for the name, and tags are added. */
function withSettings(
  { ApiId, Name, CreatedDate, Tags }: Pick<ApiRecord, 'ApiId' | 'Name' | 'CreatedDate' | 'Tags'>,
  { definition: { settings } }: HttpReadResult,
): ApiRecord {
  const request = { Name, ...settings, ProtocolType: 'HTTP' as const, Tags: { ...Tags, ...settings.Tags } }
  return { ...newApi(request, CreatedDate), ApiId }
}
