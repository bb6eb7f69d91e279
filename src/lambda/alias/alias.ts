import { collection } from '../../storage/store.ts'

/** A name for one version, or for two that share its calls. */
export interface AliasRecord {
  readonly name: string
  /** `$LATEST` or a number. */
  readonly version: string
  readonly description: string
  /** A further version with its share of calls, 0 to 1; at most one. */
  readonly additionalVersionWeights: Readonly<Record<string, number>>
  readonly revisionId: string
}

/** Keyed by `{functionName}/{alias}`. */
export const aliases = collection<AliasRecord>('lambda.alias')
