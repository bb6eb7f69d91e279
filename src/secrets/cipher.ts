import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps secrets unreadable where they are stored: whoever reads the store without the key learns none of them. */
export interface Cipher {
  /** Encrypts a text. Sealing it twice gives two different results. */
  seal(text: string): string
  /** @throws {Error} for anything that this key has not sealed, or that was changed since. */
  open(sealed: string): string
  /** A keyed digest, equal for equal texts: finds a secret without storing it, and cannot be guessed without the key. */
  digest(text: string): string
}

/** Bytes of a key. */
export const keyLength = 32

/** Names the layout of what is sealed: nonce, tag and ciphertext. */
const version = 'v1.'
const nonceLength = 12
const tagLength = 16

/**
 * AES-256-GCM for what is read again, HMAC-SHA-256 for what is only found again, each under a key of its own.
 *
 * @param key 32 secret bytes.
 */
export function createCipher(key: Uint8Array): Cipher {
  if (key.length !== keyLength) throw new Error(`A key has ${keyLength} bytes, not ${key.length}`)
  const sealingKey = derive(key, 'gatehouse seal')
  const digestKey = derive(key, 'gatehouse digest')
  return {
    seal(text) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce)
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return version + Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64url')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.slice(version.length), 'base64url')
      if (!sealed.startsWith(version) || bytes.length < nonceLength + tagLength) throw new Error('This is not sealed')
      const nonce = bytes.subarray(0, nonceLength)
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, nonce, { authTagLength: tagLength })
      decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength))
      return Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()]).toString()
    },
    digest: (text) => createHmac('sha256', digestKey).update(text).digest('base64url'),
  }
}

function derive(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(), purpose, keyLength))
}
