import { claimApiId } from '../../apigateway/api-id.ts'
import { domainsLeadingTo } from '../../apigateway/base-path-mapping/base-path-mapping.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import { checkedTags } from '../../apigateway/tag/tags.ts'
import type { Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import type { HttpDependencies } from '../dependencies.ts'
import { autoDeploy } from '../deployment/auto-deploy.ts'
import { merged } from '../merge.ts'
import type { HttpOperations, Request } from '../operations.ts'
import { documentsOf, listPage } from '../paging.ts'
import { type ApiRecord, apis, presentApi, requireApi } from './api.ts'
import { deleteApi } from './delete-api.ts'
import { quickCreate, updateQuickCreated } from './quick-create.ts'
import { checkApi, defaultApiKeySelection, httpRouteSelection } from './rules.ts'

/** HTTP and WebSocket APIs as a whole. */
export function apiOperations({ store, now, newId }: HttpDependencies) {
  const deploying = (transaction: Transaction, caller: Caller) => ({
    transaction,
    caller,
    newId,
    nowMs: now().getTime(),
  })

  return {
    async CreateApi({ Target, RouteKey, CredentialsArn, ...settings }, caller) {
      const scope = scopeOf(caller)
      const draft = newApi(settings, now().getTime())
      return store.write(async (transaction) => {
        const api = { ...draft, ApiId: await claimApiId(transaction, scope, newId) }
        await transaction.put(apis, scope, api.ApiId, api)
        const quick = {
          ...(Target !== undefined && { Target }),
          ...(RouteKey !== undefined && { RouteKey }),
          ...(CredentialsArn !== undefined && { CredentialsArn }),
        }
        const context = deploying(transaction, caller)
        await quickCreate(context, api, quick)
        await autoDeploy(context, api)
        return presentApi(api, caller)
      })
    },

    async GetApi({ ApiId }, caller) {
      return store.read(async (reader) => presentApi(await requireApi(reader, caller, ApiId), caller))
    },

    async GetApis(request, caller) {
      const all = await store.read((reader) => documentsOf(reader, apis, scopeOf(caller), ''))
      const { Items, ...rest } = listPage(all, ({ ApiId }) => ApiId, request)
      return { Items: Items.map((api) => presentApi(api, caller)), ...rest }
    },

    async UpdateApi({ ApiId, Target, RouteKey, CredentialsArn, ...settings }, caller) {
      return store.write(async (transaction) => {
        const stored = await requireApi(transaction, caller, ApiId)
        if (settings.Name === '') throw badRequest('Invalid API name specified')
        const api = merged<ApiRecord>(stored, settings)
        checkApi(api)
        await transaction.put(apis, scopeOf(caller), ApiId, api)
        const context = deploying(transaction, caller)
        await updateQuickCreated(context, api, {
          ...(Target !== undefined && { Target }),
          ...(RouteKey !== undefined && { RouteKey }),
          ...(CredentialsArn !== undefined && { CredentialsArn }),
        })
        await autoDeploy(context, api)
        return presentApi(api, caller)
      })
    },

    async DeleteApi({ ApiId }, caller) {
      await store.write(async (transaction) => {
        await requireApi(transaction, caller, ApiId)
        const domains = await domainsLeadingTo(transaction, scopeOf(caller), ApiId)
        if (domains.length > 0) throw stillMapped(ApiId, domains)
        await deleteApi(transaction, scopeOf(caller), ApiId)
      })
      return {}
    },

    async DeleteCorsConfiguration({ ApiId }, caller) {
      await store.write(async (transaction) => {
        const { CorsConfiguration: _, ...api } = await requireApi(transaction, caller, ApiId)
        await transaction.put(apis, scopeOf(caller), ApiId, api)
        await autoDeploy(deploying(transaction, caller), api)
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}

function stillMapped(apiId: string, domains: readonly string[]): Error {
  return badRequest(
    `Deleting API ${apiId} failed. Please remove all API mappings related to the API in your domains: ${domains.join(', ')}.`,
  )
}

/**
 * Fills in what a request leaves open; the id is drawn later.
 * @throws {ServiceError} `BadRequestException` for the first setting that does not hold.
 */
export function newApi(
  { ProtocolType, Tags, ...settings }: Omit<Request<'CreateApi'>, 'Target' | 'RouteKey' | 'CredentialsArn'>,
  nowMs: number,
): ApiRecord {
  // The SDK's type has no other words; the wire has.
  if (!['HTTP', 'WEBSOCKET'].includes(ProtocolType)) {
    throw badRequest('Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]')
  }
  const api: ApiRecord = {
    RouteSelectionExpression: ProtocolType === 'HTTP' ? httpRouteSelection : '',
    ApiKeySelectionExpression: defaultApiKeySelection,
    DisableExecuteApiEndpoint: false,
    IpAddressType: 'ipv4',
    ...settings,
    ApiId: '',
    ProtocolType,
    Tags: checkedTags(Tags),
    CreatedDate: nowMs,
  }
  checkApi(api)
  return api
}
