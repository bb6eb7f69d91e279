import type * as Sdk from '@aws-sdk/client-apigatewayv2'
import type { Dependencies } from '../../apigateway/dependencies.ts'
import { changedDomainName } from '../../apigateway/domain-name/changed-domain-name.ts'
import { type DomainNameRecord, domainNames, keyOfDomain } from '../../apigateway/domain-name/domain-name.ts'
import { newDomainName } from '../../apigateway/domain-name/new-domain-name.ts'
import { isPrivate } from '../../apigateway/domain-name/rules.ts'
import { deleteDomainName, insertDomainName, type Refusals } from '../../apigateway/domain-name/stored-domain-name.ts'
import { badRequest, conflict } from '../../apigateway/refusal.ts'
import { type Caller, type Input, scopeOf } from '../../wire/operation.ts'
import type { HttpOperations } from '../operations.ts'
import { listPage } from '../paging.ts'
import { readConfigurations } from './configurations.ts'
import { presentDomainNameV2, requireDomainNameV2 } from './domain-name.ts'
import { restRoutingMode } from './routing-mode.ts'

type Changes = Omit<Input<typeof Sdk, 'UpdateDomainName'>, 'DomainName'>
type MutualTls = NonNullable<Changes['MutualTlsAuthentication']>

const refusals: Refusals = {
  taken: () => conflict('The domain name resource already exists.'),
  tooMany: badRequest,
}

/** The second version's view of the domain names, public ones only, that the first version manages too. */
export function domainNameV2Operations({
  store,
  now,
  newId,
  cipher,
}: Pick<Dependencies, 'store' | 'now' | 'newId' | 'cipher'>) {
  const nowMs = () => now().getTime()
  const targetContext = ({ region }: Caller) => ({ region, newId, nowMs: nowMs() })

  return {
    async CreateDomainName(
      { DomainName, DomainNameConfigurations = [], MutualTlsAuthentication, RoutingMode, Tags },
      caller,
    ) {
      const request = {
        domainName: DomainName,
        ...readConfigurations(DomainNameConfigurations),
        ...withMutualTls(undefined, MutualTlsAuthentication),
        ...(RoutingMode && { routingMode: restRoutingMode(RoutingMode) }),
        ...(Tags && { tags: Tags }),
      }
      const domain = newDomainName(request, { ...targetContext(caller), cipher })
      return store.write(async (transaction) => {
        await insertDomainName(transaction, scopeOf(caller), domain, refusals)
        return presentDomainNameV2(domain, caller, nowMs())
      })
    },

    async GetDomainName({ DomainName: domainName }, caller) {
      const domain = await store.read((reader) => requireDomainNameV2(reader, caller, { domainName }))
      return presentDomainNameV2(domain, caller, nowMs())
    },

    async GetDomainNames(request, caller) {
      const entries = await store.read((reader) => reader.list(domainNames, scopeOf(caller)))
      const found = entries.map(({ document }) => document).filter((domain) => !isPrivate(domain))
      const { Items, ...rest } = listPage(found, keyOfDomain, request)
      return { Items: Items.map((domain) => presentDomainNameV2(domain, caller, nowMs())), ...rest }
    },

    async UpdateDomainName({ DomainName: domainName, ...changes }, caller) {
      return store.write(async (transaction) => {
        const stored = await requireDomainNameV2(transaction, caller, { domainName })
        const domain = changedDomainName(withChanges(stored, changes), stored, targetContext(caller))
        await transaction.put(domainNames, scopeOf(caller), domainName, domain)
        return presentDomainNameV2(domain, caller, nowMs())
      })
    },

    async DeleteDomainName({ DomainName: domainName }, caller) {
      await store.write(async (transaction) => {
        await deleteDomainName(transaction, caller, await requireDomainNameV2(transaction, caller, { domainName }))
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}

/** A list of configurations takes the place of all endpoints; what it does not say of an endpoint that stays, stays too. */
function withChanges(
  domain: DomainNameRecord,
  { DomainNameConfigurations, MutualTlsAuthentication, RoutingMode }: Changes,
): DomainNameRecord {
  const { mutualTlsAuthentication, ...rest } = domain
  const endpoints = DomainNameConfigurations && readConfigurations(DomainNameConfigurations)
  return {
    ...rest,
    ...withMutualTls(mutualTlsAuthentication, MutualTlsAuthentication),
    ...(RoutingMode && { routingMode: restRoutingMode(RoutingMode) }),
    ...endpoints,
    endpointConfiguration: { ...domain.endpointConfiguration, ...endpoints?.endpointConfiguration },
  }
}

/** An empty URI switches mutual TLS off. */
function withMutualTls(
  stored: DomainNameRecord['mutualTlsAuthentication'],
  given: MutualTls | undefined,
): Pick<DomainNameRecord, 'mutualTlsAuthentication'> {
  const truststoreUri = given?.TruststoreUri ?? stored?.truststoreUri
  if (!truststoreUri) return {}
  // Another object has versions of its own.
  const kept = given?.TruststoreUri === undefined ? stored?.truststoreVersion : undefined
  const truststoreVersion = given?.TruststoreVersion ?? kept
  return { mutualTlsAuthentication: { truststoreUri, ...(truststoreVersion && { truststoreVersion }) } }
}
