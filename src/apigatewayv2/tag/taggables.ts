import { restTaggables, type Taggable } from '../../apigateway/tag/tagged.ts'
import type { Collection } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { apis, requireApi } from '../api/api.ts'
import { requireStage, stages } from '../stage/stage.ts'
import { requireVpcLinkV2, vpcLinksV2 } from '../vpc-link/vpc-link.ts'

/** Every kind of resource that has tags. */
export const taggables: readonly Taggable[] = [
  {
    resource: /^\/apis\/([^/]+)$/,
    find: async (reader, caller, _, id = '') => tagged(apis, scopeOf(caller), id, await requireApi(reader, caller, id)),
  },
  {
    resource: /^\/apis\/([^/]+)\/stages\/([^/]+)$/,
    async find(reader, caller, _, id = '', name = '') {
      await requireApi(reader, caller, id)
      return tagged(stages, scopeOf(caller), `${id}/${name}`, await requireStage(reader, scopeOf(caller), id, name))
    },
  },
  {
    resource: /^\/vpclinks\/([^/]+)$/,
    async find(reader, caller, _, id = '') {
      const link = await requireVpcLinkV2(reader, scopeOf(caller), id)
      return {
        tags: link.tags,
        save: (transaction, tags) => transaction.put(vpcLinksV2, scopeOf(caller), id, { ...link, tags }),
      }
    },
  },
  ...restTaggables,
]

function tagged<D extends { readonly Tags: Record<string, string> }>(
  collection: Collection<D>,
  scope: string,
  key: string,
  document: D,
): Awaited<ReturnType<Taggable['find']>> {
  return {
    tags: document.Tags,
    save: (transaction, tags) => transaction.put(collection, scope, key, { ...document, Tags: tags }),
  }
}
