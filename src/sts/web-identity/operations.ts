import type { ContextValues } from '../../iam/identity/context.ts'
import { conditionContext, requestContext } from '../../iam/identity/context.ts'
import { providerKey, providers } from '../../iam/identity-provider/identity-provider.ts'
import { iamScope } from '../../iam/scope.ts'
import { evaluate } from '../../policy/evaluate.ts'
import { compilePolicy } from '../../policy/policy.ts'
import { assumedRole, type FoundRole, findRole, sessionSeconds } from '../assume-role/role-session.ts'
import { roleContext } from '../assume-role/trust.ts'
import type { StsDependencies } from '../dependencies.ts'
import type { StsOperations } from '../operation-types.ts'
import { accessDenied, refuseParameters } from '../refusal.ts'
import { openSession } from '../session/open-session.ts'
import { packedPolicySize, sessionPolicies } from '../session/session-policies.ts'
import { providerKeys } from './provider-keys.ts'
import { invalidToken } from './refusal.ts'
import { tagsOf, tokenContext } from './token-context.ts'
import { issuerOf, verifyToken } from './verify-token.ts'

export function webIdentityOperations(dependencies: StsDependencies) {
  const { store, now, fetch } = dependencies
  const keys = providerKeys(fetch)
  return {
    /** Needs no signature: the token says who asks. */
    async AssumeRoleWithWebIdentity(input, caller) {
      const { ProviderId, MinimumSessionTokenSize } = input
      refuseParameters('AssumeRoleWithWebIdentity', { ProviderId, MinimumSessionTokenSize })
      const issuer = await issuerOf(input.WebIdentityToken)
      const { found, provider } = await store.read(async (reader) => {
        const role = await findRole(reader, input.RoleArn)
        if (!role) throw denied()
        return { found: role, provider: await reader.get(providers, iamScope(role), providerKey(issuer)) }
      })
      if (provider?.issuer !== issuer) {
        throw invalidToken(`No OpenIDConnect provider found in your account for ${issuer}`)
      }
      const claims = await verifyToken(input.WebIdentityToken, provider, keys, now())
      const tags = tagsOf(claims)

      return store.write(async (transaction) => {
        // The role may have changed while the provider was asked.
        const role = await findRole(transaction, input.RoleArn)
        if (role?.role.id !== found.role.id) throw denied()
        requireTrust(role, provider.arn, tags.tags.length > 0, {
          ...requestContext(caller, now()),
          ...tokenContext(claims),
          'aws:FederatedProvider': provider.arn,
          'sts:RoleSessionName': input.RoleSessionName,
        })
        const policies = await sessionPolicies(transaction, role.account, input)
        const user = assumedRole(role, input.RoleSessionName)
        const credentials = await openSession(transaction, dependencies, {
          account: role.account,
          principalId: role.role.id,
          seconds: sessionSeconds(role.role, input.DurationSeconds, false),
          session: {
            arn: user.Arn,
            userId: user.AssumedRoleId,
            policies,
            ...tags,
            federatedProvider: provider.arn,
          },
        })
        return {
          Credentials: credentials,
          SubjectFromWebIdentityToken: claims.subject,
          AssumedRoleUser: user,
          Provider: issuer,
          Audience: claims.audience,
          ...packedPolicySize((input.Policy ?? '').length),
        }
      })
    },
  } satisfies Partial<StsOperations>
}

/** Observed: who asks has no ARN to be named by. */
const denied = () => accessDenied('Not authorized to perform sts:AssumeRoleWithWebIdentity')

/** Whoever a provider vouches for has no policies of their own: the role's trust policy decides alone. */
function requireTrust({ role }: FoundRole, providerArn: string, tagged: boolean, values: ContextValues): void {
  const trust = compilePolicy(role.trustPolicy, 'trust')
  const context = conditionContext({ ...roleContext(role.tags), ...values })
  const principal = { type: 'Federated', names: [providerArn] } as const
  for (const action of ['sts:AssumeRoleWithWebIdentity', ...(tagged ? ['sts:TagSession'] : [])]) {
    const { effect } = evaluate([trust], { principal, action, resource: role.arn, context })
    if (effect !== 'Allow') throw denied()
  }
}
