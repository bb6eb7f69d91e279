/** Text that is no JSONPath. */
export class PathSyntaxError extends Error {
  override readonly name = 'PathSyntaxError'
  /** Where reading stopped, in UTF-16 units from the start of the path. */
  readonly offset: number

  constructor(message: string, offset: number) {
    super(`${message} at offset ${offset}`)
    this.offset = offset
  }
}

/** A path that cannot be applied to this document: a sum of nothing, a filter on a number, more work than is allowed. */
export class PathEvaluationError extends Error {
  override readonly name = 'PathEvaluationError'
}
