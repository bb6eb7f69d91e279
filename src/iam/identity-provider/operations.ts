import type { Transaction } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import type { IamDependencies } from '../dependencies.ts'
import type { IamOperations } from '../operation-types.ts'
import { page } from '../page.ts'
import { alreadyExists, limitExceeded } from '../refusal.ts'
import { iamArn, iamScope } from '../scope.ts'
import { presentTags, readTags, withoutTags, withTags } from '../tag/tags.ts'
import { loadProvider, type ProviderRecord, providerKey, providers, readIssuer } from './identity-provider.ts'

/** Documented. */
const maxClientIds = 100

export function identityProviderOperations({ store, now }: IamDependencies) {
  const change = (arn: string, caller: Caller, edit: (provider: ProviderRecord) => ProviderRecord) =>
    store.write(async (transaction) => {
      await save(transaction, caller, edit(await loadProvider(transaction, caller, arn)))
      return {}
    })

  return {
    async CreateOpenIDConnectProvider({ Url, ClientIDList = [], ThumbprintList = [], Tags }, caller) {
      const issuer = readIssuer(Url)
      const provider: ProviderRecord = {
        arn: iamArn(caller, `oidc-provider/${providerKey(issuer)}`),
        issuer,
        clientIds: ClientIDList,
        thumbprints: ThumbprintList,
        tags: readTags(Tags),
        createdAt: now().getTime(),
      }
      checkClientIds(provider)
      await store.write(async (transaction) => {
        if (await transaction.insert(providers, iamScope(caller), providerKey(issuer), provider)) return
        throw alreadyExists(`Provider with url ${Url} already exists.`)
      })
      return {
        OpenIDConnectProviderArn: provider.arn,
        ...(provider.tags.length > 0 && { Tags: presentTags(provider.tags) }),
      }
    },

    GetOpenIDConnectProvider: ({ OpenIDConnectProviderArn }, caller) =>
      store.read(async (reader) => {
        const provider = await loadProvider(reader, caller, OpenIDConnectProviderArn)
        return {
          Url: providerKey(provider.issuer),
          ClientIDList: [...provider.clientIds],
          ThumbprintList: [...provider.thumbprints],
          CreateDate: new Date(provider.createdAt),
          Tags: presentTags(provider.tags),
        }
      }),

    ListOpenIDConnectProviders: (_input, caller) =>
      store.read(async (reader) => {
        const entries = await reader.list(providers, iamScope(caller))
        return { OpenIDConnectProviderList: entries.map(({ document }) => ({ Arn: document.arn })) }
      }),

    DeleteOpenIDConnectProvider: ({ OpenIDConnectProviderArn }, caller) =>
      store.write(async (transaction) => {
        const { issuer } = await loadProvider(transaction, caller, OpenIDConnectProviderArn)
        await transaction.delete(providers, iamScope(caller), providerKey(issuer))
        return {}
      }),

    AddClientIDToOpenIDConnectProvider: ({ OpenIDConnectProviderArn, ClientID }, caller) =>
      change(OpenIDConnectProviderArn, caller, (provider) => {
        const clientIds = [...provider.clientIds.filter((id) => id !== ClientID), ClientID]
        return checkClientIds({ ...provider, clientIds })
      }),

    RemoveClientIDFromOpenIDConnectProvider: ({ OpenIDConnectProviderArn, ClientID }, caller) =>
      change(OpenIDConnectProviderArn, caller, (provider) => {
        return { ...provider, clientIds: provider.clientIds.filter((id) => id !== ClientID) }
      }),

    UpdateOpenIDConnectProviderThumbprint: ({ OpenIDConnectProviderArn, ThumbprintList }, caller) =>
      change(OpenIDConnectProviderArn, caller, (provider) => ({ ...provider, thumbprints: ThumbprintList })),

    TagOpenIDConnectProvider: ({ OpenIDConnectProviderArn, Tags }, caller) =>
      change(OpenIDConnectProviderArn, caller, (provider) => ({ ...provider, tags: withTags(provider.tags, Tags) })),

    UntagOpenIDConnectProvider: ({ OpenIDConnectProviderArn, TagKeys }, caller) =>
      change(OpenIDConnectProviderArn, caller, (provider) => {
        return { ...provider, tags: withoutTags(provider.tags, TagKeys) }
      }),

    ListOpenIDConnectProviderTags: ({ OpenIDConnectProviderArn, ...request }, caller) =>
      store.read(async (reader) => {
        const { tags } = await loadProvider(reader, caller, OpenIDConnectProviderArn)
        const sorted = tags.toSorted((a, b) => (a.key < b.key ? -1 : 1))
        const { items, position } = page(sorted, ({ key }) => key, request)
        return { Tags: presentTags(items), ...position }
      }),
  } satisfies Partial<IamOperations>
}

async function save(transaction: Transaction, caller: Caller, provider: ProviderRecord): Promise<void> {
  await transaction.put(providers, iamScope(caller), providerKey(provider.issuer), provider)
}

/** @throws {ServiceError} `LimitExceeded` */
function checkClientIds(provider: ProviderRecord): ProviderRecord {
  if (provider.clientIds.length > maxClientIds) {
    throw limitExceeded(`Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${maxClientIds}`)
  }
  return provider
}
