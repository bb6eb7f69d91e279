import type { Reader } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { flag, text } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import { insertNew } from '../insert-new.ts'
import { findMethod } from '../method/find-method.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { badRequest, conflict, limitExceeded } from '../refusal.ts'
import { requireRestApi, restApis } from '../rest-api/rest-api.ts'
import {
  type RequestValidatorRecord,
  requestValidators,
  requestValidatorsOf,
  requireRequestValidator,
} from './request-validator.ts'

/** Known quota of one API. */
export const maxRequestValidators = 20

/** What `UpdateRequestValidator` accepts, in the observed order. */
const requestValidatorPatch: PatchTable<RequestValidatorRecord> = {
  refuse: strictPaths,
  rules: [
    text('/name', 'name'),
    flag('/validateRequestParameters', 'validateRequestParameters'),
    flag('/validateRequestBody', 'validateRequestBody'),
  ],
}

/** What methods have checked of a request. */
export function requestValidatorOperations({ store, newId }: Dependencies) {
  return {
    async CreateRequestValidator({ restApiId, name = '', ...parts }, caller) {
      const { validateRequestBody = false, validateRequestParameters = false } = parts
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        // Observed: here an unknown API is a bad request.
        const api = await transaction.get(restApis, scope, restApiId)
        if (!api) throw badRequest('Invalid REST API identifier specified')
        const draft = { id: '', name, validateRequestBody, validateRequestParameters }
        const { length } = await checkName(transaction, scope, restApiId, draft)
        if (length >= maxRequestValidators) {
          throw limitExceeded('Maximum number of Request Validators for this API has been reached.')
        }
        return insertNew(transaction, requestValidators, scope, restApiId, () => ({ ...draft, id: newId(6) }))
      })
    },

    async GetRequestValidator({ restApiId, requestValidatorId }, caller) {
      return store.read((reader) => requireRequestValidator(reader, scopeOf(caller), restApiId, requestValidatorId))
    },

    async GetRequestValidators({ restApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireRestApi(reader, caller, restApiId)
        return page(await requestValidatorsOf(reader, scopeOf(caller), restApiId), ({ id }) => id, request)
      })
    },

    async UpdateRequestValidator({ restApiId, requestValidatorId, patchOperations }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const stored = await requireRequestValidator(transaction, scope, restApiId, requestValidatorId)
        const validator = applyPatch(requestValidatorPatch, stored, patchOperations)
        await checkName(transaction, scope, restApiId, validator)
        await transaction.put(requestValidators, scope, `${restApiId}/${requestValidatorId}`, validator)
        return validator
      })
    },

    async DeleteRequestValidator({ restApiId, requestValidatorId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const { id, name } = await requireRequestValidator(transaction, scope, restApiId, requestValidatorId)
        const user = await findMethod(transaction, scope, restApiId, (method) => method.requestValidatorId === id)
        if (user) {
          const place = `${user.httpMethod}/${user.path}`
          throw conflict(`Cannot delete request validator '${name}', is referenced in method: ${place}`)
        }
        await transaction.delete(requestValidators, scope, `${restApiId}/${id}`)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

/** Refuses a name that is blank or that another validator of the API has, and gives all the API's validators. */
async function checkName(
  reader: Reader,
  scope: string,
  restApiId: string,
  { id, name }: RequestValidatorRecord,
): Promise<RequestValidatorRecord[]> {
  if (name.trim() === '') throw badRequest('Request Validator name cannot be blank')
  const all = await requestValidatorsOf(reader, scope, restApiId)
  if (all.some((other) => other.name === name && other.id !== id)) {
    throw badRequest(`Request Validator name must be unique. Request Validator ${name} already exists in this RestApi.`)
  }
  return all
}
