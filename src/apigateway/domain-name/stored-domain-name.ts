import { routingRules } from '../../apigatewayv2/routing-rule/routing-rule.ts'
import type { Reader, Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import type { ServiceError } from '../../wire/service-error.ts'
import { deleteAssociationsOf } from '../access-association/access-association.ts'
import { basePathMappings } from '../base-path-mapping/base-path-mapping.ts'
import { arnOfDomain, type DomainNameRecord, domainNames, keyOfDomain } from './domain-name.ts'
import { claimPublicName, releasePublicName } from './public-name.ts'
import { isPrivate } from './rules.ts'

/** Documented: domain names of one account and region. */
const maxDomains = { public: 120, private: 50 }

/** What the two services answer to a domain name that cannot be stored. */
export interface Refusals {
  taken(): ServiceError
  tooMany(message: string): ServiceError
}

/**
 * Stores a new domain name.
 * @throws {ServiceError} What `refusals` make of a name that is taken, and of one too many.
 */
export async function insertDomainName(
  transaction: Transaction,
  scope: string,
  domain: DomainNameRecord,
  refusals: Refusals,
): Promise<void> {
  if (!isPrivate(domain) && !(await claimPublicName(transaction, scope, domain.domainName))) throw refusals.taken()
  const kind = isPrivate(domain) ? 'private' : 'public'
  if ((await countOf(transaction, scope, isPrivate(domain))) >= maxDomains[kind]) {
    throw refusals.tooMany(`Maximum number of ${kind} domain names reached`)
  }
  await transaction.put(domainNames, scope, keyOfDomain(domain), domain)
}

/** Deletes a domain name with all that leads through it. */
export async function deleteDomainName(
  transaction: Transaction,
  caller: Caller,
  domain: DomainNameRecord,
): Promise<void> {
  const scope = scopeOf(caller)
  const key = keyOfDomain(domain)
  await transaction.deletePrefix(basePathMappings, scope, `${key}/`)
  await transaction.deletePrefix(routingRules, scope, `${key}/`)
  await deleteAssociationsOf(transaction, arnOfDomain(caller, domain))
  if (!isPrivate(domain)) await releasePublicName(transaction, scope, domain.domainName)
  await transaction.delete(domainNames, scope, key)
}

async function countOf(reader: Reader, scope: string, privateOnes: boolean): Promise<number> {
  const entries = await reader.list(domainNames, scope)
  return entries.filter(({ document }) => isPrivate(document) === privateOnes).length
}
