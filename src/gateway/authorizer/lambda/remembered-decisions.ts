import type { Decision } from '../../../policy/authorize.ts'
import { TextTable } from '../../../text-table.ts'
import type { Invocation } from '../../invocation.ts'
import type { LambdaAuthorization } from './lambda-authorizer.ts'

type Decide = (invocation: Invocation, found: LambdaAuthorization) => Decision

/** Paths are the callers' choice: those of one caller that are remembered. */
const maxPaths = 100

/**
 * Decides once for each verb and path of a caller, where no resource policy has a say. A policy with conditions or variables looks
 * at more than those, and is asked each time.
 */
export function rememberedDecisions(decide: Decide): Decide {
  const decisions = new WeakMap<LambdaAuthorization, TextTable<Decision>>()
  return (invocation, found) => {
    const ofCaller = decisions.get(found) ?? new TextTable<Decision>()
    const { method, path } = invocation.request
    const call = `${method} ${path}`
    const known = ofCaller.get(call)
    if (known) return known
    const decision = decide(invocation, found)
    if (ofCaller.size < maxPaths && dependsOnMethodAlone(found)) {
      ofCaller.set(call, decision)
      decisions.set(found, ofCaller)
    }
    return decision
  }
}

function dependsOnMethodAlone({ policy, policyDocument }: LambdaAuthorization): boolean {
  return !policyDocument.includes('$') && policy.statements.every(({ conditionKeys }) => conditionKeys.length === 0)
}
