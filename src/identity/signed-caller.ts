import type { IdentityPolicies } from '../policy/authorize.ts'
import { compilePolicy, type Policy } from '../policy/policy.ts'
import type { ConditionContext, Principal as PolicyPrincipal } from '../policy/request.ts'
import type { AccessKey, Principal } from '../snapshot/identity.ts'

/** Who signed a request, with all that decides what they may do. */
export interface SignedCaller {
  readonly accessKeyId: string
  /** Twelve digits. */
  readonly account: string
  /** Of the user, of the session, or of the root. */
  readonly arn: string
  /** `aws:userid`: `AIDA…`, `AROA…:{session name}`, or of a root its account. */
  readonly userId: string
  /** A root signs with a key of the configuration; with temporary credentials, it is a principal like others. */
  readonly verifiedAs: 'root' | 'principal'
  readonly principal: PolicyPrincipal
  readonly policies: IdentityPolicies
  /** The condition keys that tell who somebody is. */
  readonly context: ConditionContext
}

/** Tells who an access key is; the same object while nothing about them changes. */
export type SignedCallers = (accessKey: AccessKey, principal: Principal) => SignedCaller

/**
 * Prepares callers once: their policies are compiled with their first request.
 *
 * @param isKnownKey Whether conditions on a key, in lower case, can be judged where the callers call. All can by default.
 */
export function signedCallers(isKnownKey: (key: string) => boolean = () => true): SignedCallers {
  const compile = (document: string) => closed(compiled(document), isKnownKey)
  const policies = new WeakMap<Principal, IdentityPolicies>()
  const callers = new WeakMap<AccessKey, { readonly of: Principal; readonly caller: SignedCaller }>()

  return (accessKey, principal) => {
    const known = callers.get(accessKey)
    if (known?.of === principal) return known.caller
    const own = policies.get(principal) ?? compileOwn(principal, compile)
    policies.set(principal, own)
    const caller = callerOf(accessKey, principal, own, compile)
    callers.set(accessKey, { of: principal, caller })
    return caller
  }
}

function callerOf(accessKey: AccessKey, principal: Principal, own: IdentityPolicies, compile: Compile): SignedCaller {
  const { accessKeyId, session } = accessKey
  const { account, arn = principal.arn, userId = principal.id } = { ...session, account: principal.account }
  const limits = session?.policies ?? []
  return {
    accessKeyId,
    account,
    arn,
    userId,
    verifiedAs: principal.kind === 'root' && !session ? 'root' : 'principal',
    principal: { type: 'AWS', account, names: [...new Set([arn, principal.arn])] },
    policies: limits.length === 0 ? own : { ...own, session: limits.map(compile) },
    context: identityContext(accessKey, principal),
  }
}

type Compile = (document: string) => Policy

function compileOwn({ kind, policies, permissionsBoundary }: Principal, compile: Compile): IdentityPolicies {
  if (kind === 'root') return { identity: [everything('Allow')] }
  const identity = policies.map(({ document }) => compile(document))
  return permissionsBoundary ? { identity, boundary: [compile(permissionsBoundary.document)] } : { identity }
}

/** Policies are checked when they are stored. One that is none all the same could have denied anything: it denies all. */
function compiled(document: string): Policy {
  try {
    return compilePolicy(document, 'identity')
  } catch {
    return everything('Deny')
  }
}

/** What cannot be judged lets nobody in: such a statement allows nothing, and denies whatever its conditions are. */
function closed({ statements }: Policy, isKnownKey: (key: string) => boolean): Policy {
  return {
    statements: statements.flatMap((statement) => {
      if (statement.conditionKeys.every(isKnownKey)) return [statement]
      return statement.effect === 'Deny' ? [{ ...statement, applies: statement.concerns }] : []
    }),
  }
}

function everything(effect: 'Allow' | 'Deny'): Policy {
  const Statement = { Effect: effect, Action: '*', Resource: '*' }
  return compilePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'identity')
}

function identityContext({ session }: AccessKey, principal: Principal): ConditionContext {
  const { kind, id, account, arn, name } = principal
  const values = new Map<string, string | undefined>([
    ...Object.entries({ ...principal.tags, ...session?.tags }).map(
      ([key, value]) => [`aws:principaltag/${key.toLowerCase()}`, value] as const,
    ),
    // Documented: of a session this is its role, too.
    ['aws:principalarn', arn],
    ['aws:principalaccount', account],
    ['aws:principaltype', typeOf(principal, session !== undefined)],
    ['aws:userid', session?.userId ?? id],
    ['aws:username', kind === 'user' ? name : undefined],
    ['aws:tokenissuetime', session && new Date(session.issuedAt).toISOString()],
    // Documented: with temporary credentials alone; and none are given out for a second factor here.
    ['aws:multifactorauthpresent', session && 'false'],
    ['aws:sourceidentity', session?.sourceIdentity],
    ['aws:federatedprovider', session?.federatedProvider],
  ])
  return (key) => values.get(key)
}

function typeOf({ kind }: Principal, isSession: boolean): string {
  if (kind === 'root') return 'Account'
  return kind === 'role' && isSession ? 'AssumedRole' : 'User'
}
