import type { PolicyStatement } from '../../snapshot/function.ts'
import { collection } from '../../storage/store.ts'

/** Who else may use a function, a version or an alias; never empty. */
export interface PolicyRecord {
  readonly statements: readonly PolicyStatement[]
}

/** Keyed by `{functionName}/{qualifier}`; the unqualified function's ends with the slash. */
export const policies = collection<PolicyRecord>('lambda.policy')
