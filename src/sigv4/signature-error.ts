/** Why a signed request is refused. Every protocol has names of its own for these. */
export type SignatureFault =
  /** There is no signature. */
  | 'missing'
  /** A signature lacks something, or is written wrongly. */
  | 'incomplete'
  /** The access key, or the session token, is not known. */
  | 'unknown-key'
  /** The session of the temporary credentials has ended. */
  | 'expired-token'
  /** The signature is of another time. */
  | 'wrong-time'
  /** The signature is of something else, or of somebody else. */
  | 'mismatch'

/** A refusal in AWS's own words. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError'
  readonly fault: SignatureFault
  /** For the log: without the request's own values, among which its session token may be. */
  readonly summary: string

  constructor(fault: SignatureFault, message: string, summary: string = message) {
    super(message)
    this.fault = fault
    this.summary = summary
  }
}

export function incomplete(message: string, summary: string = message): SignatureError {
  return new SignatureError('incomplete', message, summary)
}

/** Unknown, deleted and inactive keys look alike, and so does a wrong session token. */
export function unknownKey(): SignatureError {
  return new SignatureError('unknown-key', 'The security token included in the request is invalid.')
}
