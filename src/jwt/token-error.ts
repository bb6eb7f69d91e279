/**
 * Why a token is not accepted: it is none; its time is over, or has not come; it is of another issuer; nobody who is
 * trusted has signed it; or the issuer cannot be asked where its keys are, or what they are.
 */
export type TokenFault =
  | 'malformed'
  | 'expired'
  | 'not-yet-valid'
  | 'foreign'
  | 'untrusted'
  | 'undiscoverable'
  | 'unreachable'

/** A token is refused. The message is for logs, and holds nothing of the token. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly fault: TokenFault

  constructor(fault: TokenFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }
}
