import type { Transaction } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'

/** A definition that is being written to an API, within one transaction. */
export interface Application {
  readonly transaction: Transaction
  readonly scope: string
  readonly caller: Caller
  readonly restApiId: string
  readonly newId: (length: number) => string
  /** Whether what the definition does not have goes. */
  readonly overwrite: boolean
  /** Longest timeout of an integration whose responses are buffered. */
  readonly maxIntegrationTimeoutMs: number
  /** What the rules refuse, in AWS's words; any makes the whole import fail. */
  readonly errors: string[]
}
