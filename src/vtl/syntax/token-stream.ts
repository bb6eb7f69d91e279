import { type Position, TemplateSyntaxError } from '../error.ts'
import { Lexer } from './lexer.ts'
import type { Source } from './source.ts'
import { type Token, type TokenKind, tokenText } from './token.ts'

/** Blocks, lists and parentheses within one another: more is refused, so that no template exhausts the stack. */
const maxNesting = 100

/** The tokens of a template, read no sooner than they are asked for. */
export class TokenStream {
  readonly lexer: Lexer
  readonly #source: Source
  #nesting = 0
  /** The token taken last. */
  current: Token = { kind: 'end-of-file', image: '', skipped: [], offset: 0, next: undefined }

  constructor(source: Source) {
    this.#source = source
    this.lexer = new Lexer(source)
  }

  /** The token `distance` after the current one. */
  peek(distance = 1): Token {
    let token = this.current
    for (let step = 0; step < distance; step += 1) {
      token.next ??= this.lexer.next()
      token = token.next
    }
    return token
  }

  /** Whether the next token is one of these. */
  sees(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.peek().kind)
  }

  take(kind: TokenKind): Token {
    const token = this.peek()
    if (token.kind !== kind) throw this.unexpected(token)
    this.current = token
    return token
  }

  /** Takes the next token if it is of this kind. */
  skip(kind: TokenKind): boolean {
    if (this.peek().kind !== kind) return false
    this.take(kind)
    return true
  }

  /** Parses what is nested one deeper. */
  nested<T>(parse: () => T): T {
    this.#nesting += 1
    if (this.#nesting > maxNesting) throw this.error(`Nested deeper than ${maxNesting}`, this.current)
    const result = parse()
    this.#nesting -= 1
    return result
  }

  /** The source from a token to the current one. */
  literal(first: Token): string {
    let text = tokenText(first)
    for (let token = first; token !== this.current && token.next; token = token.next) text += tokenText(token.next)
    return text
  }

  position(token: Token): Position {
    return this.#source.position(token.offset)
  }

  error(message: string, token: Token): TemplateSyntaxError {
    return new TemplateSyntaxError(message, this.position(token))
  }

  unexpected(token: Token): TemplateSyntaxError {
    const found = token.kind === 'end-of-file' ? 'the end' : JSON.stringify(token.image)
    return this.error(`Unexpected ${found}`, token)
  }
}
