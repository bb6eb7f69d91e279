/**
 * The tokens of Velocity 1.7's grammar. Their order is the grammar's: of two that match the same text, the earlier one counts.
 * Those named `…-more` begin a token that the next match continues.
 */
export const tokenKinds = [
  'end-of-file',
  'index-open',
  'index-close',
  'list-open',
  'list-close',
  'comma',
  'double-dot',
  'colon',
  'map-open',
  'map-close',
  'left-paren',
  'right-paren',
  'call-close',
  'escaped-directive',
  'set',
  'dollar-more',
  'dollar-bang-more',
  'text-block-more',
  'formal-comment-more',
  'comment-more',
  'hash-more',
  'line-comment-start',
  'double-escape',
  'escape',
  'text',
  'line-comment-end',
  'formal-comment-end',
  'comment-end',
  'text-block',
  'comment-skip',
  'text-block-rest-more',
  'whitespace',
  'string',
  'true',
  'false',
  'newline',
  'minus',
  'plus',
  'multiply',
  'divide',
  'modulus',
  'and',
  'or',
  'less',
  'less-or-equal',
  'greater',
  'greater-or-equal',
  'equal',
  'not-equal',
  'not',
  'assign',
  'end',
  'if',
  'elseif',
  'else',
  'integer',
  'float',
  'word',
  'bracketed-word',
  'identifier',
  'dot',
  'left-curly',
  'right-curly',
  'reference-terminator',
  'directive-terminator',
  'empty-index',
] as const

export type TokenKind = (typeof tokenKinds)[number]

export interface Token {
  readonly kind: TokenKind
  /** Text of it; a reference drops its escapes, a `.` the letter that it was recognised by. */
  image: string
  /** What was read before it and belongs to nothing, such as the `$` of `$ 5`. */
  readonly skipped: readonly string[]
  /** Where it begins, in UTF-16 units. */
  readonly offset: number
  /** Undefined until it has been read: what a token is depends on what the parser made of those before. */
  next: Token | undefined
}

/** The text of a token with what was skipped before it, of which only `#`, `$` and the escapes before `$` are kept. */
export function tokenText(token: Token): string {
  if (token.kind === 'comment-end') return ''
  const last = token.skipped.at(-1)
  if (last === undefined || last.startsWith('##')) return token.image
  return token.skipped.map(keptText).join('') + token.image
}

/** Velocity steps over the character that follows an escaped `$`. */
function keptText(skipped: string): string {
  return [...skipped.matchAll(/(\\+\$).?|([#$])/gs)].map(([, escaped, sign]) => escaped ?? sign).join('')
}
