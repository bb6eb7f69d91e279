import { connectIam, connectSts, type Key, keyOf, trusting } from '../../iam/clients.ts'

/** What a policy says about a call. */
export type Side = 'Allow' | 'silent' | 'Deny'
export const sides: readonly Side[] = ['Allow', 'silent', 'Deny']

/** Who calls: a user, and a session of a role, of which each has a policy that says the same. */
export interface Callers {
  readonly user: Key
  readonly session: Key
}

/** A policy's statement of what a side says: who is silent allows something else. */
export function statement(side: Side): object {
  const Action = side === 'silent' ? 'execute-api:ManageConnections' : 'execute-api:Invoke'
  return { Effect: side === 'Deny' ? 'Deny' : 'Allow', Action }
}

/** Creates callers of an account by IAM and STS. */
export async function createCallers(
  endpoint: string,
  { account, rootKey }: { readonly account: string; readonly rootKey: Key },
  side: Side,
): Promise<Callers> {
  const iam = connectIam(endpoint, rootKey)
  const UserName = `user-${side}`
  const RoleName = `role-${side}`
  const Statement = { ...statement(side), Resource: '*' }
  const policy = { PolicyName: 'calls', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }
  await iam.createUser({ UserName })
  await iam.putUserPolicy({ UserName, ...policy })
  await iam.createRole({ RoleName, AssumeRolePolicyDocument: trusting({ AWS: account }) })
  await iam.putRolePolicy({ RoleName, ...policy })
  const user = keyOf((await iam.createAccessKey({ UserName })).AccessKey)
  const RoleArn = `arn:aws:iam::${account}:role/${RoleName}`
  const assumed = await connectSts(endpoint, rootKey).assumeRole({ RoleArn, RoleSessionName: 'tour' })
  return { user, session: keyOf(assumed.Credentials) }
}
