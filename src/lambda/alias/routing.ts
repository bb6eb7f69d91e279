import { invalidParameter } from '../error.ts'
import type { AliasRecord } from './alias.ts'

/**
 * Checks how an alias shares its calls between versions.
 * @throws {ServiceError} `InvalidParameterValueException` for more than one further version, for the alias's own version,
 *   and for `$LATEST`.
 */
export function checkRouting({ version, additionalVersionWeights }: AliasRecord): void {
  const further = Object.keys(additionalVersionWeights)
  if (further.length === 0) return
  if (further.length > 1) {
    throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1')
  }
  if (further.includes(version)) {
    throw invalidParameter(
      `Invalid function version ${version}. ` +
        `Function version ${version} is already included in routing configuration.`,
    )
  }
  if (version === '$LATEST') {
    throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version')
  }
}
