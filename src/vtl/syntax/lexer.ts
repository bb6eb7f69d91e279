import { TemplateSyntaxError } from '../error.ts'
import { beyondAscii, type LexicalState, type Rule, rules } from './rules.ts'
import type { Source } from './source.ts'
import type { Token, TokenKind } from './token.ts'

interface Suspended {
  readonly state: LexicalState
  readonly open: number
  readonly closed: number
}

const leftParen = /[ \n\r\t]*\(/y

/**
 * Reads tokens as Velocity's own lexer does. Which tokens it knows depends on a stack of states, which tokens push and pop, and
 * which the parser changes too; so a token must not be read before the parser has dealt with those before it.
 */
export class Lexer {
  readonly #source: Source
  readonly #text: string
  #at = 0
  #state: LexicalState = 'default'
  #suspended: Suspended[] = []
  /** Parentheses opened and closed in this state. */
  #open = 0
  #closed = 0
  /** In a `#set` whose end has not been seen. */
  inSet = false

  constructor(source: Source) {
    this.#source = source
    this.#text = source.text
  }

  next(): Token {
    const skipped: string[] = []
    let start = this.#at
    while (this.#at < this.#text.length) {
      const from = this.#at
      const { kind } = this.#match()
      if (kind.endsWith('-more')) {
        this.#afterMore(kind)
        if (this.#at === this.#text.length) throw this.#unexpected()
      } else if (kind === 'comment-skip') {
        start = this.#at
      } else if (kind === 'reference-terminator' || kind === 'directive-terminator') {
        skipped.push(this.#text.slice(start, this.#at))
        this.#at = from
        start = from
        this.pop()
      } else {
        const token = { kind, image: this.#text.slice(start, this.#at), skipped, offset: start, next: undefined }
        this.#afterToken(token)
        return token
      }
    }
    return { kind: 'end-of-file', image: '', skipped, offset: start, next: undefined }
  }

  /** Whether `(` follows, after blanks or at once. */
  leftParenFollows(): boolean {
    leftParen.lastIndex = this.#at
    return leftParen.test(this.#text)
  }

  /** Continues in the parentheses of a directive. */
  enterDirective(): void {
    this.#state = 'directive'
  }

  /** Ends the state. */
  pop(): void {
    const suspended = this.#suspended.pop()
    this.#state = suspended?.state ?? 'default'
    this.#open = suspended?.open ?? 0
    if (suspended) this.#closed = suspended.closed
  }

  #push(state: LexicalState): void {
    this.#suspended.push({ state: this.#state, open: this.#open, closed: this.#closed })
    this.#open = 0
    this.#state = state
  }

  /** Steps over the longest match. */
  #match(): Rule {
    let best: Rule | undefined
    let end = this.#at
    const code = Math.min(this.#text.charCodeAt(this.#at), beyondAscii)
    for (const rule of rules[this.#state][code] ?? []) {
      rule.pattern.lastIndex = this.#at
      if (!rule.pattern.test(this.#text) || rule.pattern.lastIndex <= end) continue
      best = rule
      end = rule.pattern.lastIndex
    }
    if (!best) throw this.#unexpected()
    this.#at = end
    return best
  }

  #afterMore(kind: TokenKind): void {
    if (this.#state === 'text-block' || this.#state.endsWith('comment')) return
    if (kind === 'dollar-more' || kind === 'dollar-bang-more') {
      if (this.#state === 'reference') this.pop()
      this.#push('reference')
    } else if (kind === 'hash-more') {
      if (this.#state === 'reference' || this.#state === 'modifier') this.pop()
      this.#push('pre-directive')
    } else if (kind === 'text-block-more') this.#push('text-block')
    else if (kind === 'formal-comment-more') this.#push('formal-comment')
    else if (kind === 'comment-more') this.#push('comment')
  }

  #afterToken(token: Token): void {
    switch (token.kind) {
      case 'index-open':
        this.#push('index')
        break
      case 'left-paren':
        this.#open += 1
        if (this.#state === 'modifier') this.#state = 'arguments'
        break
      case 'right-paren':
        this.#closeParen()
        break
      case 'call-close':
        this.#state = 'reference'
        break
      case 'set':
        this.#push('directive')
        this.inSet = true
        this.#open += 1
        break
      case 'line-comment-start':
        if (this.#state === 'reference') this.pop()
        this.#push('line-comment')
        break
      case 'newline':
        this.inSet = false
        this.pop()
        break
      case 'if':
      case 'elseif':
        this.#state = 'directive'
        break
      case 'string':
        if (this.#state === 'directive' && this.#isOutside()) this.pop()
        break
      case 'integer':
        this.#giveBackDots(token)
        if (this.#isOutside() && this.#state !== 'arguments' && this.#state !== 'index') this.pop()
        break
      case 'float':
        if (this.#isOutside() && this.#state !== 'arguments') this.pop()
        break
      case 'dot':
        this.#at -= 1
        token.image = '.'
        this.#state = 'modifier'
        break
      case 'index-close':
      case 'right-curly':
      case 'line-comment-end':
      case 'formal-comment-end':
      case 'comment-end':
      case 'text-block':
      case 'end':
      case 'else':
        this.pop()
        break
    }
  }

  #isOutside(): boolean {
    return this.#open === 0 && !this.inSet
  }

  /** `1..3` is no number that ends in a point. */
  #giveBackDots(token: Token): void {
    if (!token.image.endsWith('..')) return
    this.#at -= 2
    token.image = token.image.slice(0, -2)
  }

  /** Ends the state that the parenthesis closes: the innermost that opened one. */
  #closeParen(): void {
    while (this.#open === 0 && this.#suspended.length > 0) this.pop()
    if (this.#open === 0) this.pop()
    else if (this.#open === this.#closed + 1) this.pop()
    else this.#closed += 1
  }

  #unexpected(): TemplateSyntaxError {
    const found = this.#at < this.#text.length ? JSON.stringify(this.#text.charAt(this.#at)) : 'the end'
    return new TemplateSyntaxError(`Unexpected ${found}`, this.#source.position(this.#at))
  }
}
