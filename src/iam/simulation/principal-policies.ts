import type { PolicySourceType } from '@aws-sdk/client-iam'
import type { IdentityPolicy } from '../../snapshot/identity.ts'
import type { Reader } from '../../storage/store.ts'
import { parseArn } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'
import { type EntityKind, type EntityRecord, loadEntity } from '../entity/entity.ts'
import { groups } from '../group/group.ts'
import { groupPolicies, rolePrincipal, userPrincipal } from '../publication/principal.ts'
import { invalidInput, noSuchEntity } from '../refusal.ts'
import { roles } from '../role/role.ts'
import { users } from '../user/user.ts'
import { type SimulatedPolicy, simulatedPolicy } from './simulate.ts'

type Noun = EntityKind<EntityRecord>['noun']

/**
 * The policies of a user, group or role.
 * @throws {ServiceError} `InvalidInput` for another ARN, `NoSuchEntity`.
 */
export async function principalPolicies(
  reader: Reader,
  caller: Caller,
  arn: string,
): Promise<{ identity: SimulatedPolicy[]; boundary?: SimulatedPolicy[] }> {
  const [, noun, name = ''] = /^(user|group|role)\/(?:.*\/)?([^/]+)$/.exec(parseArn(arn)?.resource ?? '') ?? []
  if (noun !== 'user' && noun !== 'group' && noun !== 'role') throw invalidInput(`Invalid Entity Arn: ${arn}`)
  const found = await read(reader, caller, noun, name)
  if (found.arn !== arn) throw noSuchEntity(`The ${noun} with name ${name} cannot be found.`)
  const simulated = (policy: IdentityPolicy) =>
    simulatedPolicy(policy.document, 'identity', policy.name, sourceType(noun, policy))
  return {
    identity: found.policies.map(simulated),
    ...(found.permissionsBoundary && { boundary: [simulated(found.permissionsBoundary)] }),
  }
}

interface Found {
  readonly arn: string
  readonly policies: readonly IdentityPolicy[]
  readonly permissionsBoundary?: IdentityPolicy
}

async function read(reader: Reader, caller: Caller, noun: Noun, name: string): Promise<Found> {
  const { account } = caller
  if (noun === 'user') return userPrincipal(reader, account, await loadEntity(reader, users, caller, name))
  if (noun === 'role') return rolePrincipal(reader, account, await loadEntity(reader, roles, caller, name))
  const group = await loadEntity(reader, groups, caller, name)
  return { arn: group.arn, policies: await groupPolicies(reader, account, group) }
}

function sourceType(noun: Noun, { arn }: IdentityPolicy): PolicySourceType {
  if (arn === undefined) return noun
  return parseArn(arn)?.account === 'aws' ? 'aws-managed' : 'user-managed'
}
