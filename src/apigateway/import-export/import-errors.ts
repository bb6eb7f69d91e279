import { ServiceError } from '../../wire/service-error.ts'
import { badRequest } from '../refusal.ts'

/**
 * Runs a step of an import; what it refuses becomes one of the import's errors, so that all are told at once.
 * @returns What the step gives; nothing when it was refused.
 */
export async function attempt<T>(errors: string[], what: string, step: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    errors.push(`${what}: ${error.message}`)
    return undefined
  }
}

/** Observed words around the errors of an import, and the warnings beside them. */
export function importFailed(errors: readonly string[], warnings: readonly string[]): ServiceError {
  const beside = warnings.length > 0 ? `\nAdditionally, these warnings were found:${lines(warnings)}` : ''
  return badRequest(`Errors found during import:${lines(errors)}${beside}`)
}

/** Observed words around the warnings of an import that is to fail on warnings. */
export function warningsFound(warnings: readonly string[]): ServiceError {
  return badRequest(`Warnings found during import:${lines(warnings)}`)
}

function lines(findings: readonly string[]): string {
  return findings.map((finding) => `\n\t${finding}`).join('')
}
