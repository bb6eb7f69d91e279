import type { Range } from '../store.ts'

/** Sorts after every text: SQLite orders all blobs behind all texts. */
const afterAllText = new Uint8Array(0)

/** A range as SQLite compares it, in UTF-8 bytes: `lower` (within the range unless `exclusive`) up to, without, `upper`. */
export interface KeyRange {
  readonly lower: string
  readonly exclusive: boolean
  readonly upper: string | Uint8Array
}

export function keyRange({ prefix = '', after }: Range): KeyRange {
  const upper = prefixEnd(prefix)
  if (after !== undefined && compareUtf8(after, prefix) >= 0) return { lower: after, exclusive: true, upper }
  return { lower: prefix, exclusive: false, upper }
}

/** The first text, in UTF-8 order, that is behind all those which begin with `prefix`. */
export function prefixEnd(prefix: string): string | Uint8Array {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0)
  while (points.at(-1) === 0x10ffff) points.pop()
  const last = points.pop()
  if (last === undefined) return afterAllText
  // The code points from D800 to DFFF are no characters: UTF-8 has no bytes for them.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1)
}

function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
