const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** The largest multiple of the alphabet's size in a byte: bytes from here on would favour the first letters. */
const fairBytes = 256 - (256 % alphabet.length)

/**
 * Makes the drawer of AWS-like ids: lower-case letters and digits, all equally likely.
 *
 * @param fillRandomly Fills the bytes it gets with cryptographic randomness: `crypto.getRandomValues`.
 */
export function idDrawer(fillRandomly: (bytes: Uint8Array<ArrayBuffer>) => void): (length: number) => string {
  return (length) => {
    let id = ''
    while (id.length < length) {
      const bytes = new Uint8Array(length)
      fillRandomly(bytes)
      for (const byte of bytes) if (byte < fairBytes && id.length < length) id += alphabet[byte % alphabet.length]
    }
    return id
  }
}
