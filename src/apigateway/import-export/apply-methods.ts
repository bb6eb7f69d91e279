import type { MethodDefinition, ResourceDefinition } from '../../openapi/rest/definition.ts'
import { checkIntegration } from '../integration/rules.ts'
import { checkIntegrationResponse } from '../integration-response/rules.ts'
import { invalidParameter, isMethodResponseHeader } from '../mapping-expression.ts'
import { type MethodRecord, methodKey, methods, methodsOf, putMethod } from '../method/method.ts'
import { checkMethod } from '../method/rules.ts'
import { requireModels } from '../model/model.ts'
import { badRequest } from '../refusal.ts'
import type { ResourceRecord } from '../resource/resource.ts'
import type { Application } from './application.ts'
import { attempt } from './import-errors.ts'

/** What a definition names, by name. */
export interface PartIds {
  readonly authorizers: ReadonlyMap<string, string>
  readonly requestValidators: ReadonlyMap<string, string>
}

/** Writes the methods of one resource. Documented: a method that is there already is replaced as a whole. */
export async function applyMethods(
  { path, methods: definitions }: ResourceDefinition,
  resource: ResourceRecord,
  ids: PartIds,
  application: Application,
): Promise<void> {
  const { transaction, scope, restApiId, overwrite, errors } = application
  const wanted = new Set(definitions.map(({ httpMethod }) => httpMethod))
  for (const { httpMethod } of overwrite ? await methodsOf(transaction, scope, restApiId, resource.id) : []) {
    if (wanted.has(httpMethod)) continue
    await transaction.delete(methods, scope, methodKey({ restApiId, resourceId: resource.id, httpMethod }))
  }
  for (const definition of definitions) {
    const { httpMethod } = definition
    await attempt(errors, `Unable to put method '${httpMethod}' on resource at path '${path}'`, async () => {
      const method = toRecord(definition, resource, ids)
      await checkMethod(transaction, scope, restApiId, method)
      await checkResponses(method, path, application)
      await checkBackend(method, path, application)
      await putMethod(transaction, scope, { restApiId, resourceId: resource.id, httpMethod }, method)
    })
  }
}

function toRecord(definition: MethodDefinition, { id }: ResourceRecord, ids: PartIds): MethodRecord {
  const { authorizer, requestValidator, methodIntegration, ...method } = definition
  const authorizerId = authorizer === undefined ? undefined : ids.authorizers.get(authorizer)
  const requestValidatorId = requestValidator === undefined ? undefined : ids.requestValidators.get(requestValidator)
  if (requestValidator !== undefined && requestValidatorId === undefined) {
    throw badRequest(`Invalid Request Validator identifier specified: ${requestValidator}`)
  }
  return {
    ...method,
    ...(authorizerId !== undefined && { authorizerId }),
    ...(requestValidatorId !== undefined && { requestValidatorId }),
    ...(methodIntegration && { methodIntegration: { cacheNamespace: id, ...methodIntegration } }),
  }
}

async function checkResponses(method: MethodRecord, path: string, application: Application): Promise<void> {
  const { transaction, scope, restApiId, errors } = application
  const place = `'${method.httpMethod}' for resource at path '${path}'`
  for (const response of Object.values(method.methodResponses ?? {})) {
    await attempt(errors, `Unable to put method response '${response.statusCode}' on ${place}`, async () => {
      for (const parameter of Object.keys(response.responseParameters ?? {})) {
        if (!isMethodResponseHeader(parameter)) throw invalidParameter(parameter)
      }
      await requireModels(transaction, scope, restApiId, response.responseModels)
    })
  }
}

/** Observed words. */
async function checkBackend(method: MethodRecord, path: string, application: Application): Promise<void> {
  const { errors } = application
  const { methodIntegration: integration } = method
  if (!integration) return
  const place = `'${method.httpMethod}' for resource at path '${path}'`
  await attempt(errors, `Unable to put integration on ${place}`, () =>
    checkIntegration(integration, method, application),
  )
  for (const response of Object.values(integration.integrationResponses ?? {})) {
    await attempt(errors, `Unable to put integration response on ${place}`, () =>
      checkIntegrationResponse(response, method),
    )
  }
}
