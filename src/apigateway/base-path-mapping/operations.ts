import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { without } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import { keyOfDomain, requireDomainName } from '../domain-name/domain-name.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { conflict } from '../refusal.ts'
import {
  type BasePathMappingRecord,
  basePathMappings,
  insertMapping,
  isSingleLevel,
  mappingsOf,
  moveMapping,
  noBasePath,
  presentBasePathMapping,
  requireBasePathMapping,
} from './base-path-mapping.ts'
import { checkBasePath, checkTarget } from './rules.ts'

const taken = 'Base path already exists for this domain name'

/** What `UpdateBasePathMapping` accepts. The service spells `restapiId` so. */
const basePathMappingPatch: PatchTable<BasePathMappingRecord> = {
  refuse: strictPaths,
  rules: [
    { path: '/basePath', replace: (mapping, { value }) => ({ ...mapping, basePath: value || noBasePath }) },
    { path: '/restapiId', replace: (mapping, { value = '' }) => ({ ...mapping, restApiId: value }) },
    {
      path: '/stage',
      replace: (mapping, { value }) => (isNamed(value) ? { ...mapping, stage: value } : without(mapping, 'stage')),
    },
  ],
}

/** Which APIs the paths of domain names lead to. A change takes effect at once. */
export function basePathMappingOperations({ store, newId }: Dependencies) {
  return {
    async CreateBasePathMapping({ domainName, domainNameId, basePath, restApiId, stage }, caller) {
      const scope = scopeOf(caller)
      const draft = { basePath: basePath || noBasePath, restApiId, ...(isNamed(stage) && { stage }) }
      return store.write(async (transaction) => {
        const domain = await requireDomainName(transaction, caller, idsOf(domainName, domainNameId))
        checkBasePath(draft.basePath)
        await checkTarget(transaction, caller, domain, draft)
        const mapping = await insertMapping(transaction, scope, keyOfDomain(domain), draft, newId)
        if (!mapping) throw conflict(taken)
        return presentBasePathMapping(mapping)
      })
    },

    async GetBasePathMapping({ domainName, domainNameId, basePath }, caller) {
      return store.read(async (reader) => {
        const domain = await requireDomainName(reader, caller, idsOf(domainName, domainNameId))
        return presentBasePathMapping(
          await requireBasePathMapping(reader, scopeOf(caller), keyOfDomain(domain), basePath),
        )
      })
    },

    async GetBasePathMappings({ domainName, domainNameId, ...request }, caller) {
      const found = await store.read(async (reader) => {
        const domain = await requireDomainName(reader, caller, idsOf(domainName, domainNameId))
        return mappingsOf(reader, scopeOf(caller), keyOfDomain(domain))
      })
      const { items, ...rest } = page(found.filter(isSingleLevel), ({ basePath }) => basePath, request)
      return { items: items.map(presentBasePathMapping), ...rest }
    },

    async UpdateBasePathMapping({ domainName, domainNameId, basePath, patchOperations }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const domain = await requireDomainName(transaction, caller, idsOf(domainName, domainNameId))
        const stored = await requireBasePathMapping(transaction, scope, keyOfDomain(domain), basePath)
        const mapping = applyPatch(basePathMappingPatch, stored, patchOperations)
        checkBasePath(mapping.basePath)
        await checkTarget(transaction, caller, domain, mapping)
        if (!(await moveMapping(transaction, scope, keyOfDomain(domain), stored, mapping))) throw conflict(taken)
        return presentBasePathMapping(mapping)
      })
    },

    async DeleteBasePathMapping({ domainName, domainNameId, basePath }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const domain = await requireDomainName(transaction, caller, idsOf(domainName, domainNameId))
        const mapping = await requireBasePathMapping(transaction, scope, keyOfDomain(domain), basePath)
        await transaction.delete(basePathMappings, scope, `${keyOfDomain(domain)}/${mapping.basePath}`)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

function idsOf(domainName: string, domainNameId: string | undefined) {
  return { domainName, ...(domainNameId !== undefined && { domainNameId }) }
}

/** The service writes an absent stage like an empty base path. */
function isNamed(stage: string | undefined): stage is string {
  return stage !== undefined && stage !== '' && stage !== noBasePath
}
