import type * as Sdk from '@aws-sdk/client-api-gateway'
import { vpcLinksV2 } from '../../apigatewayv2/vpc-link/vpc-link.ts'
import type { Reader } from '../../storage/store.ts'
import { type Input, scopeOf } from '../../wire/operation.ts'
import { applyPatch } from '../../wire/patch-operations.ts'
import { without } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import { methodKey, methods, putMethod, requireMethod } from '../method/method.ts'
import type { RestOperations } from '../operations.ts'
import { badRequest, notFound } from '../refusal.ts'
import { requireResource } from '../resource/resource.ts'
import { type IntegrationRecord, requireIntegration } from './integration.ts'
import { integrationPatch, settled } from './patch.ts'
import { checkIntegration } from './rules.ts'

/** The backends of methods. */
export function integrationOperations({ store, maxIntegrationTimeoutMs }: Dependencies) {
  const patchTable = integrationPatch(maxIntegrationTimeoutMs)
  return {
    async PutIntegration({ restApiId, resourceId, httpMethod, ...settings }, caller) {
      const scope = scopeOf(caller)
      const ids = { restApiId, resourceId, httpMethod }
      const integration = newIntegration(settings, resourceId)
      return store.write(async (transaction) => {
        const method = await requireMethod(transaction, scope, ids)
        checkIntegration(integration, method, { caller, maxIntegrationTimeoutMs })
        await requireTarget(transaction, scope, integration)
        // Observed: putting an integration again wipes its integration responses.
        await putMethod(transaction, scope, ids, { ...method, methodIntegration: integration })
        return integration
      })
    },

    async GetIntegration(ids, caller) {
      return store.read(async (reader) => requireIntegration(await requireMethod(reader, scopeOf(caller), ids)))
    },

    async UpdateIntegration({ patchOperations, ...ids }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const method = await requireMethod(transaction, scope, ids)
        const integration = settled(applyPatch(patchTable, requireIntegration(method), patchOperations))
        checkIntegration(integration, method, { caller, maxIntegrationTimeoutMs })
        await requireTarget(transaction, scope, integration)
        await putMethod(transaction, scope, ids, { ...method, methodIntegration: integration })
        return integration
      })
    },

    async DeleteIntegration(ids, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireResource(transaction, scope, ids.restApiId, ids.resourceId)
        const method = await transaction.get(methods, scope, methodKey(ids))
        if (!method?.methodIntegration) throw notFound('Invalid Integration identifier specified')
        await putMethod(transaction, scope, ids, without(method, 'methodIntegration'))
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

type Settings = Omit<Input<typeof Sdk, 'PutIntegration'>, 'restApiId' | 'resourceId' | 'httpMethod'>

/** @throws {ServiceError} `BadRequestException` for a link of the second version without a target (observed). */
async function requireTarget(
  reader: Reader,
  scope: string,
  { connectionType, connectionId, integrationTarget }: IntegrationRecord,
): Promise<void> {
  if (connectionType !== 'VPC_LINK' || connectionId === undefined || integrationTarget) return
  if (await reader.get(vpcLinksV2, scope, connectionId)) {
    throw badRequest(`IntegrationTarget is required for VpcLinkV2 ${connectionId}.`)
  }
}

/** Fills in what the request leaves open. Observed: `INTERNET` is shown for HTTP backends only. */
function newIntegration(
  { integrationHttpMethod, connectionType = 'INTERNET', ...settings }: Settings,
  resourceId: string,
): IntegrationRecord {
  const isHttp = settings.type === 'HTTP' || settings.type === 'HTTP_PROXY'
  return {
    ...((isHttp || connectionType !== 'INTERNET') && { connectionType }),
    passthroughBehavior: 'WHEN_NO_MATCH',
    timeoutInMillis: 29_000,
    cacheNamespace: resourceId,
    cacheKeyParameters: [],
    responseTransferMode: 'BUFFERED',
    ...settings,
    ...(integrationHttpMethod !== undefined && { httpMethod: integrationHttpMethod }),
  }
}
