import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, loosePaths, type PatchTable, replaceOnly } from '../../wire/patch-operations.ts'
import { mapEntry, optionalText, without } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import { type IntegrationRecord, requireIntegration } from '../integration/integration.ts'
import { type MethodRecord, methodKey, methods, putMethod, requireMethod } from '../method/method.ts'
import { nonEmpty } from '../non-empty.ts'
import type { RestOperations } from '../operations.ts'
import { notFound } from '../refusal.ts'
import { requireResource } from '../resource/resource.ts'
import type { IntegrationResponseRecord } from './integration-response.ts'
import { checkIntegrationResponse } from './rules.ts'

/** What `UpdateIntegrationResponse` accepts. */
const integrationResponsePatch: PatchTable<IntegrationResponseRecord> = {
  refuse: loosePaths,
  rules: [
    {
      path: '/selectionPattern',
      refuse: replaceOnly,
      replace: (response, { value = '' }) => ({ ...response, selectionPattern: value }),
    },
    { ...optionalText('/contentHandling', 'contentHandling'), refuse: replaceOnly },
    mapEntry('/responseParameters/{name}', 'responseParameters'),
    mapEntry('/responseTemplates/{type}', 'responseTemplates'),
  ],
}

/** How backend answers become method responses, by status code. */
export function integrationResponseOperations({ store }: Dependencies) {
  return {
    async PutIntegrationResponse({ restApiId, resourceId, httpMethod, ...response }, caller) {
      const scope = scopeOf(caller)
      const ids = { restApiId, resourceId, httpMethod }
      return store.write(async (transaction) => {
        const method = await requireMethod(transaction, scope, ids)
        const integration = requireIntegration(method)
        checkIntegrationResponse(response, method)
        await putMethod(transaction, scope, ids, withResponse(method, integration, response))
        return response
      })
    },

    async GetIntegrationResponse({ statusCode, ...ids }, caller) {
      return store.read(async (reader) => {
        const integration = requireIntegration(await requireMethod(reader, scopeOf(caller), ids))
        return requireResponse(integration, statusCode)
      })
    },

    async UpdateIntegrationResponse({ statusCode, patchOperations, ...ids }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const method = await requireMethod(transaction, scope, ids)
        const integration = requireIntegration(method)
        const stored = requireResponse(integration, statusCode)
        const response = settled(applyPatch(integrationResponsePatch, stored, patchOperations))
        checkIntegrationResponse(response, method)
        await putMethod(transaction, scope, ids, withResponse(method, integration, response))
        return response
      })
    },

    async DeleteIntegrationResponse({ statusCode, ...ids }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireResource(transaction, scope, ids.restApiId, ids.resourceId)
        // Observed: here an unknown method is refused in the words for an unknown integration.
        const method = await transaction.get(methods, scope, methodKey(ids))
        if (!method?.methodIntegration) throw notFound('Invalid Integration identifier specified')
        requireResponse(method.methodIntegration, statusCode)
        const { integrationResponses = {}, ...rest } = method.methodIntegration
        const left = nonEmpty(without(integrationResponses, statusCode))
        const integration = { ...rest, ...(left && { integrationResponses: left }) }
        await putMethod(transaction, scope, ids, { ...method, methodIntegration: integration })
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

function requireResponse(integration: IntegrationRecord, statusCode: string): IntegrationResponseRecord {
  const response = integration.integrationResponses?.[statusCode]
  if (!response) throw notFound('Invalid Response status code specified')
  return response
}

function withResponse(
  method: MethodRecord,
  integration: IntegrationRecord,
  response: IntegrationResponseRecord,
): MethodRecord {
  const integrationResponses = { ...integration.integrationResponses, [response.statusCode]: response }
  return { ...method, methodIntegration: { ...integration, integrationResponses } }
}

/** Leaves out the maps that a patch has emptied. */
function settled({
  responseParameters,
  responseTemplates,
  ...rest
}: IntegrationResponseRecord): IntegrationResponseRecord {
  const parameters = nonEmpty(responseParameters)
  const templates = nonEmpty(responseTemplates)
  return {
    ...rest,
    ...(parameters && { responseParameters: parameters }),
    ...(templates && { responseTemplates: templates }),
  }
}
