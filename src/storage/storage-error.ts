export type StorageErrorCode =
  /** Another process holds the data folder. */
  | 'folder-in-use'
  /** The data folder cannot be created or written. */
  | 'folder-unwritable'
  /** The disk is full: nothing of the failed change was stored. */
  | 'disk-full'
  /** The data were written by a newer Gatehouse. */
  | 'newer-version'
  /** The stored data are damaged, or are not Gatehouse's. */
  | 'damaged'
  /** The operating system failed to read or write. */
  | 'input-output'

/** A failure that lies outside the program and that its operator can mend. The message is one line and names the place. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: StorageErrorCode

  constructor(code: StorageErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options)
    this.code = code
  }
}
