import { compileSchema, type FindSchema, type Purpose } from './compile.ts'
import { BoundedRun, TooComplexError } from './run.ts'
import { type Check, SchemaError } from './schema.ts'

/** Checks JSON values against one schema. */
export interface Validator {
  /**
   * Takes a fraction of a second at most, whatever the value is.
   * @returns Undefined for a valid value; else what is wrong with it, in the words of AWS's validator.
   */
  validate(value: unknown): readonly string[] | undefined
}

/**
 * Compiles a JSON Schema of draft 4.
 *
 * @param schema As `JSON.parse` gives it.
 * @param find Gives the schema that a reference to another document names, or undefined. References may go in circles.
 * @throws {SchemaError} for what is no schema, a reference that leads nowhere, and a pattern that cannot be matched in
 *   linear time.
 */
export function compileValidator(schema: unknown, find: FindSchema = () => undefined): Validator {
  const verdict = compiled(schema, find, 'verdict')
  let findings: Check | undefined
  return {
    validate(value) {
      try {
        if (verdict(value, new BoundedRun(false))) return undefined
        findings ??= compiled(schema, find, 'findings')
        const run = new BoundedRun(true)
        findings(value, run)
        return run.messages
      } catch (error) {
        if (isTooComplex(error)) return [error.message]
        throw error
      }
    },
  }
}

function compiled(schema: unknown, find: FindSchema, purpose: Purpose): Check {
  try {
    return compileSchema(schema, find, purpose)
  } catch (error) {
    if (isTooComplex(error)) throw new SchemaError(error.message, { cause: error })
    throw error
  }
}

/** The engine itself limits the depth of recursion. */
function isTooComplex(error: unknown): error is Error {
  return error instanceof TooComplexError || error instanceof RangeError
}
