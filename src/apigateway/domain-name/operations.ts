import type { Reader, Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { applyPatch } from '../../wire/patch-operations.ts'
import { deleteAssociationsOf } from '../access-association/access-association.ts'
import { basePathMappings } from '../base-path-mapping/base-path-mapping.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { limitExceeded } from '../refusal.ts'
import {
  arnOfDomain,
  type DomainNameRecord,
  domainNames,
  keyOfDomain,
  presentDomainName,
  requireDomainName,
} from './domain-name.ts'
import { newDomainName } from './new-domain-name.ts'
import { domainNamePatch } from './patch.ts'
import { claimPublicName, releasePublicName } from './public-name.ts'
import { checkDomainName, isPrivate } from './rules.ts'
import { withTargets } from './targets.ts'

/** Documented: domain names of one account and region. */
const maxDomains = { public: 120, private: 50 }

/** Host names of one's own: records for now, as no listener serves them yet. */
export function domainNameOperations({ store, now, newId, cipher }: Dependencies) {
  const nowMs = () => now().getTime()
  const targetContext = ({ region }: Caller) => ({ region, newId, nowMs: nowMs() })

  return {
    async CreateDomainName(request, caller) {
      const scope = scopeOf(caller)
      const domain = newDomainName(request, { ...targetContext(caller), cipher })
      return store.write(async (transaction) => {
        if (!isPrivate(domain)) await claimPublicName(transaction, scope, domain.domainName)
        await refuseTooMany(transaction, scope, domain)
        await transaction.put(domainNames, scope, keyOfDomain(domain), domain)
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
        checkDomainName(patched, caller.region)
        const domain = withTargets(withNewCertificate(patched, stored, nowMs()), targetContext(caller))
        await transaction.put(domainNames, scopeOf(caller), keyOfDomain(domain), domain)
        return presentDomainName(domain, caller, nowMs())
      })
    },

    async DeleteDomainName(ids, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const domain = await requireDomainName(transaction, caller, ids)
        await transaction.deletePrefix(basePathMappings, scope, `${keyOfDomain(domain)}/`)
        await deleteAssociationsOf(transaction, arnOfDomain(caller, domain))
        if (!isPrivate(domain)) await releasePublicName(transaction, scope, domain.domainName)
        await transaction.delete(domainNames, scope, keyOfDomain(domain))
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

async function refuseTooMany(transaction: Transaction, scope: string, domain: DomainNameRecord): Promise<void> {
  const kind = isPrivate(domain) ? 'private' : 'public'
  if ((await countOf(transaction, scope, isPrivate(domain))) >= maxDomains[kind]) {
    throw limitExceeded(`Maximum number of ${kind} domain names reached`)
  }
}

async function countOf(reader: Reader, scope: string, privateOnes: boolean): Promise<number> {
  const entries = await reader.list(domainNames, scope)
  return entries.filter(({ document }) => isPrivate(document) === privateOnes).length
}

/** A certificate that is given by its ARN takes the place of an uploaded one. */
function withNewCertificate(domain: DomainNameRecord, before: DomainNameRecord, nowMs: number): DomainNameRecord {
  const isNew = (member: 'certificateArn' | 'regionalCertificateArn') =>
    domain[member] !== undefined && domain[member] !== before[member]
  if (!isNew('certificateArn') && !isNew('regionalCertificateArn')) return domain
  const { uploadedCertificate: _, ...rest } = domain
  return isNew('certificateArn') && !isPrivate(domain) ? { ...rest, certificateUploadDate: nowMs } : rest
}
