import { badRequest, conflict } from '../../apigateway/refusal.ts'
import type { Reader, Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { requireApi } from '../api/api.ts'
import type { HttpDependencies } from '../dependencies.ts'
import { insertChild } from '../insert-child.ts'
import { requireIntegration } from '../integration/integration.ts'
import { merged } from '../merge.ts'
import type { HttpOperations } from '../operations.ts'
import { documentsOf, listPage } from '../paging.ts'
import {
  type IntegrationResponseRecord,
  integrationResponses,
  requireIntegrationResponse,
} from './integration-response.ts'

/** Whose responses an operation is about. */
interface Parent {
  readonly ApiId: string
  readonly IntegrationId: string
}

/** What becomes of backends' answers in WebSocket APIs: records, as these APIs are not served yet. */
export function integrationResponseOperations({ store, newId }: Pick<HttpDependencies, 'store' | 'newId'>) {
  /** @returns the key of the integration. */
  async function requireParent(reader: Reader, caller: Caller, { ApiId, IntegrationId }: Parent): Promise<string> {
    const { ProtocolType } = await requireApi(reader, caller, ApiId)
    await requireIntegration(reader, scopeOf(caller), ApiId, IntegrationId)
    if (ProtocolType === 'HTTP') {
      throw badRequest('IntegrationResponses are currently not supported for this API protocol type.')
    }
    return `${ApiId}/${IntegrationId}`
  }

  return {
    async CreateIntegrationResponse({ ApiId, IntegrationId, ...settings }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const integration = await requireParent(transaction, caller, { ApiId, IntegrationId })
        const response = await insertChild(
          transaction,
          integrationResponses,
          scope,
          integration,
          () => newId(6),
          (IntegrationResponseId) =>
            merged<IntegrationResponseRecord>({ IntegrationResponseId, IntegrationResponseKey: '' }, settings),
        )
        await checkResponse(transaction, scope, integration, response)
        return response
      })
    },

    async GetIntegrationResponse({ ApiId, IntegrationId, IntegrationResponseId }, caller) {
      return store.read(async (reader) => {
        const integration = await requireParent(reader, caller, { ApiId, IntegrationId })
        return requireIntegrationResponse(reader, scopeOf(caller), integration, IntegrationResponseId)
      })
    },

    async GetIntegrationResponses({ ApiId, IntegrationId, ...request }, caller) {
      return store.read(async (reader) => {
        const integration = await requireParent(reader, caller, { ApiId, IntegrationId })
        const all = await documentsOf(reader, integrationResponses, scopeOf(caller), `${integration}/`)
        return listPage(all, ({ IntegrationResponseId }) => IntegrationResponseId, request)
      })
    },

    async UpdateIntegrationResponse({ ApiId, IntegrationId, IntegrationResponseId, ...settings }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const integration = await requireParent(transaction, caller, { ApiId, IntegrationId })
        const stored = await requireIntegrationResponse(transaction, scope, integration, IntegrationResponseId)
        const response = merged<IntegrationResponseRecord>(stored, settings)
        await checkResponse(transaction, scope, integration, response)
        await transaction.put(integrationResponses, scope, `${integration}/${IntegrationResponseId}`, response)
        return response
      })
    },

    async DeleteIntegrationResponse({ ApiId, IntegrationId, IntegrationResponseId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const integration = await requireParent(transaction, caller, { ApiId, IntegrationId })
        await requireIntegrationResponse(transaction, scope, integration, IntegrationResponseId)
        await transaction.delete(integrationResponses, scope, `${integration}/${IntegrationResponseId}`)
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}

async function checkResponse(
  transaction: Transaction,
  scope: string,
  integration: string,
  { IntegrationResponseId: id, IntegrationResponseKey: key = '' }: IntegrationResponseRecord,
): Promise<void> {
  if (key !== '$default' && !/^\/.+\/$/.test(key)) throw badRequest(`Invalid integration response key: ${key}`)
  const others = await documentsOf(transaction, integrationResponses, scope, `${integration}/`)
  if (others.some((other) => other.IntegrationResponseKey === key && other.IntegrationResponseId !== id)) {
    throw conflict(`IntegrationResponse with key ${key} already exists for this Integration`)
  }
}
