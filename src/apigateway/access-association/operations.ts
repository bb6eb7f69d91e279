import type { Reader } from '../../storage/store.ts'
import { parseArn } from '../../wire/arn.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import type { Dependencies } from '../dependencies.ts'
import { arnOfDomain, type DomainNameRecord, domainNames } from '../domain-name/domain-name.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { badRequest, conflict, limitExceeded } from '../refusal.ts'
import { checkedTags } from '../tag/tags.ts'
import { accessAssociations, arnOfAssociation, presentAssociation, requireAssociation } from './access-association.ts'

/** Documented: associations of one account. */
const maxAssociations = 100

/** Which VPC endpoints reach which private domain names. */
export function accessAssociationOperations({ store }: Dependencies) {
  return {
    async CreateDomainNameAccessAssociation({ tags, ...given }, caller) {
      const scope = scopeOf(caller)
      const { accessAssociationSource: source } = given
      if (!/^vpce-[0-9a-z]+$/.test(source)) throw badRequest(`Invalid access association source specified: ${source}`)
      const checked = checkedTags(tags)
      return store.write(async (transaction) => {
        const { domainName } = await privateDomain(transaction, caller, given.domainNameArn)
        const { length } = await transaction.list(accessAssociations, scope)
        const arn = arnOfAssociation(caller, domainName, source)
        const association = { domainNameAccessAssociationArn: arn, ...given, tags: checked }
        if (!(await transaction.insert(accessAssociations, scope, arn, association))) {
          throw conflict('A domain name access association already exists for this domain name and source')
        }
        if (length >= maxAssociations) throw limitExceeded('Maximum number of domain name access associations reached')
        return presentAssociation(association)
      })
    },

    // Nothing is shared between accounts: there are none of others.
    async GetDomainNameAccessAssociations({ resourceOwner = 'SELF', ...request }, caller) {
      const entries = await store.read((reader) => reader.list(accessAssociations, scopeOf(caller)))
      const found = resourceOwner === 'SELF' ? entries.map(({ document }) => document) : []
      const { items, ...rest } = page(found, ({ domainNameAccessAssociationArn: arn }) => arn, request)
      return { items: items.map(presentAssociation), ...rest }
    },

    async DeleteDomainNameAccessAssociation({ domainNameAccessAssociationArn: arn }, caller) {
      await store.write(async (transaction) => {
        await requireAssociation(transaction, caller, arn)
        await transaction.delete(accessAssociations, scopeOf(caller), arn)
      })
      return {}
    },

    /** The owner of a domain name ends what leads to it: afterwards, the association is gone. */
    async RejectDomainNameAccessAssociation({ domainNameAccessAssociationArn: arn, domainNameArn }, caller) {
      await store.write(async (transaction) => {
        await privateDomain(transaction, caller, domainNameArn)
        const association = await requireAssociation(transaction, caller, arn)
        if (association.domainNameArn !== domainNameArn) {
          throw badRequest('The domain name access association is not with the specified domain name')
        }
        await transaction.delete(accessAssociations, scopeOf(caller), arn)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

/** @throws {ServiceError} `BadRequestException` unless the ARN names a private domain name of the caller's. */
async function privateDomain(reader: Reader, caller: Caller, domainNameArn: string): Promise<DomainNameRecord> {
  const [, key = ''] = /^\/domainnames\/([^/+]+\+[^/+]+)$/.exec(parseArn(domainNameArn)?.resource ?? '') ?? []
  const domain = key === '' ? undefined : await reader.get(domainNames, scopeOf(caller), key)
  if (!domain || arnOfDomain(caller, domain) !== domainNameArn) {
    throw badRequest(`Invalid domain name ARN specified: ${domainNameArn}`)
  }
  return domain
}
