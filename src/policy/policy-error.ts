/** A document that is no policy. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  /** Where in the document: `Statement[1].Condition.StringLike`; empty for the document itself. */
  readonly place: string

  /** @param message AWS's own text, which IAM answers as `MalformedPolicyDocument`. */
  constructor(message: string, place: string) {
    super(message)
    this.place = place
  }
}

/** AWS's text for whatever breaks the grammar. */
export function syntaxError(place: string): PolicyError {
  return new PolicyError('Syntax errors in policy.', place)
}
