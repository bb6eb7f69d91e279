import type * as Sdk from '@aws-sdk/client-api-gateway'
import { type Input, scopeOf } from '../../wire/operation.ts'
import { applyPatch } from '../../wire/patch-operations.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { pageOf } from '../paging.ts'
import { checkedTags } from '../tag/tags.ts'
import { type ApiKeyRecord, apiKeys, presentApiKey, presentListedApiKey, requireApiKey } from './api-key.ts'
import { importApiKeys } from './import.ts'
import { apiKeyPatch } from './patch.ts'
import { reviseApiKey } from './revise.ts'
import { checkApiKey, checkApiKeyValue } from './rules.ts'
import { deleteApiKey, insertApiKey, requireStageKeys } from './save.ts'
import { noteStageKeys } from './stage-keys.ts'

const generatedLength = 40

/** The keys that clients of APIs identify themselves with. */
export function apiKeyOperations({ store, now, newId, newSecret, cipher }: Dependencies) {
  const shownValue = (key: ApiKeyRecord, include: boolean | undefined) =>
    include ? cipher.open(key.sealedValue) : undefined

  return {
    async CreateApiKey(input, caller) {
      const scope = scopeOf(caller)
      const value = input.value || newSecret(generatedLength)
      const secret = { sealedValue: cipher.seal(value), valueDigest: cipher.digest(value) }
      const draft = newApiKey({ ...input, value }, secret, now().getTime())
      return store.write(async (transaction) => {
        await requireStageKeys(transaction, scope, draft.stageKeys)
        return presentListedApiKey(await insertApiKey(transaction, scope, draft, newId), value)
      })
    },

    async GetApiKey({ apiKey, includeValue }, caller) {
      const key = await store.read((reader) => requireApiKey(reader, scopeOf(caller), apiKey))
      return presentApiKey(key, shownValue(key, includeValue))
    },

    async GetApiKeys({ nameQuery = '', customerId, includeValues, ...request }, caller) {
      // Observed: a prefix, in its own case.
      const isWanted = (key: ApiKeyRecord) =>
        (key.name ?? '').startsWith(nameQuery) && (customerId === undefined || key.customerId === customerId)
      const { items, ...rest } = await store.read((reader) =>
        pageOf(reader, apiKeys, scopeOf(caller), request, isWanted),
      )
      return { items: items.map((key) => presentListedApiKey(key, shownValue(key, includeValues))), ...rest }
    },

    async UpdateApiKey({ apiKey, patchOperations }, caller) {
      const scope = scopeOf(caller)
      const lastUpdatedDate = now().getTime()
      return store.write(async (transaction) => {
        const stored = await requireApiKey(transaction, scope, apiKey)
        const key = { ...applyPatch(apiKeyPatch, stored, patchOperations), lastUpdatedDate }
        checkApiKey(key)
        const added = key.stageKeys.filter((stageKey) => !stored.stageKeys.includes(stageKey))
        await requireStageKeys(transaction, scope, added)
        await transaction.put(apiKeys, scope, apiKey, key)
        await noteStageKeys(transaction, scope, key, stored.stageKeys)
        await reviseApiKey(transaction, scope, apiKey)
        return presentApiKey(key)
      })
    },

    async DeleteApiKey({ apiKey }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) =>
        deleteApiKey(transaction, scope, await requireApiKey(transaction, scope, apiKey)),
      )
      return {}
    },

    async ImportApiKeys({ body, failOnWarnings = false }, caller) {
      // The type names every form that an SDK takes; the wire delivers bytes.
      if (!(body instanceof Uint8Array)) throw new TypeError('The body of an import is not bytes')
      const importDate = now().getTime()
      return store.write((transaction) =>
        importApiKeys({ transaction, scope: scopeOf(caller), importDate, newId, cipher }, body, failOnWarnings),
      )
    },
  } satisfies Partial<RestOperations>
}

/** Fills in what the request leaves open. `generateDistinctId` is taken as true: ids never are the values. */
function newApiKey(
  input: Input<typeof Sdk, 'CreateApiKey'> & { readonly value: string },
  secret: Pick<ApiKeyRecord, 'sealedValue' | 'valueDigest'>,
  createdDate: number,
): Omit<ApiKeyRecord, 'id'> {
  const { name, description, customerId, enabled = false, stageKeys = [], tags, value } = input
  checkApiKey(input)
  checkApiKeyValue(value)
  return {
    ...(name && { name }),
    ...(description && { description }),
    ...(customerId && { customerId }),
    enabled,
    stageKeys: stageKeys.map(({ restApiId = '', stageName = '' }) => `${restApiId}/${stageName}`),
    ...secret,
    createdDate,
    lastUpdatedDate: createdDate,
    tags: checkedTags(tags),
  }
}
