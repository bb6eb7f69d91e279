import type { PolicyDescriptorType } from '@aws-sdk/client-sts'
import { defaultVersion, findPolicy } from '../../iam/managed-policy/managed-policy.ts'
import { checkPolicy } from '../../iam/policy-document.ts'
import { validationError } from '../../iam/refusal.ts'
import type { Reader } from '../../storage/store.ts'
import { ServiceError } from '../../wire/service-error.ts'

interface GivenPolicies {
  readonly Policy?: string
  readonly PolicyArns?: readonly PolicyDescriptorType[]
}

/** Documented: plain text of the policies together, and how many managed ones there may be. */
const maxPlainText = 2_048
const maxManagedPolicies = 10

/**
 * The documents that limit a session: what none of them allows, the session may not do.
 *
 * @param account Whose managed policies may be named.
 * @throws {ServiceError} `MalformedPolicyDocument`, `PackedPolicyTooLarge`, `ValidationError`
 */
export async function sessionPolicies(
  reader: Reader,
  account: string,
  { Policy, PolicyArns = [] }: GivenPolicies,
): Promise<string[]> {
  if ((Policy ?? '').length > maxPlainText) {
    const message = `Packed policy consumes ${percentOf((Policy ?? '').length)}% of allotted space, please use smaller policy.`
    throw new ServiceError('PackedPolicyTooLargeException', message)
  }
  if (Policy !== undefined) checkPolicy(Policy, 'identity')
  if (PolicyArns.length > maxManagedPolicies) {
    throw validationError(`A session can have at most ${maxManagedPolicies} managed session policies`)
  }
  const managed = await Promise.all(PolicyArns.map(({ arn = '' }) => managedDocument(reader, account, arn)))
  return [...(Policy === undefined ? [] : [Policy]), ...managed]
}

/** `PackedPolicySize`: how much of the space for session policies and tags is used. AWS packs them in a way of its own. */
export function packedPolicySize(plainTextLength: number): { PackedPolicySize?: number } {
  return plainTextLength === 0 ? {} : { PackedPolicySize: Math.min(percentOf(plainTextLength), 100) }
}

function percentOf(length: number): number {
  return Math.ceil((100 * length) / maxPlainText)
}

async function managedDocument(reader: Reader, account: string, arn: string): Promise<string> {
  const policy = await findPolicy(reader, { account }, arn)
  if (!policy) throw validationError(`Policy ${arn} does not exist or is not attachable.`)
  return defaultVersion(policy).document
}
