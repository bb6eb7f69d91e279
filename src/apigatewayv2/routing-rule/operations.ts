import type * as Sdk from '@aws-sdk/client-apigatewayv2'
import type { Dependencies } from '../../apigateway/dependencies.ts'
import { type DomainIds, type DomainNameRecord, keyOfDomain } from '../../apigateway/domain-name/domain-name.ts'
import { badRequest, conflict } from '../../apigateway/refusal.ts'
import type { Reader, Transaction } from '../../storage/store.ts'
import { type Caller, type Input, scopeOf } from '../../wire/operation.ts'
import { requireDomainNameV2 } from '../domain-name/domain-name.ts'
import type { HttpOperations } from '../operations.ts'
import { listPage } from '../paging.ts'
import { readConditions } from './conditions.ts'
import {
  presentRoutingRule,
  type RoutingRuleRecord,
  requireRoutingRule,
  routingRules,
  rulesOf,
} from './routing-rule.ts'
import { checkTargets } from './targets.ts'

type Draft = Omit<RoutingRuleRecord, 'id'>
type Request = Pick<Input<typeof Sdk, 'CreateRoutingRule'>, 'Actions' | 'Conditions' | 'Priority'>

/** Documented: rules of one domain name. */
const maxRules = 50

/** Rules by which a domain name leads calls to REST APIs: records for now, as no listener serves domain names yet. */
export function routingRuleOperations({ store, newId }: Pick<Dependencies, 'store' | 'newId'>) {
  return {
    async CreateRoutingRule({ DomainName, DomainNameId, ...request }, caller) {
      const draft = readDraft(request)
      return store.write(async (transaction) => {
        const { domain, key, others } = await rulesUnder(transaction, caller, idsOf(DomainName, DomainNameId))
        if (others.length >= maxRules) throw badRequest(`A domain name can have ${maxRules} routing rules at most.`)
        const rule = { ...draft, id: unusedId(others, newId) }
        await put(transaction, caller, domain, rule, others)
        return presentRoutingRule(rule, key, caller)
      })
    },

    async GetRoutingRule({ DomainName, DomainNameId, RoutingRuleId: id }, caller) {
      return store.read(async (reader) => {
        const key = keyOfDomain(await requireDomainNameV2(reader, caller, idsOf(DomainName, DomainNameId)))
        return presentRoutingRule(await requireRoutingRule(reader, scopeOf(caller), key, id), key, caller)
      })
    },

    // In the order in which they are tried.
    async ListRoutingRules({ DomainName, DomainNameId, MaxResults, NextToken }, caller) {
      const { key, others } = await store.read((reader) => rulesUnder(reader, caller, idsOf(DomainName, DomainNameId)))
      const request = {
        ...(MaxResults !== undefined && { MaxResults: String(MaxResults) }),
        ...(NextToken !== undefined && { NextToken }),
      }
      const { Items, ...rest } = listPage(others, ({ priority }) => String(priority).padStart(7, '0'), request)
      return { RoutingRules: Items.map((rule) => presentRoutingRule(rule, key, caller)), ...rest }
    },

    async PutRoutingRule({ DomainName, DomainNameId, RoutingRuleId: id, ...request }, caller) {
      const rule = { ...readDraft(request), id }
      return store.write(async (transaction) => {
        const { domain, key, others } = await rulesUnder(transaction, caller, idsOf(DomainName, DomainNameId))
        await requireRoutingRule(transaction, scopeOf(caller), key, id)
        await put(
          transaction,
          caller,
          domain,
          rule,
          others.filter((other) => other.id !== id),
        )
        return presentRoutingRule(rule, key, caller)
      })
    },

    async DeleteRoutingRule({ DomainName, DomainNameId, RoutingRuleId: id }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const key = keyOfDomain(await requireDomainNameV2(transaction, caller, idsOf(DomainName, DomainNameId)))
        await requireRoutingRule(transaction, scope, key, id)
        await transaction.delete(routingRules, scope, `${key}/${id}`)
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}

function idsOf(domainName: string, domainNameId: string | undefined): DomainIds {
  return { domainName, ...(domainNameId !== undefined && { domainNameId }) }
}

async function rulesUnder(reader: Reader, caller: Caller, ids: DomainIds) {
  const domain = await requireDomainNameV2(reader, caller, ids)
  const key = keyOfDomain(domain)
  return { domain, key, others: await rulesOf(reader, scopeOf(caller), key) }
}

/** Stores a rule when nothing stands against it. @param others The other rules of the domain name. */
async function put(
  transaction: Transaction,
  caller: Caller,
  domain: DomainNameRecord,
  rule: RoutingRuleRecord,
  others: readonly RoutingRuleRecord[],
): Promise<void> {
  await checkTargets(transaction, caller, domain, rule)
  if (others.some(({ priority }) => priority === rule.priority)) {
    throw conflict(`A routing rule with priority ${rule.priority} already exists for this domain name.`)
  }
  await transaction.put(routingRules, scopeOf(caller), `${keyOfDomain(domain)}/${rule.id}`, rule)
}

function readDraft({ Actions, Conditions, Priority }: Request): Draft {
  const [action, ...more] = Actions
  if (!action || more.length > 0) throw badRequest('A routing rule must specify exactly one action.')
  const conditions = readConditions(Conditions)
  const { ApiId: apiId, Stage: stage, StripBasePath: stripBasePath } = action.InvokeApi
  if (stripBasePath && !conditions.some((condition) => 'matchBasePaths' in condition)) {
    throw badRequest('stripBasePath can only be true for a routing rule with a matchBasePaths condition.')
  }
  return {
    priority: Priority,
    conditions,
    action: { apiId, stage, ...(stripBasePath !== undefined && { stripBasePath }) },
  }
}

function unusedId(rules: readonly RoutingRuleRecord[], newId: (length: number) => string): string {
  let id = newId(6)
  while (rules.some((rule) => rule.id === id)) id = newId(6)
  return id
}
