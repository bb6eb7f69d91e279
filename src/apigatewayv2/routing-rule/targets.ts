import { mappingsOf } from '../../apigateway/base-path-mapping/base-path-mapping.ts'
import { type DomainNameRecord, keyOfDomain } from '../../apigateway/domain-name/domain-name.ts'
import { isPrivate } from '../../apigateway/domain-name/rules.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import type { Reader } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { protocolOf, requireTarget } from '../api-mapping/target.ts'
import type { RoutingRuleRecord } from './routing-rule.ts'

/** @throws {ServiceError} Unless the rule leads to a stage of a REST API, and the domain name to REST APIs only. */
export async function checkTargets(
  reader: Reader,
  caller: Caller,
  domain: DomainNameRecord,
  { action }: RoutingRuleRecord,
): Promise<void> {
  if (domain.endpointConfiguration.types.includes('EDGE')) {
    throw badRequest('Routing rules are not supported for edge-optimized domain names.')
  }
  const target = await requireTarget(reader, caller, action)
  if (target.protocol !== 'REST') throw badRequest('Routing rules can only invoke REST APIs.')
  if (target.isPrivate !== isPrivate(domain)) {
    throw badRequest('Private APIs can be invoked by private domain names only, and other APIs by public ones only')
  }
  for (const { restApiId } of await mappingsOf(reader, scopeOf(caller), keyOfDomain(domain))) {
    if ((await protocolOf(reader, caller, restApiId)) !== 'REST') {
      throw badRequest('Routing rules are not supported for domain names with mappings of HTTP or WebSocket APIs.')
    }
  }
}
