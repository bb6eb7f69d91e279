const idAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** What generated API keys are made of. */
export const secretAlphabet = `${idAlphabet.toUpperCase().slice(0, 26)}${idAlphabet}`

/**
 * Makes the drawer of AWS-like ids: lower-case letters and digits unless told otherwise, all equally likely.
 *
 * @param fillRandomly Fills the bytes it gets with cryptographic randomness: `crypto.getRandomValues`.
 * @param alphabet At most 256 characters.
 */
export function idDrawer(
  fillRandomly: (bytes: Uint8Array<ArrayBuffer>) => void,
  alphabet: string = idAlphabet,
): (length: number) => string {
  /** The largest multiple of the alphabet's size in a byte: bytes from here on would favour the first letters. */
  const fairBytes = 256 - (256 % alphabet.length)
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
