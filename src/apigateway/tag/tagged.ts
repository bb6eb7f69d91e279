import type { Collection, Reader, Transaction } from '../../storage/store.ts'
import { parseArn } from '../../wire/arn.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { accessAssociations, requireAssociation } from '../access-association/access-association.ts'
import { apiKeys, requireApiKey } from '../api-key/api-key.ts'
import { clientCertificates, requireClientCertificate } from '../client-certificate/client-certificate.ts'
import { domainNames, keyOfDomain, requireDomainName } from '../domain-name/domain-name.ts'
import { badRequest } from '../refusal.ts'
import { requireRestApi, restApis } from '../rest-api/rest-api.ts'
import { requireStage, stages } from '../stage/stage.ts'
import { requireUsagePlan, usagePlans } from '../usage-plan/usage-plan.ts'
import { requireVpcLink, vpcLinks } from '../vpc-link/vpc-link.ts'
import type { Tags } from './tags.ts'

/** What an ARN names, and how its tags are changed. */
export interface Tagged {
  readonly tags: Tags
  save(transaction: Transaction, tags: Record<string, string>): Promise<void>
}

/** Finds what one form of ARN names. `ids` are what the form's groups have matched. */
export interface Taggable {
  readonly resource: RegExp
  find(reader: Reader, caller: Caller, arn: string, ...ids: string[]): Promise<Tagged>
}

/** Every kind of resource that has tags, but for HTTP and WebSocket APIs and what belongs to them. */
export const restTaggables: readonly Taggable[] = [
  {
    resource: /^\/restapis\/([^/]+)$/,
    find: async (reader, caller, _, id = '') =>
      tagged(restApis, scopeOf(caller), id, await requireRestApi(reader, caller, id)),
  },
  {
    resource: /^\/restapis\/([^/]+)\/stages\/([^/]+)$/,
    find: async (reader, caller, _, id = '', name = '') =>
      tagged(stages, scopeOf(caller), `${id}/${name}`, await requireStage(reader, scopeOf(caller), id, name)),
  },
  byId('apikeys', apiKeys, requireApiKey),
  byId('usageplans', usagePlans, requireUsagePlan),
  byId('clientcertificates', clientCertificates, requireClientCertificate),
  byId('vpclinks', vpcLinks, requireVpcLink),
  {
    resource: /^\/domainnames\/([^/+]+)(?:\+([^/+]+))?$/,
    async find(reader, caller, _, domainName = '', domainNameId) {
      const ids = { domainName, ...(domainNameId !== undefined && { domainNameId }) }
      return tagged(domainNames, scopeOf(caller), keyOfDomain(ids), await requireDomainName(reader, caller, ids))
    },
  },
  {
    resource: /^\/domainnameaccessassociations\/.+$/,
    find: async (reader, caller, arn) =>
      tagged(accessAssociations, scopeOf(caller), arn, await requireAssociation(reader, caller, arn)),
  },
]

/**
 * Finds what an ARN names.
 *
 * @param taggables The forms that are tried, in this order.
 * @throws {ServiceError} `BadRequestException` for an ARN of another service, region or account, and of what has no tags;
 *   the resource's own `NotFoundException` when it is not there.
 */
export async function requireTagged(
  reader: Reader,
  caller: Caller,
  resourceArn: string,
  taggables: readonly Taggable[] = restTaggables,
): Promise<Tagged> {
  const arn = parseArn(resourceArn)
  const isHere =
    arn?.service === 'apigateway' && arn.region === caller.region && ['', caller.account].includes(arn.account)
  for (const { resource, find } of isHere ? taggables : []) {
    const match = resource.exec(arn?.resource ?? '')
    if (match) return find(reader, caller, resourceArn, ...match.slice(1))
  }
  throw badRequest(`Invalid ARN specified in the request: ${resourceArn}`)
}

function byId<D extends HasTags>(
  path: string,
  collection: Collection<D>,
  require: (reader: Reader, scope: string, id: string) => Promise<D>,
): Taggable {
  return {
    resource: new RegExp(`^/${path}/([^/]+)$`),
    find: async (reader, caller, _, id = '') =>
      tagged(collection, scopeOf(caller), id, await require(reader, scopeOf(caller), id)),
  }
}

interface HasTags {
  readonly tags: Record<string, string>
}

function tagged<D extends HasTags>(collection: Collection<D>, scope: string, key: string, document: D): Tagged {
  return {
    tags: document.tags,
    save: (transaction, tags) => transaction.put(collection, scope, key, { ...document, tags }),
  }
}
