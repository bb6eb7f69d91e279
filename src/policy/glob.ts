/** One part of a pattern: text that stands for itself, `*` (any run of characters) or `?` (exactly one). */
export type GlobPiece = { readonly literal: string } | '*' | '?'

/** Whether a whole text matches. Case-sensitive. */
export type Glob = (text: string) => boolean

/**
 * Matches `text` against a policy pattern: `*` stands for any run of characters, `/` and `:` included, and `?` for exactly
 * one.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  return compileGlob(globPieces(pattern))(text)
}

/** The parts of a pattern in which no variable stands. */
export function globPieces(pattern: string): readonly GlobPiece[] {
  return pattern
    .split(/([*?])/)
    .filter((part) => part !== '')
    .map((part) => (part === '*' || part === '?' ? part : { literal: part }))
}

/**
 * Compiles a pattern. The text is read once, whatever the pattern: runs between stars are searched from left to right, and
 * never again from an earlier place.
 */
export function compileGlob(pieces: readonly GlobPiece[]): Glob {
  const [first = segment([]), ...rest] = segments(pieces)
  const last = rest.pop()
  if (!last) return (text) => text.length === first.length && first.isAt(text, 0)
  const fixed = first.length + last.length
  return (text) => {
    const end = text.length - last.length
    if (text.length < fixed || !first.isAt(text, 0) || !last.isAt(text, end)) return false
    let at = first.length
    for (const run of rest) {
      const found = run.find(text, at, end)
      if (found === -1) return false
      at = found + run.length
    }
    return true
  }
}

/** What stands between two stars. */
interface Segment {
  readonly length: number
  isAt(text: string, place: number): boolean
  /** The leftmost place from `from` on where it ends by `end`, or -1. */
  find(text: string, from: number, end: number): number
}

function segments(pieces: readonly GlobPiece[]): Segment[] {
  const runs: Exclude<GlobPiece, '*'>[][] = [[]]
  for (const piece of pieces) {
    if (piece === '*') runs.push([])
    else runs.at(-1)?.push(piece)
  }
  return runs.map(segment)
}

function segment(pieces: readonly Exclude<GlobPiece, '*'>[]): Segment {
  if (pieces.includes('?')) return wildSegment(pieces)
  const literal = pieces.map((piece) => (piece === '?' ? '' : piece.literal)).join('')
  return {
    length: literal.length,
    isAt: (text, place) => text.startsWith(literal, place),
    find(text, from, end) {
      const found = text.indexOf(literal, from)
      return found + literal.length <= end ? found : -1
    },
  }
}

/** A character code that every character matches. */
const any = -1

function wildSegment(pieces: readonly Exclude<GlobPiece, '*'>[]): Segment {
  const codes = pieces.flatMap((piece) => (piece === '?' ? [any] : codesOf(piece.literal)))
  const search = shiftAnd(codes)
  return {
    length: codes.length,
    isAt: (text, place) => codes.every((code, index) => code === any || code === text.charCodeAt(place + index)),
    find: search,
  }
}

function codesOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
}

/**
 * The shift-and search: one bit for each place of the pattern tells whether the text read last ends like the pattern up
 * to there. A step costs one operation for every 32 places.
 */
function shiftAnd(codes: readonly number[]): Segment['find'] {
  const words = Math.ceil(codes.length / 32)
  const masks = new Map<number, Uint32Array>()
  const others = maskOf(codes, any, words)
  for (const code of new Set(codes)) masks.set(code, maskOf(codes, code, words))
  const lastWord = words - 1
  const lastBit = 1 << ((codes.length - 1) % 32)

  return (text, from, end) => {
    const state = new Uint32Array(words)
    for (let place = from; place < end; place++) {
      const mask = masks.get(text.charCodeAt(place)) ?? others
      let carry = 1
      for (let word = 0; word < words; word++) {
        const bits = state[word] ?? 0
        state[word] = ((bits << 1) | carry) & (mask[word] ?? 0)
        carry = bits >>> 31
      }
      if ((state[lastWord] ?? 0) & lastBit) return place + 1 - codes.length
    }
    return -1
  }
}

/** The places of a pattern that a character may stand at. */
function maskOf(codes: readonly number[], code: number, words: number): Uint32Array {
  const mask = new Uint32Array(words)
  for (const [place, expected] of codes.entries()) {
    const word = place >>> 5
    if (expected === code || expected === any) mask[word] = (mask[word] ?? 0) | (1 << (place % 32))
  }
  return mask
}
