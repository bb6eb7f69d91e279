import { compilePolicy, type Policy } from '../../../policy/policy.ts'
import { PolicyError } from '../../../policy/policy-error.ts'
import type { RestApiSnapshot } from '../../../snapshot/rest-api.ts'

/** Compiles an API's resource policy. One that is none, which `CreateDeployment` refuses, would allow nobody. */
export function resourcePolicyOf({ policy }: RestApiSnapshot): Policy | undefined {
  if (policy === undefined) return undefined
  try {
    return compilePolicy(policy, 'resource')
  } catch (error) {
    if (error instanceof PolicyError) return { statements: [] }
    throw error
  }
}
