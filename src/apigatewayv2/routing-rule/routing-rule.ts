import type { RoutingRule } from '@aws-sdk/client-apigatewayv2'
import { collection, type Reader } from '../../storage/store.ts'
import { formatArn } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'
import { ServiceError } from '../../wire/service-error.ts'

/** Where calls of a domain name go that meet all conditions. */
export interface RoutingRuleRecord {
  readonly id: string
  /** Unique within the domain name: the lowest is tried first. */
  readonly priority: number
  /** None: every call meets them. */
  readonly conditions: readonly RoutingCondition[]
  readonly action: { readonly apiId: string; readonly stage: string; readonly stripBasePath?: boolean }
}

/** One of the two. */
export type RoutingCondition =
  | { readonly matchBasePaths: readonly string[] }
  | { readonly matchHeaders: readonly { readonly header: string; readonly valueGlob: string }[] }

/** By `{key of the domain name}/{id}`. */
export const routingRules = collection<RoutingRuleRecord>('routing-rule')

/** The rules of one domain name. */
export async function rulesOf(reader: Reader, scope: string, domainKey: string): Promise<RoutingRuleRecord[]> {
  const entries = await reader.list(routingRules, scope, { prefix: `${domainKey}/` })
  return entries.map(({ document }) => document)
}

/** @throws {ServiceError} `NotFoundException` for an id that the domain name has no rule of. */
export async function requireRoutingRule(
  reader: Reader,
  scope: string,
  domainKey: string,
  id: string,
): Promise<RoutingRuleRecord> {
  const rule = await reader.get(routingRules, scope, `${domainKey}/${id}`)
  if (!rule) throw new ServiceError('NotFoundException', `Invalid RoutingRule identifier specified ${id}`)
  return rule
}

/** The answer of every routing rule operation. */
export function presentRoutingRule(rule: RoutingRuleRecord, domainKey: string, caller: Caller): RoutingRule {
  const { id, priority, conditions, action } = rule
  const { account, region } = caller
  const resource = `/domainnames/${domainKey}/routingrules/${id}`
  const { apiId, stage, stripBasePath } = action
  return {
    RoutingRuleId: id,
    RoutingRuleArn: formatArn({ service: 'apigateway', region, account, resource }),
    Priority: priority,
    Conditions: conditions.map((condition) =>
      'matchBasePaths' in condition
        ? { MatchBasePaths: { AnyOf: [...condition.matchBasePaths] } }
        : {
            MatchHeaders: {
              AnyOf: condition.matchHeaders.map(({ header, valueGlob }) => ({ Header: header, ValueGlob: valueGlob })),
            },
          },
    ),
    Actions: [
      {
        InvokeApi: { ApiId: apiId, Stage: stage, ...(stripBasePath !== undefined && { StripBasePath: stripBasePath }) },
      },
    ],
  }
}
