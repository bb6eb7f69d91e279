import { type ContextValues, conditionContext, requestContext, tagContext } from '../../iam/identity/context.ts'
import type { Identity } from '../../iam/identity/identity.ts'
import { readPrincipal, rootPrincipal, tagRecord } from '../../iam/publication/principal.ts'
import { openKey } from '../../iam/publication/source.ts'
import { type SignedCaller, signedCallers } from '../../identity/signed-caller.ts'
import { authorize } from '../../policy/authorize.ts'
import { evaluate } from '../../policy/evaluate.ts'
import { compilePolicy } from '../../policy/policy.ts'
import type { Cipher } from '../../secrets/cipher.ts'
import type { Reader } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import { notAuthorized } from '../refusal.ts'
import type { FoundRole } from './role-session.ts'

/** Who wants to assume a role. */
export interface TrustCaller {
  readonly identity: Identity
  readonly caller: Caller
  readonly now: Date
  readonly cipher: Cipher
}

/**
 * Asks the role's trust policy and the caller's own policies for each of some actions.
 *
 * @param values The condition keys of the operation.
 * @throws {ServiceError} `AccessDenied` for the first action that is not allowed.
 */
export async function requireTrust(
  reader: Reader,
  { identity, caller, now, cipher }: TrustCaller,
  { account, role }: FoundRole,
  actions: readonly string[],
  values: ContextValues,
): Promise<void> {
  const { principal, policies, context: own } = await signedCallerOf(reader, identity, caller, cipher)
  const trust = compilePolicy(role.trustPolicy, 'trust')
  const asked = conditionContext({ ...requestContext(caller, now), ...roleContext(role.tags), ...values })
  const context = (key: string) => asked(key) ?? own(key)
  for (const action of actions) {
    const request = { principal, action, resource: role.arn, context }
    // Other resources may be opened by the caller's own policies alone; a role has to trust (documented).
    const isTrusted = evaluate([trust], request).effect === 'Allow'
    const { allowed } = authorize(request, policies, trust, identity.account === account)
    if (!isTrusted || !allowed) throw notAuthorized(identity.arn, action, role.arn)
  }
}

/** The condition keys of the role that is to be assumed. */
export function roleContext(tags: FoundRole['role']['tags']): ContextValues {
  return { ...tagContext('aws:ResourceTag/', tagRecord(tags)), ...tagContext('iam:ResourceTag/', tagRecord(tags)) }
}

async function signedCallerOf(
  reader: Reader,
  identity: Identity,
  { region }: Caller,
  cipher: Cipher,
): Promise<SignedCaller> {
  const { account } = identity
  const root = rootPrincipal(account, region)
  if (identity.kind === 'root') {
    return signedCallers()({ accessKeyId: account, secretAccessKey: '', principalId: account }, root)
  }
  const { principalId } = identity.key
  const principal = principalId === account ? root : await readPrincipal(reader, account, principalId)
  if (!principal) throw new Error(`${principalId} has gone while its key was looked at`)
  return signedCallers()(openKey(cipher, identity.key), principal)
}
