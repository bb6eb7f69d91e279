/** Where something is in a template; both count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A template that does not parse. */
export class TemplateSyntaxError extends Error implements Position {
  override readonly name = 'TemplateSyntaxError'
  readonly line: number
  readonly column: number

  constructor(message: string, { line, column }: Position) {
    super(`${message} at line ${line}, column ${column}`)
    this.line = line
    this.column = column
  }
}

/** A rendering that failed: a method refused its arguments, or a limit was reached. */
export class TemplateError extends Error implements Position {
  override readonly name = 'TemplateError'
  readonly line: number
  readonly column: number

  constructor(message: string, { line, column }: Position, options?: ErrorOptions) {
    super(`${message} at line ${line}, column ${column}`, options)
    this.line = line
    this.column = column
  }
}
