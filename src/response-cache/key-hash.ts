/** 64 bits that tell most texts apart. Others may have the same: who finds something by them compares the texts. */
export interface KeyHash {
  /** 0 to 2³² - 1. */
  readonly first: number
  /** 0 to 2³² - 1. */
  readonly second: number
}

/**
 * Two words that each take in every character and are mixed at the end (the way of cyrb53): half of a digest's time.
 * @param seed Nobody outside can know which texts share a place.
 */
export function keyHash(text: string, seed: number): KeyHash {
  let first = seed ^ 0xdeadbeef
  let second = seed ^ 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    first = Math.imul(first ^ code, 0x9e3779b1)
    second = Math.imul(second ^ code, 0x5f356495)
  }
  const mixed = Math.imul(first ^ (first >>> 16), 0x85ebca6b) ^ Math.imul(second ^ (second >>> 13), 0xc2b2ae35)
  const other = Math.imul(second ^ (second >>> 16), 0x85ebca6b) ^ Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return { first: mixed >>> 0, second: other >>> 0 }
}
