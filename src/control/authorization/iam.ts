import { partitionOf } from '../../wire/arn.ts'
import type { GuardedCall } from '../../wire/guard.ts'
import { type Permission, passRole, tagValues, textAt } from './permission.ts'

/** The ARN of a user, group or role by its name; `undefined` when there is none. */
export type EntityArn = (noun: 'user' | 'group' | 'role', account: string, name: string) => Promise<string | undefined>

/** By the member that names it, the most particular first: adding a user to a group is a matter of the group. */
const nouns = [
  ['GroupName', 'group'],
  ['RoleName', 'role'],
  ['UserName', 'user'],
] as const

/** @param own ARN of the caller: operations of users without a name are about themselves. */
export async function iamPermissions(
  { operation, input, caller }: GuardedCall,
  own: string,
  entityArn: EntityArn,
): Promise<Permission[]> {
  const action = `iam:${operation}`
  const arn = (resource: string) => `arn:${partitionOf(caller.region)}:iam::${caller.account}:${resource}`
  const values = new Map(tagValues(input['Tags']))
  const policy = textAt(input, 'PolicyArn')
  const boundary = textAt(input, 'PermissionsBoundary')
  if (policy !== undefined) values.set('iam:policyarn', policy)
  if (boundary !== undefined) values.set('iam:permissionsboundary', boundary)
  const passed = passRole(await passedRole(operation, input, caller.account, entityArn), 'ec2.amazonaws.com')

  async function resource(): Promise<string> {
    for (const [member, noun] of nouns) {
      const name = textAt(input, member)
      if (name === undefined) continue
      const found = await entityArn(noun, caller.account, name)
      return found ?? arn(`${noun}${textAt(input, 'Path') ?? '/'}${name}`)
    }
    const named = textAt(input, 'OpenIDConnectProviderArn') ?? textAt(input, 'PolicySourceArn') ?? policy
    if (named !== undefined) return named
    const policyName = textAt(input, 'PolicyName')
    if (policyName !== undefined) return arn(`policy${textAt(input, 'Path') ?? '/'}${policyName}`)
    if (selfOperations.has(operation)) return own
    return arn('*')
  }

  return [{ action, resource: await resource(), values }, ...passed]
}

/** Documented: without a user's name these are about the caller. */
const selfOperations: ReadonlySet<string> = new Set([
  'GetUser',
  'CreateAccessKey',
  'ListAccessKeys',
  'UpdateAccessKey',
  'DeleteAccessKey',
])

async function passedRole(
  operation: string,
  input: GuardedCall['input'],
  account: string,
  entityArn: EntityArn,
): Promise<string | undefined> {
  const name = operation === 'AddRoleToInstanceProfile' ? textAt(input, 'RoleName') : undefined
  return name === undefined ? undefined : entityArn('role', account, name)
}
