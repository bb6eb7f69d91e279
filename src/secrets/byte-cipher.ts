import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps bytes unreadable where others keep them for us. */
export interface ByteCipher {
  /** @param place Where they are kept: they open there only. */
  seal(bytes: Uint8Array, place: string): Buffer
  /** @returns Undefined for anything that this key has not sealed for this place, or that was changed since. */
  open(sealed: Uint8Array, place: string): Buffer | undefined
}

const nonceLength = 12
const tagLength = 16

/**
 * AES-256-GCM. What is sealed is nonce, tag and ciphertext.
 *
 * @param key 32 secret bytes. @param purpose Each has a key of its own.
 */
export function byteCipher(key: Uint8Array, purpose: string): ByteCipher {
  const ownKey = Buffer.from(hkdfSync('sha256', key, new Uint8Array(), purpose, 32))
  return {
    seal(bytes, place) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', ownKey, nonce)
      cipher.setAAD(Buffer.from(place))
      const ciphertext = Buffer.concat([cipher.update(bytes), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext])
    },
    open(sealed, place) {
      if (sealed.length < nonceLength + tagLength) return undefined
      const nonce = sealed.subarray(0, nonceLength)
      const decipher = createDecipheriv('aes-256-gcm', ownKey, nonce, { authTagLength: tagLength })
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()])
      } catch {
        return undefined
      }
    },
  }
}
