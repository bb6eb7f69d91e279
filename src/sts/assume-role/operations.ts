import type { IamDependencies } from '../../iam/dependencies.ts'
import { tagContext } from '../../iam/identity/context.ts'
import { type Identity, identityOf, type SessionIdentity } from '../../iam/identity/identity.ts'
import type { StsInput, StsOperations } from '../operation-types.ts'
import { notAuthorized, refuseParameters } from '../refusal.ts'
import { openSession } from '../session/open-session.ts'
import { packedPolicySize, sessionPolicies } from '../session/session-policies.ts'
import { type SessionTags, sessionTags } from '../session/session-tags.ts'
import { assumedRole, findRole, sessionSeconds } from './role-session.ts'
import { requireTrust } from './trust.ts'

export function assumeRoleOperations(dependencies: IamDependencies) {
  const { store, now, cipher } = dependencies
  return {
    AssumeRole: (input, caller) =>
      store.write(async (transaction) => {
        const { ProvidedContexts, SerialNumber, TokenCode, MinimumSessionTokenSize } = input
        refuseParameters('AssumeRole', { ProvidedContexts, SerialNumber, TokenCode, MinimumSessionTokenSize })
        const identity = await identityOf(transaction, caller, now())
        const found = await findRole(transaction, input.RoleArn)
        if (!found) throw notAuthorized(identity.arn, 'sts:AssumeRole', input.RoleArn)
        const opener = roleSession(identity)
        const tags = sessionTags(input.Tags ?? [], input.TransitiveTagKeys ?? [], opener?.session)
        const sourceIdentity = input.SourceIdentity ?? opener?.session.sourceIdentity
        const context = assumeContext(input, tags, sourceIdentity)
        await requireTrust(transaction, { identity, caller, now: now(), cipher }, found, actionsOf(input), context)

        const policies = await sessionPolicies(transaction, found.account, input)
        const user = assumedRole(found, input.RoleSessionName)
        const credentials = await openSession(transaction, dependencies, {
          account: found.account,
          principalId: found.role.id,
          seconds: sessionSeconds(found.role, input.DurationSeconds, opener !== undefined),
          session: {
            arn: user.Arn,
            userId: user.AssumedRoleId,
            policies,
            ...tags,
            ...(sourceIdentity !== undefined && { sourceIdentity }),
          },
        })
        return {
          Credentials: credentials,
          AssumedRoleUser: user,
          ...packedPolicySize((input.Policy ?? '').length + lengthOf(tags)),
          ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
        }
      }),
  } satisfies Partial<StsOperations>
}

/** The session of a role that opens another: chaining roles has rules of its own. */
function roleSession(identity: Identity): SessionIdentity | undefined {
  return identity.kind === 'session' && identity.key.principalId.startsWith('AROA') ? identity : undefined
}

/** Documented: tagging a session and naming its source are permissions of their own. */
function actionsOf({ Tags = [], SourceIdentity }: StsInput<'AssumeRole'>): string[] {
  return [
    'sts:AssumeRole',
    ...(Tags.length > 0 ? ['sts:TagSession'] : []),
    ...(SourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ]
}

function assumeContext(
  { ExternalId, RoleSessionName, Tags = [] }: StsInput<'AssumeRole'>,
  { transitiveTagKeys }: SessionTags,
  sourceIdentity: string | undefined,
) {
  const requested = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]))
  return {
    ...tagContext('aws:RequestTag/', requested),
    ...(Tags.length > 0 && { 'aws:TagKeys': Object.keys(requested) }),
    ...(transitiveTagKeys.length > 0 && { 'sts:TransitiveTagKeys': transitiveTagKeys }),
    'sts:ExternalId': ExternalId,
    'sts:RoleSessionName': RoleSessionName,
    'sts:SourceIdentity': sourceIdentity,
  }
}

function lengthOf({ tags }: SessionTags): number {
  return tags.reduce((sum, { key, value }) => sum + key.length + value.length, 0)
}
