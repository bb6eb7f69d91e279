import { evaluate, type Verdict } from './evaluate.ts'
import type { Policy } from './policy.ts'
import type { PolicyRequest } from './request.ts'

/** What an identity brings along. */
export interface IdentityPolicies {
  /** Its own, inline and attached, and those of its groups. */
  readonly identity: readonly Policy[]
  /** The most that it may do. Absent: no boundary. */
  readonly boundary?: readonly Policy[]
  /** The most that this session may do. Absent: no session policy. */
  readonly session?: readonly Policy[]
}

export type PolicyType =
  | 'identity-based policy'
  | 'permissions boundary'
  | 'session policy'
  | 'resource-based policy'
  | 'VPC endpoint policy'

export type Decision =
  | { readonly allowed: true }
  | {
      readonly allowed: false
      /** A Deny said so; otherwise nothing allowed it. */
      readonly explicit: boolean
      /** What denied it, or what did not allow it. */
      readonly by: PolicyType
    }

export const allowed: Decision = { allowed: true }

/**
 * Decides by AWS's evaluation logic. In one account an identity's own policies or the resource's have to allow; from
 * another account both have to.
 *
 * Documented: what a resource's policy grants to a user or a session itself is bounded by no boundary and no session
 * policy; what it grants to the role of a session is; and what it grants to an account is granted to nobody until the
 * account's own policies grant it.
 *
 * @param resource The resource's policy. Absent: it has none.
 */
export function authorize(
  request: PolicyRequest,
  policies: IdentityPolicies,
  resource: Policy | undefined,
  sameAccount: boolean,
): Decision {
  return combine(ownVerdict(request, policies), evaluate(resource ? [resource] : [], request), sameAccount)
}

/** What an identity's own policies say about a request. Plain data. */
export interface OwnVerdict {
  /** The first that denies it. Absent: none does. */
  readonly denying?: PolicyType
  /** Those that say nothing about it. */
  readonly silent: readonly PolicyType[]
}

/** Asks one side. */
export function ownVerdict(request: PolicyRequest, policies: IdentityPolicies): OwnVerdict {
  const verdicts = layers(policies).map(([by, layer]) => [by, evaluate(layer, request).effect] as const)
  const [denying] = verdicts.flatMap(([by, effect]) => (effect === 'Deny' ? [by] : []))
  const silent = verdicts.flatMap(([by, effect]) => (effect === 'silent' ? [by] : []))
  return { ...(denying !== undefined && { denying }), silent }
}

/**
 * Decides by what both sides have said.
 * @param granted Of the resource's policy; silent where it has none.
 */
export function combine({ denying, silent }: OwnVerdict, granted: Verdict, sameAccount: boolean): Decision {
  const by = denying ?? (granted.effect === 'Deny' ? 'resource-based policy' : undefined)
  if (by !== undefined) return { allowed: false, explicit: true, by }

  const [first] = silent
  if (sameAccount) return first === undefined || suffices(granted, silent) ? allowed : implicit(first)
  if (granted.effect !== 'Allow') return implicit('resource-based policy')
  return first === undefined ? allowed : implicit(first)
}

function layers({ identity, boundary, session }: IdentityPolicies): (readonly [PolicyType, readonly Policy[]])[] {
  return [
    ['identity-based policy', identity],
    ...(boundary ? [['permissions boundary', boundary] as const] : []),
    ...(session ? [['session policy', session] as const] : []),
  ]
}

/** Whether a resource's grant makes up for what the identity's own policies leave open. */
function suffices(granted: Verdict, silent: readonly PolicyType[]): boolean {
  if (granted.effect !== 'Allow' || granted.naming === 'account') return false
  return granted.naming === 'itself' || silent.every((by) => by === 'identity-based policy')
}

function implicit(by: PolicyType): Decision {
  return { allowed: false, explicit: false, by }
}
