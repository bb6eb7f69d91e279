/** The archive is no acceptable zip. */
export class InvalidZipError extends Error {
  override readonly name = 'InvalidZipError'
}
