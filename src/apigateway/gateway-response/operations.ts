import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, loosePaths, type PatchTable } from '../../wire/patch-operations.ts'
import { mapEntry, optionalText } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import { noSuchContentType, noSuchParameter } from '../method/patch.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { notFound } from '../refusal.ts'
import { requireRestApi } from '../rest-api/rest-api.ts'
import {
  completed,
  type GatewayResponseRecord,
  gatewayResponses,
  gatewayResponsesOf,
  presentAll,
  presentGatewayResponse,
} from './gateway-response.ts'
import { checkGatewayResponse, requireValue } from './rules.ts'

/** What `UpdateGatewayResponse` accepts. */
const gatewayResponsePatch: PatchTable<GatewayResponseRecord> = {
  refuse: loosePaths,
  rules: [
    optionalText('/statusCode', 'statusCode'),
    mapEntry('/responseParameters/{name}', 'responseParameters', {
      parse: (value) => requireValue(value, 'responseParameters'),
      absent: noSuchParameter,
    }),
    mapEntry('/responseTemplates/{type}', 'responseTemplates', {
      parse: (value) => requireValue(value, 'responseTemplates'),
      absent: noSuchContentType,
    }),
  ],
}

/** What the gateway answers when it refuses a call or fails. */
export function gatewayResponseOperations({ store }: Dependencies) {
  return {
    async PutGatewayResponse({ restApiId, ...settings }, caller) {
      const response = completed(settings)
      return store.write(async (transaction) => {
        await requireRestApi(transaction, caller, restApiId)
        checkGatewayResponse(response)
        await transaction.put(gatewayResponses, scopeOf(caller), `${restApiId}/${response.responseType}`, response)
        return { ...response, defaultResponse: false }
      })
    },

    async GetGatewayResponse({ restApiId, responseType }, caller) {
      return store.read(async (reader) => {
        await requireRestApi(reader, caller, restApiId)
        return presentGatewayResponse(responseType, await gatewayResponsesOf(reader, scopeOf(caller), restApiId))
      })
    },

    async GetGatewayResponses({ restApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireRestApi(reader, caller, restApiId)
        const all = presentAll(await gatewayResponsesOf(reader, scopeOf(caller), restApiId))
        return page(all, ({ responseType = '' }) => responseType, request)
      })
    },

    async UpdateGatewayResponse({ restApiId, responseType, patchOperations }, caller) {
      const scope = scopeOf(caller)
      const key = `${restApiId}/${responseType}`
      return store.write(async (transaction) => {
        await requireRestApi(transaction, caller, restApiId)
        // Observed: to change a type that is at its defaults begins with them.
        const stored = (await transaction.get(gatewayResponses, scope, key)) ?? completed({ responseType })
        const response = completed(applyPatch(gatewayResponsePatch, stored, patchOperations))
        checkGatewayResponse(response)
        await transaction.put(gatewayResponses, scope, key, response)
        return { ...response, defaultResponse: false }
      })
    },

    async DeleteGatewayResponse({ restApiId, responseType }, caller) {
      await store.write(async (transaction) => {
        await requireRestApi(transaction, caller, restApiId)
        const deleted = await transaction.delete(gatewayResponses, scopeOf(caller), `${restApiId}/${responseType}`)
        if (!deleted) throw notFound('Gateway response type not defined on api')
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}
