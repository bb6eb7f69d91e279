import { Double } from '../../json/value.ts'
import type { Expression, Interpolated, Literal, Operator, Reference } from './ast.ts'
import { parseReference, referenceFollows, type ValueParser } from './reference-parser.ts'
import type { Token, TokenKind } from './token.ts'
import type { TokenStream } from './token-stream.ts'

/** Parses the content of a string literal, which is a template of its own. */
export type ParseInterpolated = (content: string, token: Token) => Pick<Interpolated, 'block' | 'dropLast'>

const precedence: readonly (readonly TokenKind[])[] = [
  ['or'],
  ['and'],
  ['equal', 'not-equal'],
  ['less', 'greater', 'less-or-equal', 'greater-or-equal'],
  ['plus', 'minus'],
  ['multiply', 'divide', 'modulus'],
]

/** Operators of one precedence in a row: each is a call within the next one's. */
const maxOperators = 200

const operators: ReadonlySet<TokenKind> = new Set(precedence.flat())

export class ExpressionParser implements ValueParser {
  readonly #tokens: TokenStream
  readonly #parseInterpolated: ParseInterpolated

  constructor(tokens: TokenStream, parseInterpolated: ParseInterpolated) {
    this.#tokens = tokens
    this.#parseInterpolated = parseInterpolated
  }

  expression(): Expression {
    return this.#tokens.nested(() => this.#binary(0))
  }

