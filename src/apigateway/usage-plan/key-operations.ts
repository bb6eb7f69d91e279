import type { UsagePlanKey } from '@aws-sdk/client-api-gateway'
import type { Reader } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { type ApiKeyRecord, requireApiKey } from '../api-key/api-key.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { byCreation, page } from '../paging.ts'
import { badRequest, conflict, notFound } from '../refusal.ts'
import { associateKey, dissociate, hasKey, keysOfPlan } from './association.ts'
import { requireUsagePlan } from './usage-plan.ts'

/** The API keys of usage plans. */
export function usagePlanKeyOperations({ store, cipher }: Dependencies) {
  const present = ({ id, name, sealedValue }: ApiKeyRecord): UsagePlanKey => ({
    id,
    type: 'API_KEY',
    value: cipher.open(sealedValue),
    name,
  })

  return {
    async CreateUsagePlanKey({ usagePlanId, keyId, keyType }, caller) {
      const scope = scopeOf(caller)
      if (keyType !== 'API_KEY') throw badRequest('Invalid key type specified. Must be one of: [API_KEY]')
      return store.write(async (transaction) => {
        const plan = await requireUsagePlan(transaction, scope, usagePlanId)
        const key = await requireApiKey(transaction, scope, keyId)
        if (await hasKey(transaction, scope, usagePlanId, keyId)) {
          throw conflict(`API Key ${keyId} is already associated with Usage Plan ${usagePlanId}`)
        }
        await associateKey(transaction, scope, plan, keyId)
        return present(key)
      })
    },

    async GetUsagePlanKey({ usagePlanId, keyId }, caller) {
      const scope = scopeOf(caller)
      const key = await store.read(async (reader) => {
        await requireUsagePlan(reader, scope, usagePlanId)
        return requireKeyOfPlan(reader, scope, usagePlanId, keyId)
      })
      return present(key)
    },

    // Observed: an unknown plan gives an empty list.
    async GetUsagePlanKeys({ usagePlanId, nameQuery = '', ...request }, caller) {
      const scope = scopeOf(caller)
      const keys = await store.read(async (reader) => {
        const ids = await keysOfPlan(reader, scope, usagePlanId)
        return Promise.all(ids.map((id) => requireApiKey(reader, scope, id)))
      })
      const found = keys.filter(({ name = '' }) => name.startsWith(nameQuery))
      const { items, ...rest } = page(found, byCreation, request)
      return { items: items.map(present), ...rest }
    },

    async DeleteUsagePlanKey({ usagePlanId, keyId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireUsagePlan(transaction, scope, usagePlanId)
        await requireKeyOfPlan(transaction, scope, usagePlanId, keyId)
        await dissociate(transaction, scope, usagePlanId, keyId)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

/** @throws {ServiceError} `NotFoundException` for a key that is not in the plan. */
export async function requireKeyOfPlan(
  reader: Reader,
  scope: string,
  planId: string,
  keyId: string,
): Promise<ApiKeyRecord> {
  if (!(await hasKey(reader, scope, planId, keyId))) throw notFound('Invalid Usage Plan Key identifier specified')
  return requireApiKey(reader, scope, keyId)
}
