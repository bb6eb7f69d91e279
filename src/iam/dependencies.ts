import type { Cipher } from '../secrets/cipher.ts'
import type { Store } from '../storage/store.ts'

/** What the operations need from outside. */
export interface IamDependencies {
  readonly store: Store
  readonly now: () => Date
  /** Draws so many characters of `[A-Z2-7]`, for unique ids. */
  readonly newId: (length: number) => string
  /** Draws so many characters of `[A-Za-z0-9+/]`, for secret access keys. */
  readonly newSecret: (length: number) => string
  /** Keeps secrets unreadable in the store. */
  readonly cipher: Cipher
}

/** What unique ids and access key ids are made of. */
export const uniqueIdAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What secret access keys are made of. */
export const secretKeyAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
