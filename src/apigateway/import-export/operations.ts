import type { ReadResult } from '../../openapi/rest/read/read-open-api.ts'
import type { Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { claimApiId } from '../api-id.ts'
import type { Dependencies } from '../dependencies.ts'
import { parseMode } from '../documentation-part/import.ts'
import type { RestOperations } from '../operations.ts'
import { badRequest } from '../refusal.ts'
import { resources } from '../resource/resource.ts'
import { newEndpoint } from '../rest-api/endpoint-configuration.ts'
import { presentListedRestApi, presentRestApi, type RestApiRecord, requireRestApi } from '../rest-api/rest-api.ts'
import { requireStage } from '../stage/stage.ts'
import { applyDefinition } from './apply-definition.ts'
import { exportDocument } from './export-document.ts'
import { frozenDefinitions } from './frozen-definition.ts'
import { importFailed, warningsFound } from './import-errors.ts'
import { readPublished } from './published-documentation.ts'
import { readDocument } from './read-document.ts'

/** REST APIs as OpenAPI documents: in, over what is there, and out. */
export function importExportOperations({ store, now, newId, maxIntegrationTimeoutMs }: Dependencies) {
  /** Writes what was read to an API, or fails as a whole. */
  async function apply(
    transaction: Transaction,
    api: RestApiRecord,
    read: ReadResult,
    { caller, overwrite, failOnWarnings }: { caller: Caller; overwrite: boolean; failOnWarnings: boolean },
  ): Promise<RestApiRecord> {
    const errors = [...read.errors]
    const scope = scopeOf(caller)
    const ids = { scope, caller, restApiId: api.id, newId }
    const application = { transaction, ...ids, overwrite, maxIntegrationTimeoutMs, errors }
    const changed = await applyDefinition(api, read.definition, application)
    if (errors.length > 0) throw importFailed(errors, read.warnings)
    if (failOnWarnings && read.warnings.length > 0) throw warningsFound(read.warnings)
    return changed
  }

  return {
    async ImportRestApi({ body, parameters, failOnWarnings = false }, caller) {
      const read = await readDocument(bytesOf(body), parameters, caller)
      const { name } = read.definition.settings
      // Observed: an import is a create, and says so of a document without a title.
      if (name === undefined) throw missingName()
      const createdDate = now().getTime()
      return store.write(async (transaction) => {
        const scope = scopeOf(caller)
        const id = await claimApiId(transaction, scope, newId)
        const api = newApi(id, newId(10), name, createdDate)
        await transaction.put(resources, scope, `${id}/${api.rootResourceId}`, { id: api.rootResourceId, path: '/' })
        const imported = await apply(transaction, api, read, { caller, overwrite: false, failOnWarnings })
        return { ...presentListedRestApi(imported), ...warningsOf(read) }
      })
    },

    async PutRestApi({ restApiId, body, mode = 'overwrite', parameters, failOnWarnings = false }, caller) {
      const overwrite = parseMode(mode) === 'overwrite'
      const read = await readDocument(bytesOf(body), parameters, caller)
      return store.write(async (transaction) => {
        const api = await requireRestApi(transaction, caller, restApiId)
        const options = { caller, overwrite, failOnWarnings }
        return { ...presentRestApi(await apply(transaction, api, read, options)), ...warningsOf(read) }
      })
    },

    async GetExport({ restApiId, stageName, exportType, parameters, accepts }, caller) {
      const scope = scopeOf(caller)
      const { api, definition, documentation } = await store.read(async (reader) => {
        const api = await requireRestApi(reader, caller, restApiId)
        const stage = await requireStage(reader, scope, restApiId, stageName)
        const { deploymentId } = stage
        const definition = await reader.get(frozenDefinitions, scope, `${restApiId}/${deploymentId}`)
        if (!definition) throw badRequest(`Deployment ${deploymentId} was made before exports were kept: deploy again`)
        return { api, definition, documentation: await readPublished(reader, scope, restApiId, stage) }
      })
      const request = { stageName, exportType, parameters, accepts, region: caller.region }
      return exportDocument(definition, api, documentation, request)
    },
  } satisfies Partial<RestOperations>
}

/** The wire layer delivers every blob as bytes, while the SDK's type knows what a client may send. */
function bytesOf(body: unknown): Uint8Array {
  if (!(body instanceof Uint8Array)) throw new TypeError('The body of an import is not bytes')
  return body
}

function newApi(id: string, rootResourceId: string, name: string, createdDate: number): RestApiRecord {
  return {
    id,
    name,
    createdDate,
    rootResourceId,
    apiKeySource: 'HEADER',
    endpointConfiguration: newEndpoint(),
    disableExecuteApiEndpoint: false,
    tags: {},
  }
}

function missingName(): ServiceError {
  return new ServiceError(
    'ValidationException',
    "1 validation error detected: Value null at 'createRestApiInput.name' failed to satisfy constraint: Member must not be null",
  )
}

function warningsOf({ warnings }: ReadResult) {
  return warnings.length > 0 ? { warnings } : {}
}
