import type { Block, IfStatement, Interpolated, SetStatement, Statement } from './ast.ts'
import type { Declarations } from './declarations.ts'
import { isDirective, parseDirective } from './directive-parser.ts'
import { ExpressionParser } from './expression-parser.ts'
import { referenceFollows } from './reference-parser.ts'
import { Source } from './source.ts'
import { type Token, type TokenKind, tokenText } from './token.ts'
import { TokenStream } from './token-stream.ts'

const controlWords: ReadonlySet<string> = new Set(['if', 'end', 'set', 'else', 'elseif'])
const controlTokens: ReadonlySet<TokenKind> = new Set(['end', 'if', 'elseif', 'else'])

export class StatementParser {
  readonly tokens: TokenStream
  readonly expressions: ExpressionParser
  readonly declarations: Declarations

  constructor(source: Source, declarations: Declarations) {
    this.tokens = new TokenStream(source)
    this.declarations = declarations
    this.expressions = new ExpressionParser(this.tokens, (content, token) => this.#interpolated(content, token))
  }

  /** The whole template. */
  template(): Block {
    const block = this.block()
    this.tokens.take('end-of-file')
    return block
  }

  /** Statements up to what cannot begin one. */
  block(): Block {
    return this.tokens.nested(() => {
      const statements: Statement[] = []
      for (let statement = this.#statement(); statement; statement = this.#statement()) {
        const last = statements.at(-1)
        if (statement.type !== 'text') statements.push(statement)
        else if (last?.type === 'text') statements.splice(-1, 1, { type: 'text', text: last.text + statement.text })
        else if (statement.text !== '') statements.push(statement)
      }
      return statements
    })
  }

  #statement(): Statement | undefined {
    if (this.tokens.sees('if')) return this.#if()
    if (referenceFollows(this.tokens)) return this.expressions.reference()
    const token = this.tokens.peek()
    switch (token.kind) {
      case 'line-comment-start':
        return this.#lineComment()
      case 'comment-end':
      case 'formal-comment-end':
        this.tokens.take(token.kind)
        return { type: 'text', text: textBeforeComment(token) }
      case 'text-block':
        this.tokens.take('text-block')
        return { type: 'text', text: token.image.slice('#[['.length, -']]#'.length) }
      case 'set':
        return this.#set()
      case 'escaped-directive':
        this.tokens.take('escaped-directive')
        token.image = this.#escapedDirective(token.image)
        return { type: 'text', text: token.image }
      case 'double-escape':
        return this.#escapes()
      case 'word':
      case 'bracketed-word':
        return parseDirective(this, this.tokens.take(token.kind))
      case 'left-paren':
      case 'right-paren':
      case 'escape':
      case 'text':
      case 'string':
      case 'integer':
      case 'float':
      case 'dot':
      case 'left-curly':
      case 'right-curly':
      case 'empty-index':
        this.tokens.take(token.kind)
        return { type: 'text', text: tokenText(token) }
      default:
        return undefined
    }
  }

  #lineComment(): Statement {
    const token = this.tokens.take('line-comment-start')
    this.tokens.skip('line-comment-end')
    return { type: 'text', text: textBeforeComment(token) }
  }

  #set(): SetStatement {
    const first = this.tokens.take('set')
    this.tokens.skip('whitespace')
    const target = this.expressions.reference()
    this.tokens.skip('whitespace')
    this.tokens.take('assign')
    const value = this.expressions.expression()
    this.tokens.take('right-paren')
    this.tokens.lexer.inSet = false
    this.tokens.skip('newline')
    return { type: 'set', target, value, ...this.tokens.position(first) }
  }

  #if(): IfStatement {
    const branches = [this.#branch('if')]
    while (this.tokens.sees('elseif')) branches.push(this.#branch('elseif'))
    const otherwise = this.tokens.skip('else') ? this.block() : []
    this.tokens.take('end')
    return { type: 'if', branches, otherwise }
  }

  #branch(kind: 'if' | 'elseif'): IfStatement['branches'][number] {
    this.tokens.take(kind)
    this.tokens.skip('whitespace')
    this.tokens.take('left-paren')
    const condition = this.expressions.expression()
    this.tokens.take('right-paren')
    return { condition, block: this.block() }
  }

  /** `\#name` loses half its backslashes if the name means something. */
  #escapedDirective(image: string): string {
    const last = image.lastIndexOf('\\')
    const directive = image.slice(last + 1)
    const name = directive.slice(1).replace(/^\{(.*)\}$/, '$1')
    const known = this.#isKnown(name) || controlWords.has(name)
    return known ? image.slice(0, Math.floor(last / 2)) + directive : image
  }

  /** Pairs of backslashes: half of them remain before a directive. */
  #escapes(): Statement {
    let count = 0
    while (this.tokens.skip('double-escape')) count += 1
    const next = this.tokens.peek()
    const control = controlTokens.has(next.kind) || this.#isKnown(next.image.slice(1))
    return { type: 'text', text: (control ? '\\' : '\\\\').repeat(count) }
  }

  #isKnown(name: string): boolean {
    return isDirective(name) || this.declarations.macros.has(name)
  }

  /** A blank is put after the content, as Velocity does, because a lone `$` or `#` needs something after it. */
  #interpolated(content: string, token: Token): Pick<Interpolated, 'block' | 'dropLast'> {
    const { line, column } = this.tokens.position(token)
    const hasLineComment = content.includes('##')
    const source = new Source(hasLineComment ? content : `${content} `, { line, column: column + 1 })
    const block = new StatementParser(source, this.declarations).template()
    const last = block.at(-1)
    if (hasLineComment || last?.type !== 'text' || !last.text.endsWith(' ')) return { block, dropLast: !hasLineComment }
    const text = last.text.slice(0, -1)
    return {
      block: [...block.slice(0, -1), ...(text === '' ? [] : [{ type: 'text', text } as const])],
      dropLast: false,
    }
  }
}

/** What the lexer took for the beginning of a comment's token. */
function textBeforeComment({ image }: Token): string {
  const start = image.includes('##') ? image.indexOf('##') : image.indexOf('#*')
  return start < 0 ? '' : image.slice(0, start)
}
