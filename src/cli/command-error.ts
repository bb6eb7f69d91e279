/** Why a command could not do what it was asked, in one line for the user. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
