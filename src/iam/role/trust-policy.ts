import { checkPolicy, policySize } from '../policy-document.ts'
import { quotaExceeded } from '../refusal.ts'

/** Documented: the quota's highest value. */
const maxTrustPolicySize = 4_096

/** @throws {ServiceError} `MalformedPolicyDocument`, `LimitExceeded` */
export function checkTrustPolicy(document: string): void {
  checkPolicy(document, 'trust')
  if (policySize(document) > maxTrustPolicySize) throw quotaExceeded('ACLSizePerRole', maxTrustPolicySize)
}
