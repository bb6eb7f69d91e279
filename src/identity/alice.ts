import type { AccessKey, Principal } from '../snapshot/identity.ts'

/** For tests: the access key of Alice. */
export const aliceKey: AccessKey = {
  accessKeyId: 'AKIDALICE',
  secretAccessKey: 'alice-secret',
  principalId: 'AIDAALICE',
}

/** For tests: Alice, a user who may do what the policy documents say. */
export function alice(...documents: readonly string[]): Principal {
  return {
    kind: 'user',
    id: 'AIDAALICE',
    arn: 'arn:aws:iam::123456789012:user/alice',
    account: '123456789012',
    name: 'alice',
    tags: {},
    policies: documents.map((document) => ({ name: 'p', document })),
  }
}
