import type * as Sdk from '@aws-sdk/client-api-gateway'
import type { Transaction } from '../../storage/store.ts'
import { type Input, scopeOf } from '../../wire/operation.ts'
import { applyPatch } from '../../wire/patch-operations.ts'
import { claimApiId } from '../api-id.ts'
import { refuseMappedApi } from '../base-path-mapping/base-path-mapping.ts'
import type { Dependencies } from '../dependencies.ts'
import { defaultModels, models } from '../model/model.ts'
import type { RestOperations } from '../operations.ts'
import { pageOf } from '../paging.ts'
import { resources } from '../resource/resource.ts'
import { checkedTags } from '../tag/tags.ts'
import { clonedSettings, copyDefinition } from './clone-rest-api.ts'
import { deleteRestApi } from './delete-rest-api.ts'
import { newEndpoint } from './endpoint-configuration.ts'
import { restApiPatch } from './patch.ts'
import { withKeptPolicy } from './policy.ts'
import { replaceRestApi } from './replace-rest-api.ts'
import { presentListedRestApi, presentRestApi, type RestApiRecord, requireRestApi, restApis } from './rest-api.ts'
import { checkedRestApi } from './rules.ts'

/** REST APIs as a whole. */
export function restApiOperations({ store, now, newId }: Dependencies) {
  /** A root resource, and the models that every API is born with. */
  async function createDefaults(transaction: Transaction, scope: string, api: RestApiRecord): Promise<void> {
    const root = { id: api.rootResourceId, path: '/' }
    await transaction.put(resources, scope, `${api.id}/${root.id}`, root)
    for (const model of defaultModels(newId)) await transaction.put(models, scope, `${api.id}/${model.name}`, model)
  }

  return {
    async CreateRestApi({ cloneFrom, ...settings }, caller) {
      const scope = scopeOf(caller)
      const createdDate = now().getTime()
      return store.write(async (transaction) => {
        const source = cloneFrom === undefined ? undefined : await requireRestApi(transaction, caller, cloneFrom)
        const draft = newRestApi({ ...(source && clonedSettings(source)), ...settings }, createdDate)
        const id = await claimApiId(transaction, scope, newId)
        const api = withKeptPolicy({ ...draft, id, rootResourceId: newId(10) }, caller)
        await transaction.put(restApis, scope, id, api)
        await (source
          ? copyDefinition({ transaction, scope, newId }, source, api)
          : createDefaults(transaction, scope, api))
        return presentListedRestApi(api)
      })
    },

    async GetRestApi({ restApiId }, caller) {
      return store.read(async (reader) => presentRestApi(await requireRestApi(reader, caller, restApiId)))
    },

    async GetRestApis(request, caller) {
      const { items, ...rest } = await store.read((reader) => pageOf(reader, restApis, scopeOf(caller), request))
      return { items: items.map(presentListedRestApi), ...rest }
    },

    async UpdateRestApi({ restApiId, patchOperations }, caller) {
      return store.write(async (transaction) => {
        const stored = await requireRestApi(transaction, caller, restApiId)
        const api = withKeptPolicy(checkedRestApi(applyPatch(restApiPatch, stored, patchOperations)), caller)
        await replaceRestApi(transaction, scopeOf(caller), stored, api)
        return presentRestApi(api)
      })
    },

    async DeleteRestApi({ restApiId }, caller) {
      await store.write(async (transaction) => {
        await requireRestApi(transaction, caller, restApiId)
        await refuseMappedApi(transaction, scopeOf(caller), restApiId)
        await deleteRestApi(transaction, scopeOf(caller), restApiId)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

/** Fills in what the request leaves open; the ids are drawn later. */
function newRestApi(
  { endpointConfiguration, tags, ...settings }: Omit<Input<typeof Sdk, 'CreateRestApi'>, 'cloneFrom'>,
  createdDate: number,
): RestApiRecord {
  return checkedRestApi({
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    ...settings,
    id: '',
    rootResourceId: '',
    createdDate,
    endpointConfiguration: newEndpoint(endpointConfiguration),
    tags: checkedTags(tags),
  })
}
