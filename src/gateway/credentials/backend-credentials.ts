import type { OpenRoleSession } from '../../identity/role-session.ts'
import { type RoleSource, serviceSessionName, trustsService } from '../../identity/service-trust.ts'
import { type SignedCaller, signedCallers } from '../../identity/signed-caller.ts'
import type { FunctionCaller } from '../../lambda/invoker.ts'
import { compilePolicy, type Policy } from '../../policy/policy.ts'
import type { SigningCredentials } from '../../sigv4/signer.ts'
import type { AccessKey, Principal } from '../../snapshot/identity.ts'
import { parseArn } from '../../wire/arn.ts'
import type { Identities } from '../identity/identities.ts'
import { functionCaller } from './function-caller.ts'
import { roleSessions } from './role-sessions.ts'

/** As whom the service calls backends: the roles of integrations and authorizers, or whoever called. */
export interface BackendCredentials {
  /**
   * Becomes a role of the API's account, for what this gateway itself decides by policies.
   * @returns Undefined when there is no such role, or when it does not trust the service.
   */
  assume(roleArn: string, source: RoleSource): SignedCaller | undefined
  /**
   * Becomes a role for requests to others: temporary credentials, which are used again while they hold.
   * @returns Undefined as from `assume`.
   */
  openSession(roleArn: string, source: RoleSource): Promise<SigningCredentials | undefined>
  /** Asks somebody's own policies whether they may invoke a function. @param functionArn With the qualifier that is used. */
  invoking(caller: SignedCaller, functionArn: string): FunctionCaller
  /** @returns What a caller signs with, the same object while it is the same. Undefined when that has ended meanwhile. */
  keyOf(caller: SignedCaller): SigningCredentials | undefined
}

export interface BackendCredentialsOptions {
  readonly identities: Identities
  readonly openRoleSession: OpenRoleSession
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Gives credentials by the identities that there are now. */
export function backendCredentials({
  identities,
  openRoleSession,
  now,
}: BackendCredentialsOptions): BackendCredentials {
  const callers = signedCallers()
  const known = new WeakMap<Principal, { readonly trust: Policy | undefined; readonly session: AccessKey }>()
  const signing = new WeakMap<AccessKey, SigningCredentials>()
  const sessions = roleSessions(openRoleSession, now)

  function trusting(roleArn: string, source: RoleSource): Principal | undefined {
    const role = identities.findRole(roleArn)
    if (role?.account !== source.account) return undefined
    const { trust } = compiled(role)
    return trust && trustsService(trust, roleArn, source, now()) ? role : undefined
  }

  function compiled(role: Principal) {
    const found = known.get(role) ?? { trust: trustPolicyOf(role), session: sessionOf(role) }
    known.set(role, found)
    return found
  }

  return {
    assume(roleArn, source) {
      const role = trusting(roleArn, source)
      return role && callers(compiled(role).session, role)
    },
    async openSession(roleArn, source) {
      const role = trusting(roleArn, source)
      return role && sessions.find(role, source)
    },
    invoking: (caller, functionArn) => functionCaller(caller, functionArn, now()),
    keyOf({ accessKeyId }) {
      const key = identities.find(accessKeyId)?.accessKey
      if (!key) return undefined
      const own = signing.get(key) ?? signingCredentials(key)
      signing.set(key, own)
      return own
    },
  }
}

/** A policy is checked when it is stored. One that is none all the same trusts nobody. */
function trustPolicyOf({ trustPolicy }: Principal): Policy | undefined {
  if (trustPolicy === undefined) return undefined
  try {
    return compilePolicy(trustPolicy, 'trust')
  } catch {
    return undefined
  }
}

/** The session that the service has of a role, as far as policies are concerned. It signs nothing. */
function sessionOf({ id, arn, account, name }: Principal): AccessKey {
  const partition = parseArn(arn)?.partition ?? 'aws'
  return {
    accessKeyId: '',
    secretAccessKey: '',
    principalId: id,
    session: {
      token: '',
      issuedAt: 0,
      expiresAt: 0,
      arn: `arn:${partition}:sts::${account}:assumed-role/${name}/${serviceSessionName}`,
      userId: `${id}:${serviceSessionName}`,
      policies: [],
      tags: {},
    },
  }
}

function signingCredentials({ accessKeyId, secretAccessKey, session }: AccessKey): SigningCredentials {
  return { accessKeyId, secretAccessKey, ...(session && { sessionToken: session.token }) }
}
