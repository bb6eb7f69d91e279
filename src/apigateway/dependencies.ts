import type { Cipher } from '../secrets/cipher.ts'
import type { Store } from '../storage/store.ts'

/** What the operations need from outside. */
export interface Dependencies {
  readonly store: Store
  readonly now: () => Date
  /** Draws so many characters of `[a-z0-9]`. */
  readonly newId: (length: number) => string
  /** Draws so many characters of `[A-Za-z0-9]`, for secrets. */
  readonly newSecret: (length: number) => string
  /** Keeps secrets unreadable in the store. */
  readonly cipher: Cipher
}
