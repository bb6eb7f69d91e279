import { collection, type Reader, type Transaction } from '../../storage/store.ts'
import { parseArn } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { noSuchEntity } from '../refusal.ts'
import { iamScope } from '../scope.ts'
import type { TagRecord } from '../tag/tags.ts'
import { awsManagedPolicy } from './aws-managed.ts'

/** A managed policy as it is stored. */
export interface PolicyRecord {
  /** `ANPA…` */
  readonly id: string
  readonly name: string
  readonly path: string
  readonly arn: string
  readonly description?: string
  readonly tags: readonly TagRecord[]
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Epoch milliseconds of the newest version. */
  readonly updatedAt: number
  /** Such as `v1`. */
  readonly defaultVersionId: string
  /** The oldest first; at most 5. */
  readonly versions: readonly PolicyVersionRecord[]
  /** Number of the newest version that there ever was: none is given twice. */
  readonly lastVersion: number
}

export interface PolicyVersionRecord {
  readonly id: string
  readonly document: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/** By name in lower case, for names that differ in case only are equal (documented). */
export const policies = collection<PolicyRecord>('iam-policy')

export function policyKey(name: string): string {
  return name.toLowerCase()
}

/** Finds a policy of the caller's account, or of AWS; `undefined` when there is none with this ARN. */
export async function findPolicy(
  reader: Reader,
  caller: Pick<Caller, 'account'>,
  arn: string,
): Promise<PolicyRecord | undefined> {
  const parsed = parseArn(arn)
  if (parsed?.service !== 'iam' || !parsed.resource.startsWith('policy/')) return undefined
  if (parsed.account === 'aws') return awsManagedPolicy(parsed.resource)
  const name = parsed.resource.slice(parsed.resource.lastIndexOf('/') + 1)
  const policy = await reader.get(policies, iamScope(caller), policyKey(name))
  return policy?.arn === arn ? policy : undefined
}

/** @throws {ServiceError} `NoSuchEntity` */
export async function loadPolicy(reader: Reader, caller: Pick<Caller, 'account'>, arn: string): Promise<PolicyRecord> {
  const policy = await findPolicy(reader, caller, arn)
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`)
  return policy
}

/**
 * Loads a policy that is about to be changed.
 * @throws {ServiceError} `NoSuchEntity`; `AccessDenied` for a policy of AWS.
 */
export async function loadOwnPolicy(
  transaction: Transaction,
  caller: Pick<Caller, 'account'>,
  arn: string,
): Promise<PolicyRecord> {
  const policy = await loadPolicy(transaction, caller, arn)
  if (parseArn(arn)?.account === 'aws') {
    throw new ServiceError('AccessDenied', 'Policy is outside your own account.', { status: 403 })
  }
  return policy
}

export async function savePolicy(
  transaction: Transaction,
  caller: Pick<Caller, 'account'>,
  policy: PolicyRecord,
): Promise<void> {
  await transaction.put(policies, iamScope(caller), policyKey(policy.name), policy)
}

/** The version in effect. */
export function defaultVersion({ arn, versions, defaultVersionId }: PolicyRecord): PolicyVersionRecord {
  const version = versions.find(({ id }) => id === defaultVersionId)
  if (!version) throw new Error(`${arn} has lost its default version ${defaultVersionId}`)
  return version
}
