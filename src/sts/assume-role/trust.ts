import { type ContextValues, callerContext, conditionContext, tagContext } from '../../iam/identity/context.ts'
import type { Identity } from '../../iam/identity/identity.ts'
import { readPrincipal, tagRecord } from '../../iam/publication/principal.ts'
import { authorize, type IdentityPolicies } from '../../policy/authorize.ts'
import { evaluate } from '../../policy/evaluate.ts'
import { compilePolicy, type Policy } from '../../policy/policy.ts'
import type { Principal as PolicyPrincipal } from '../../policy/request.ts'
import type { Principal } from '../../snapshot/identity.ts'
import type { Reader } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import { notAuthorized } from '../refusal.ts'
import type { FoundRole } from './role-session.ts'

/** A caller, with what its policies say. */
export interface TrustCaller {
  readonly identity: Identity
  readonly caller: Caller
  readonly now: Date
}

/**
 * Asks the role's trust policy and the caller's own policies for each of some actions.
 *
 * @param values The condition keys of the operation.
 * @throws {ServiceError} `AccessDenied` for the first action that is not allowed.
 */
export async function requireTrust(
  reader: Reader,
  { identity, caller, now }: TrustCaller,
  { account, role }: FoundRole,
  actions: readonly string[],
  values: ContextValues,
): Promise<void> {
  const principal = await principalOf(reader, identity)
  const trust = compilePolicy(role.trustPolicy, 'trust')
  const policies = policiesOf(identity, principal)
  const context = conditionContext({
    ...callerContext(identity, principal, caller, now),
    ...tagContext('aws:ResourceTag/', tagRecord(role.tags)),
    ...tagContext('iam:ResourceTag/', tagRecord(role.tags)),
    ...values,
  })
  for (const action of actions) {
    const request = { principal: named(identity, principal), action, resource: role.arn, context }
    // Other resources may be opened by the caller's own policies alone; a role has to trust (documented).
    const isTrusted = evaluate([trust], request).effect === 'Allow'
    const { allowed } = authorize(request, policies, trust, identity.account === account)
    if (!isTrusted || !allowed) throw notAuthorized(identity.arn, action, role.arn)
  }
}

async function principalOf(reader: Reader, identity: Identity): Promise<Principal | undefined> {
  if (identity.kind === 'root') return undefined
  const id = identity.kind === 'user' ? identity.user.id : identity.key.principalId
  return readPrincipal(reader, identity.account, id)
}

/** Every name that a trust policy may call the caller by: a session's own, and then its role's. */
function named({ arn, account }: Identity, principal: Principal | undefined): PolicyPrincipal {
  const names = principal && principal.arn !== arn ? [arn, principal.arn] : [arn]
  return { type: 'AWS', names, account }
}

const everything = compilePolicy(
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
  'identity',
)

/** A root may do everything; a session of what is gone may do nothing. */
function policiesOf(identity: Identity, principal: Principal | undefined): IdentityPolicies {
  if (isRoot(identity)) return { identity: [everything] }
  const compile = (document: string): Policy => compilePolicy(document, 'identity')
  const session = identity.kind === 'session' ? identity.session.policies.map(compile) : []
  return {
    identity: principal?.policies.map(({ document }) => compile(document)) ?? [],
    ...(principal?.permissionsBoundary && { boundary: [compile(principal.permissionsBoundary.document)] }),
    ...(session.length > 0 && { session }),
  }
}

function isRoot(identity: Identity): boolean {
  return identity.kind === 'root' || (identity.kind === 'session' && identity.key.principalId === identity.account)
}