  reference(): Reference {
    return parseReference(this.#tokens, this)
  }

  parameter(): Expression {
    this.#tokens.skip('whitespace')
    const value = this.#value()
    this.#tokens.skip('whitespace')
    return value
  }

  indexParameter(): Expression {
    this.#tokens.skip('whitespace')
    if (this.#tokens.sees('float')) throw this.#tokens.unexpected(this.#tokens.peek())
    return this.parameter()
  }

  /** An argument of a directive. Blanks around it are the directive's. */
  value(): Expression {
    return this.#value()
  }

  #binary(level: number): Expression {
    const kinds = precedence[level]
    if (!kinds) return this.#unary()
    const first = this.#tokens.peek()
    let left = this.#binary(level + 1)
    for (let count = 0; this.#tokens.sees(...kinds); count += 1) {
      const operator = this.#tokens.take(this.#tokens.peek().kind)
      if (count === maxOperators) throw this.#tokens.error(`More than ${maxOperators} operators in a row`, operator)
      const right = this.#tokens.nested(() => this.#binary(level + 1))
      const position = this.#tokens.position(operator)
      left = {
        type: 'binary',
        operator: asOperator(operator),
        left,
        right,
        literal: this.#tokens.literal(first),
        ...position,
      }
    }
    return left
  }

  #unary(): Expression {
    const first = this.#tokens.peek()
    const blank = first.kind === 'whitespace'
    if (this.#tokens.peek(blank ? 2 : 1).kind !== 'not') return this.#primary()
    if (blank) this.#tokens.take('whitespace')
    this.#tokens.take('not')
    const operand = this.#tokens.nested(() => this.#unary())
    return { type: 'not', operand, literal: this.#tokens.literal(first) }
  }

  #primary(): Expression {
    this.#tokens.skip('whitespace')
    const value = this.#tokens.sees('left-paren') ? this.#group() : this.#value()
    this.#tokens.skip('whitespace')
    return value
  }

  #group(): Expression {
    const first = this.#tokens.take('left-paren')
    const expression = this.expression()
    this.#tokens.take('right-paren')
    return { type: 'group', expression, literal: this.#tokens.literal(first) }
  }

  #value(): Expression {
    if (referenceFollows(this.#tokens)) return this.reference()
    const token = this.#tokens.peek()
    switch (token.kind) {
      case 'string':
        return this.#string(this.#tokens.take('string'))
      case 'integer':
      case 'float':
      case 'true':
      case 'false':
        return this.#constant(this.#tokens.take(token.kind))
      case 'list-open':
        return this.#tokens.nested(() => this.#listOrRange())
      case 'map-open':
        return this.#tokens.nested(() => this.#map())
      default:
        throw this.#tokens.unexpected(token)
    }
  }

  #constant(token: Token): Literal {
    const { image: literal } = token
    // The lexer joins a number to a `#` before it.
    if (literal.startsWith('#')) throw this.#tokens.unexpected(token)
    if (token.kind === 'integer') {
      const value = Number(literal)
      return { type: 'literal', value: Number.isSafeInteger(value) ? value + 0 : this.#bigInteger(token), literal }
    }
    if (token.kind === 'float') return { type: 'literal', value: new Double(Number(literal)), literal }
    return { type: 'literal', value: token.kind === 'true', literal }
  }

  #bigInteger(token: Token): bigint {
    if (token.image.length > 1_000) throw this.#tokens.error('A number longer than 1000', token)
    return BigInt(token.image)
  }

  #string(token: Token): Expression {
    const quote = token.image.charAt(0)
    const literal = token.image
    const content = token.image.slice(1, -1)
    if (quote === "'") return { type: 'literal', value: content.replaceAll("''", "'"), literal }
    const text = this.#unescape(content, token).replaceAll('""', '"')
    if (!/[$#]/.test(literal)) return { type: 'literal', value: text, literal }
    return { type: 'interpolated', ...this.#tokens.nested(() => this.#parseInterpolated(text, token)), literal }
  }

  /** `\u0041` is the only escape in strings. */
  #unescape(content: string, token: Token): string {
    return content.replaceAll(/\\u(.{0,4})/gs, (_, digits: string) => {
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#tokens.error('\\u without four hexadecimal digits', token)
      return String.fromCharCode(Number.parseInt(digits, 16))
    })
  }

  #listOrRange(): Expression {
    const first = this.#tokens.take('list-open')
    if (this.#tokens.skip('list-close')) return { type: 'list', items: [], literal: this.#tokens.literal(first) }
    const items = [this.parameter()]
    if (this.#tokens.sees('double-dot')) return this.#range(first, items)
    while (this.#tokens.skip('comma')) items.push(this.parameter())
    this.#tokens.take('list-close')
    return { type: 'list', items, literal: this.#tokens.literal(first) }
  }

  #range(first: Token, [from]: Expression[]): Expression {
    const dots = this.#tokens.take('double-dot')
    const to = this.parameter()
    this.#tokens.take('list-close')
    if (!from || !isBound(from) || !isBound(to)) throw this.#tokens.unexpected(dots)
    return { type: 'range', from, to, literal: this.#tokens.literal(first), ...this.#tokens.position(first) }
  }

  #map(): Expression {
    const first = this.#tokens.take('map-open')
    const entries: [Expression, Expression][] = []
    if (this.#isEmptyMap()) this.#tokens.skip('whitespace')
    else {
      do {
        const key = this.parameter()
        this.#tokens.take('colon')
        entries.push([key, this.parameter()])
      } while (this.#tokens.skip('comma'))
    }
    if (!this.#tokens.skip('right-curly')) this.#tokens.take('map-close')
    return { type: 'map', entries, literal: this.#tokens.literal(first), ...this.#tokens.position(first) }
  }

  #isEmptyMap(): boolean {
    const next = this.#tokens.peek(this.#tokens.sees('whitespace') ? 2 : 1)
    return next.kind === 'map-close' || next.kind === 'right-curly'
  }
}

function isBound(expression: Expression): boolean {
  return expression.type === 'reference' || (expression.type === 'literal' && /^-?[0-9]+$/.test(expression.literal))
}

function asOperator({ kind }: Token): Operator {
  if (!isOperator(kind)) throw new TypeError(`${kind} is no operator`)
  return kind
}

function isOperator(kind: TokenKind): kind is Operator {
  return operators.has(kind)
}
