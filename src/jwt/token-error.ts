/**
 * Why a token is not accepted: it is none; its time is over, or has not come; nobody who is trusted has signed it, or not
 * for this; or whoever could tell cannot be reached.
 */
export type TokenFault = 'malformed' | 'expired' | 'not-yet-valid' | 'untrusted' | 'unreachable'

/** A token is refused. The message is for logs, and holds nothing of the token. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly fault: TokenFault

  constructor(fault: TokenFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }
}
