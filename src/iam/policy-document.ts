import type { PolicyKind } from '../policy/document.ts'
import { compilePolicy } from '../policy/policy.ts'
import { PolicyError } from '../policy/policy-error.ts'
import { ServiceError } from '../wire/service-error.ts'

/**
 * Refuses a document that the policy engine could not evaluate later.
 * @throws {ServiceError} `MalformedPolicyDocument`
 */
export function checkPolicy(document: string, kind: Exclude<PolicyKind, 'resource'>): void {
  try {
    compilePolicy(document, kind)
  } catch (cause) {
    if (!(cause instanceof PolicyError)) throw cause
    throw new ServiceError('MalformedPolicyDocumentException', cause.message, { cause })
  }
}

/** Documented: white space does not count against the quotas of policies. */
export function policySize(document: string): number {
  return document.replace(/\s/g, '').length
}

/** A document as IAM answers it: URL-encoded as RFC 3986 says. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
