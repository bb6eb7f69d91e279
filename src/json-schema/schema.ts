/** A JSON Schema of draft 4. */
export type Schema = Readonly<Record<string, unknown>>

/** Whether a value is an object, as every schema of draft 4 is. */
export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A schema that cannot be compiled; `message` says why. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}

/** Whether a value satisfies a schema, or a part of one. What it finds wrong it tells the run. */
export type Check = (value: unknown, run: Run) => boolean

/** What checks of one value share. */
export interface Run {
  /**
   * Takes work from what one validation may do.
   * @param units Of about 2 ns.
   * @throws {TooComplexError}
   */
  spend(units: number): void
  /** Goes into a schema: one unit of depth. @throws {TooComplexError} */
  enter(): void
  /** @returns False, for a check to return that fails there. */
  leave(): false
  /** Notes what is wrong with a value, if somebody wants to know. @returns False, for the check to return. */
  fail(message: () => string): false
  /** Whether checks go on after a failure, to find all of them. */
  readonly exhaustive: boolean
  /** Runs a check whose failures are no failures of the whole. */
  quietly(check: Check, value: unknown): boolean
}

/** What the compilation of a schema's keywords needs of the rest. */
export interface Scope {
  /** Compiles a schema within this one. @throws {SchemaError} */
  schema(schema: unknown): Check
}

/** Work of entering a schema, in units. */
export const visitUnits = 24
