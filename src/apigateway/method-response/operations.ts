import type { Reader } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, loosePaths, type PatchTable } from '../../wire/patch-operations.ts'
import { mapEntry, without } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import { invalidParameter, isMethodResponseHeader } from '../mapping-expression.ts'
import { type MethodIds, type MethodRecord, putMethod, requireMethod } from '../method/method.ts'
import { noSuchContentType, noSuchParameter } from '../method/patch.ts'
import { requireModels } from '../model/model.ts'
import { nonEmpty } from '../non-empty.ts'
import type { RestOperations } from '../operations.ts'
import { conflict, notFound } from '../refusal.ts'
import type { MethodResponseRecord } from './method-response.ts'

/** What `UpdateMethodResponse` accepts. */
const methodResponsePatch: PatchTable<MethodResponseRecord> = {
  refuse: loosePaths,
  rules: [
    mapEntry('/responseParameters/{name}', 'responseParameters', {
      parse: (value) => value?.toLowerCase() === 'true',
      absent: noSuchParameter,
    }),
    mapEntry('/responseModels/{type}', 'responseModels', { parse: (value = '') => value, absent: noSuchContentType }),
  ],
}

/** The answers that a method declares, by status code. */
export function methodResponseOperations({ store }: Dependencies) {
  return {
    async PutMethodResponse({ restApiId, resourceId, httpMethod, ...response }, caller) {
      const scope = scopeOf(caller)
      const ids = { restApiId, resourceId, httpMethod }
      return store.write(async (transaction) => {
        const method = await requireMethod(transaction, scope, ids)
        if (method.methodResponses?.[response.statusCode]) throw conflict('Response already exists for this resource')
        await checkResponse(transaction, scope, ids, response)
        await putMethod(transaction, scope, ids, withResponse(method, response))
        return response
      })
    },

    async GetMethodResponse({ statusCode, ...ids }, caller) {
      return store.read(async (reader) =>
        requireResponse(await requireMethod(reader, scopeOf(caller), ids), statusCode),
      )
    },

    async UpdateMethodResponse({ statusCode, patchOperations, ...ids }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const method = await requireMethod(transaction, scope, ids)
        const stored = requireResponse(method, statusCode)
        const response = settled(applyPatch(methodResponsePatch, stored, patchOperations))
        await checkResponse(transaction, scope, ids, response)
        await putMethod(transaction, scope, ids, withResponse(method, response))
        return response
      })
    },

    async DeleteMethodResponse({ statusCode, ...ids }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const method = await requireMethod(transaction, scope, ids)
        requireResponse(method, statusCode)
        const { methodResponses = {}, ...rest } = method
        const left = nonEmpty(without(methodResponses, statusCode))
        await putMethod(transaction, scope, ids, { ...rest, ...(left && { methodResponses: left }) })
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

async function checkResponse(reader: Reader, scope: string, ids: MethodIds, response: MethodResponseRecord) {
  for (const parameter of Object.keys(response.responseParameters ?? {})) {
    if (!isMethodResponseHeader(parameter)) throw invalidParameter(parameter)
  }
  await requireModels(reader, scope, ids.restApiId, response.responseModels)
}

function requireResponse(method: MethodRecord, statusCode: string): MethodResponseRecord {
  const response = method.methodResponses?.[statusCode]
  if (!response) throw notFound('Invalid Response status code specified')
  return response
}

function withResponse(method: MethodRecord, response: MethodResponseRecord): MethodRecord {
  return { ...method, methodResponses: { ...method.methodResponses, [response.statusCode]: response } }
}

/** Observed: maps that a patch has emptied are left out, while empty ones that were put stay. */
function settled({ statusCode, responseParameters, responseModels }: MethodResponseRecord): MethodResponseRecord {
  const parameters = nonEmpty(responseParameters)
  const models = nonEmpty(responseModels)
  return {
    statusCode,
    ...(parameters && { responseParameters: parameters }),
    ...(models && { responseModels: models }),
  }
}
