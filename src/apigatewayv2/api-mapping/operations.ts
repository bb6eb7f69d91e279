import {
  basePathMappings,
  insertMapping,
  mappingsOf,
  moveMapping,
  noBasePath,
} from '../../apigateway/base-path-mapping/base-path-mapping.ts'
import type { Dependencies } from '../../apigateway/dependencies.ts'
import { keyOfDomain } from '../../apigateway/domain-name/domain-name.ts'
import { badRequest, conflict } from '../../apigateway/refusal.ts'
import { scopeOf } from '../../wire/operation.ts'
import { requireDomainNameV2 } from '../domain-name/domain-name.ts'
import type { HttpOperations } from '../operations.ts'
import { listPage } from '../paging.ts'
import { presentApiMapping, requireApiMapping } from './api-mapping.ts'
import { checkMapping } from './rules.ts'

const taken = () => conflict('ApiMapping key already exists for this domain name')

/** Which APIs the paths of domain names lead to, whatever their protocol: the first version's base path mappings. */
export function apiMappingOperations({ store, newId }: Pick<Dependencies, 'store' | 'newId'>) {
  return {
    async CreateApiMapping({ DomainName: domainName, ApiId: restApiId, Stage: stage, ApiMappingKey }, caller) {
      const scope = scopeOf(caller)
      const draft = { basePath: ApiMappingKey || noBasePath, restApiId, stage }
      return store.write(async (transaction) => {
        const domain = await requireDomainNameV2(transaction, caller, { domainName })
        const others = await mappingsOf(transaction, scope, keyOfDomain(domain))
        await checkMapping(transaction, caller, domain, draft, others)
        const mapping = await insertMapping(transaction, scope, keyOfDomain(domain), draft, newId)
        if (!mapping) throw taken()
        return presentApiMapping(mapping)
      })
    },

    async GetApiMapping({ DomainName: domainName, ApiMappingId: id }, caller) {
      return store.read(async (reader) => {
        const domain = await requireDomainNameV2(reader, caller, { domainName })
        return presentApiMapping(await requireApiMapping(reader, scopeOf(caller), keyOfDomain(domain), id))
      })
    },

    async GetApiMappings({ DomainName: domainName, ...request }, caller) {
      const found = await store.read(async (reader) => {
        const domain = await requireDomainNameV2(reader, caller, { domainName })
        return mappingsOf(reader, scopeOf(caller), keyOfDomain(domain))
      })
      const { Items, ...rest } = listPage(found, ({ basePath }) => basePath, request)
      return { Items: Items.map(presentApiMapping), ...rest }
    },

    async UpdateApiMapping(
      { DomainName: domainName, ApiMappingId: id, ApiId: restApiId, ApiMappingKey, Stage },
      caller,
    ) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const domain = await requireDomainNameV2(transaction, caller, { domainName })
        const key = keyOfDomain(domain)
        const stored = await requireApiMapping(transaction, scope, key, id)
        const stage = Stage ?? stored.stage
        if (stage === undefined) throw badRequest('Invalid stage identifier specified')
        const basePath = ApiMappingKey === undefined ? stored.basePath : ApiMappingKey || noBasePath
        const mapping = { ...stored, basePath, restApiId, stage }
        const others = (await mappingsOf(transaction, scope, key)).filter(({ apiMappingId }) => apiMappingId !== id)
        await checkMapping(transaction, caller, domain, mapping, others)
        if (!(await moveMapping(transaction, scope, key, stored, mapping))) throw taken()
        return presentApiMapping(mapping)
      })
    },

    async DeleteApiMapping({ DomainName: domainName, ApiMappingId: id }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const key = keyOfDomain(await requireDomainNameV2(transaction, caller, { domainName }))
        const { basePath } = await requireApiMapping(transaction, scope, key, id)
        await transaction.delete(basePathMappings, scope, `${key}/${basePath}`)
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}
