import type { Policy, Statement } from './policy.ts'
import type { Naming } from './principal-element.ts'
import type { PolicyRequest } from './request.ts'

/** What policies say about a request: a Deny ends it, whatever allows it. */
export type Verdict =
  | { readonly effect: 'Deny'; readonly statement: Statement }
  | { readonly effect: 'Allow'; readonly statement: Statement; readonly naming: Naming }
  | { readonly effect: 'silent' }

const silent: Verdict = { effect: 'silent' }

/** Evaluates policies of one kind together. Of several statements that allow, the one that names the principal closest counts. */
export function evaluate(policies: readonly Policy[], request: PolicyRequest): Verdict {
  let allowed: Verdict = silent
  for (const { statements } of policies) {
    for (const statement of statements) {
      const naming = statement.applies(request)
      if (naming === undefined) continue
      if (statement.effect === 'Deny') return { effect: 'Deny', statement }
      if (allowed.effect !== 'Allow' || closeness[naming] > closeness[allowed.naming]) {
        allowed = { effect: 'Allow', statement, naming }
      }
    }
  }
  return allowed
}

const closeness: Readonly<Record<Naming, number>> = { account: 0, role: 1, itself: 2 }
