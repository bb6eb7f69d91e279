import { type Caller, scopeOf } from '../../wire/operation.ts'
import { applyPatch } from '../../wire/patch-operations.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { badRequest, limitExceeded } from '../refusal.ts'
import { changedDomainName } from './changed-domain-name.ts'
import { domainNames, keyOfDomain, presentDomainName, requireDomainName } from './domain-name.ts'
import { newDomainName } from './new-domain-name.ts'
import { domainNamePatch } from './patch.ts'
import { deleteDomainName, insertDomainName, type Refusals } from './stored-domain-name.ts'

const refusals: Refusals = {
  taken: () => badRequest('The domain name you provided already exists.'),
  tooMany: limitExceeded,
}

/** Host names of one's own: records for now, as no listener serves them yet. */
export function domainNameOperations({ store, now, newId, cipher }: Dependencies) {
  const nowMs = () => now().getTime()
  const targetContext = ({ region }: Caller) => ({ region, newId, nowMs: nowMs() })

  return {
    async CreateDomainName(request, caller) {
      const domain = newDomainName(request, { ...targetContext(caller), cipher })
      return store.write(async (transaction) => {
        await insertDomainName(transaction, scopeOf(caller), domain, refusals)
        return presentDomainName(domain, caller, nowMs())
      })
    },

    async GetDomainName(ids, caller) {
      return store.read(async (reader) =>
        presentDomainName(await requireDomainName(reader, caller, ids), caller, nowMs()),
      )
    },

    // Nothing is shared between accounts: there are none of others.
    async GetDomainNames({ resourceOwner = 'SELF', ...request }, caller) {
      const entries = await store.read((reader) => reader.list(domainNames, scopeOf(caller)))
      const found = resourceOwner === 'SELF' ? entries.map(({ document }) => document) : []
      const { items, ...rest } = page(found, keyOfDomain, request)
      return { items: items.map((domain) => presentDomainName(domain, caller, nowMs())), ...rest }
    },

    async UpdateDomainName({ patchOperations = [], ...ids }, caller) {
      return store.write(async (transaction) => {
        const stored = await requireDomainName(transaction, caller, ids)
        const patched = applyPatch(domainNamePatch, stored, patchOperations)
        const domain = changedDomainName(patched, stored, targetContext(caller))
        await transaction.put(domainNames, scopeOf(caller), keyOfDomain(domain), domain)
        return presentDomainName(domain, caller, nowMs())
      })
    },

    async DeleteDomainName(ids, caller) {
      await store.write(async (transaction) => {
        await deleteDomainName(transaction, caller, await requireDomainName(transaction, caller, ids))
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}
