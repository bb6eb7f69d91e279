import {
  type BasePathMappingRecord,
  isSingleLevel,
  noBasePath,
} from '../../apigateway/base-path-mapping/base-path-mapping.ts'
import { type DomainNameRecord, keyOfDomain } from '../../apigateway/domain-name/domain-name.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import type { Reader } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { rulesOf } from '../routing-rule/routing-rule.ts'
import { type Protocol, protocolOf, requireTarget } from './target.ts'

type Draft = Pick<BasePathMappingRecord, 'basePath' | 'restApiId'> & { readonly stage: string }

/** Documented: letters, digits, and these. */
const keyForm = /^[A-Za-z0-9$\-_.+!*'()]+(?:\/[A-Za-z0-9$\-_.+!*'()]+)*$/
const maxKeyLength = 300
/** Documented: those of one domain name. */
const maxMultiLevelMappings = 200

/**
 * @param others The other mappings of the domain name.
 * @throws {ServiceError} `BadRequestException` for a key that the domain name cannot have, and for a target that it cannot
 *   lead to; `NotFoundException` for an unknown API.
 */
export async function checkMapping(
  reader: Reader,
  caller: Caller,
  domain: DomainNameRecord,
  draft: Draft,
  others: readonly BasePathMappingRecord[],
): Promise<void> {
  checkKey(draft.basePath)
  checkLevels(draft, domain, others)
  const target = await requireTarget(reader, caller, { apiId: draft.restApiId, stage: draft.stage })
  if (target.isPrivate) throw badRequest('Private APIs can be mapped by private domain names only')
  await checkProtocols(reader, caller, target.protocol, others)
  if (target.protocol !== 'REST' && (await rulesOf(reader, scopeOf(caller), keyOfDomain(domain))).length > 0) {
    throw badRequest('Domain names with routing rules can only be mapped to REST APIs.')
  }
}

function checkKey(key: string): void {
  if (key === noBasePath) return
  // Observed words.
  if (key.endsWith('/')) throw badRequest("API mapping key should not end with a '/'.")
  if (key.length > maxKeyLength || !keyForm.test(key)) {
    throw badRequest("An ApiMapping key may contain only letters, numbers and one of $-_.+!*'()/")
  }
}

function checkLevels(
  draft: Draft,
  { endpointConfiguration, securityPolicy }: DomainNameRecord,
  others: readonly BasePathMappingRecord[],
): void {
  if (isSingleLevel(draft)) return
  const isRegional = endpointConfiguration.types.every((type) => type === 'REGIONAL')
  if (!isRegional || securityPolicy === 'TLS_1_0') {
    throw badRequest('Multi-level API mappings are supported for regional domain names with the TLS_1_2 policy only.')
  }
  if (others.filter((other) => !isSingleLevel(other)).length >= maxMultiLevelMappings) {
    throw badRequest(`A domain name can have ${maxMultiLevelMappings} multi-level API mappings at most.`)
  }
}

/** Documented: a domain name leads to WebSocket APIs, or to the others. */
async function checkProtocols(
  reader: Reader,
  caller: Caller,
  protocol: Protocol,
  others: readonly BasePathMappingRecord[],
): Promise<void> {
  for (const { restApiId } of others) {
    const other = await protocolOf(reader, caller, restApiId)
    if (other !== undefined && (other === 'WEBSOCKET') !== (protocol === 'WEBSOCKET')) {
      throw badRequest('WebSocket APIs cannot be mapped to the same domain name as REST and HTTP APIs.')
    }
  }
}
