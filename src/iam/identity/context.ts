import type { ConditionContext } from '../../policy/request.ts'
import type { Principal } from '../../snapshot/identity.ts'
import type { Caller } from '../../wire/operation.ts'
import type { Identity } from './identity.ts'

/** Values of condition keys; the keys are compared in lower case. */
export type ContextValues = Readonly<Record<string, string | readonly string[] | undefined>>

/** Makes condition keys findable as policies ask for them. */
export function conditionContext(values: ContextValues): ConditionContext {
  const known = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]))
  return (key) => known.get(key)
}

/** The condition keys of every management call: who calls, from where and when. */
export function callerContext(
  identity: Identity,
  principal: Principal | undefined,
  caller: Caller,
  now: Date,
): ContextValues {
  return {
    ...requestContext(caller, now),
    ...tagContext('aws:PrincipalTag/', principalTags(identity, principal)),
    'aws:PrincipalAccount': identity.account,
    'aws:PrincipalArn': principal?.arn ?? identity.arn,
    'aws:PrincipalType': principalType(principal),
    'aws:userid': identity.userId,
    'aws:username': principal?.kind === 'user' ? principal.name : undefined,
    ...sessionContext(identity),
  }
}

/** The condition keys of a request, whoever sends it. */
export function requestContext({ region, origin }: Caller, now: Date): ContextValues {
  return {
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1_000)),
    'aws:RequestedRegion': region,
    'aws:SourceIp': origin?.sourceIp,
    'aws:UserAgent': origin?.userAgent,
  }
}

/** The condition keys of tags: `{prefix}{tag key}`. */
export function tagContext(prefix: string, tags: Readonly<Record<string, string>>): ContextValues {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [prefix + key, value]))
}

/** A session's own tags go before its role's. */
function principalTags(identity: Identity, principal: Principal | undefined): Record<string, string> {
  const own = identity.kind === 'session' ? identity.session.tags.map(({ key, value }) => [key, value] as const) : []
  return { ...principal?.tags, ...Object.fromEntries(own) }
}

function principalType(principal: Principal | undefined): string {
  if (principal?.kind === 'role') return 'AssumedRole'
  return principal?.kind === 'user' ? 'User' : 'Account'
}

function sessionContext(identity: Identity): ContextValues {
  if (identity.kind !== 'session') return {}
  const { session, key } = identity
  return {
    'aws:FederatedProvider': session.federatedProvider,
    'aws:MultiFactorAuthPresent': 'false',
    'aws:SourceIdentity': session.sourceIdentity,
    'aws:TokenIssueTime': new Date(key.createdAt).toISOString(),
  }
}
