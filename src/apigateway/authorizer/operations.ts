import type { Reader } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { applyPatch } from '../../wire/patch-operations.ts'
import type { Dependencies } from '../dependencies.ts'
import { insertNew } from '../insert-new.ts'
import { findMethod } from '../method/find-method.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { badRequest, conflict, limitExceeded } from '../refusal.ts'
import { requireRestApi, restApis } from '../rest-api/rest-api.ts'
import {
  type AuthorizerRecord,
  authorizers,
  authorizersOf,
  presentAuthorizer,
  requireAuthorizer,
} from './authorizer.ts'
import { authorizerPatch, settled } from './patch.ts'
import { checkAuthorizer } from './rules.ts'

/** Documented quota of one API. */
export const maxAuthorizers = 10

/** Who decides about callers. */
export function authorizerOperations({ store, newId }: Dependencies) {
  return {
    async CreateAuthorizer({ restApiId, ...settings }, caller) {
      const scope = scopeOf(caller)
      const draft = settled({ ...settings, id: '' })
      return store.write(async (transaction) => {
        // Observed: this is what the service says about an unknown API here.
        if (!(await transaction.get(restApis, scope, restApiId))) {
          throw conflict('Unable to complete operation due to concurrent modification. Please try again later.')
        }
        checkAuthorizer(draft, caller)
        const { length } = await checkUnique(transaction, scope, restApiId, draft)
        if (length >= maxAuthorizers) {
          throw limitExceeded('Maximum number of Authorizers for this API has been reached.')
        }
        const draw = () => ({ ...draft, id: newId(6) })
        return presentAuthorizer(await insertNew(transaction, authorizers, scope, restApiId, draw))
      })
    },

    async GetAuthorizer({ restApiId, authorizerId }, caller) {
      return store.read(async (reader) =>
        presentAuthorizer(await requireAuthorizer(reader, scopeOf(caller), restApiId, authorizerId)),
      )
    },

    async GetAuthorizers({ restApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireRestApi(reader, caller, restApiId)
        const all = await authorizersOf(reader, scopeOf(caller), restApiId)
        return page(all.map(presentAuthorizer), ({ id }) => id, request)
      })
    },

    async UpdateAuthorizer({ restApiId, authorizerId, patchOperations }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const stored = await requireAuthorizer(transaction, scope, restApiId, authorizerId)
        const authorizer = settled(applyPatch(authorizerPatch, stored, patchOperations))
        checkAuthorizer(authorizer, caller)
        await checkUnique(transaction, scope, restApiId, authorizer)
        await transaction.put(authorizers, scope, `${restApiId}/${authorizerId}`, authorizer)
        return presentAuthorizer(authorizer)
      })
    },

    async DeleteAuthorizer({ restApiId, authorizerId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const { id, name } = await requireAuthorizer(transaction, scope, restApiId, authorizerId)
        const user = await findMethod(transaction, scope, restApiId, (method) => method.authorizerId === id)
        if (user) {
          const place = `${user.httpMethod}/${user.path}`
          throw conflict(`Cannot delete authorizer '${name}', is referenced in method: ${place}`)
        }
        await transaction.delete(authorizers, scope, `${restApiId}/${id}`)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

/** Refuses a name that another authorizer of the API has, and gives all the API's authorizers. */
async function checkUnique(
  reader: Reader,
  scope: string,
  restApiId: string,
  { id, name }: AuthorizerRecord,
): Promise<AuthorizerRecord[]> {
  const all = await authorizersOf(reader, scope, restApiId)
  if (all.some((other) => other.name === name && other.id !== id)) {
    throw badRequest(`Authorizer name must be unique. Authorizer ${name} already exists in this RestApi.`)
  }
  return all
}
