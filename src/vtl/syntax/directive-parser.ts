import type { Expression, MacroCall, Statement } from './ast.ts'
import type { StatementParser } from './statement-parser.ts'
import type { Token, TokenKind } from './token.ts'

/** A directive's argument: `undefined` for a plain word, as the `in` of `#foreach`. */
type Argument = { readonly token: Token; readonly value: Expression | undefined }

interface Call {
  readonly name: string
  readonly token: Token
  /** Undefined when there are no parentheses. */
  readonly arguments: readonly Argument[] | undefined
}

type ParseCall = (parser: StatementParser, call: Call) => Statement

/** What a macro prints the block of its call with: `$bodyContent`. */
export const bodyParameter = 'bodyContent'

const argumentStart: readonly TokenKind[] = [
  'identifier',
  'left-curly',
  'word',
  'string',
  'integer',
  'list-open',
  'float',
  'map-open',
  'true',
  'false',
]

const directives: ReadonlyMap<string, ParseCall> = new Map<string, ParseCall>([
  ['foreach', parseForeach],
  ['macro', parseMacro],
  ['define', parseDefine],
  ['literal', parseLiteral],
  ['evaluate', parseEvaluate],
  ['break', parseBreak],
  ['stop', parseStop],
  ['include', refuse],
  ['parse', refuse],
])

/** Whether `#name` is Velocity's own, besides `#set` and `#if`. */
export function isDirective(name: string): boolean {
  return directives.has(name)
}

/** Parses what follows the `#name` that has just been taken. */
export function parseDirective(parser: StatementParser, token: Token): Statement {
  const { tokens } = parser
  const name = token.kind === 'word' ? token.image.slice(1) : token.image.slice(2, -1)
  tokens.lexer.enterDirective()
  if (tokens.lexer.leftParenFollows()) {
    const call = { name, token, arguments: parseArguments(parser, name) }
    return (directives.get(name) ?? parseMacroCall)(parser, call)
  }
  if (name === 'macro') throw tokens.error('#macro needs a name', token)
  tokens.lexer.pop()
  if (name.startsWith('@')) return { type: 'text', text: `#${name}` }
  return (directives.get(name) ?? parseMacroCall)(parser, { name, token, arguments: undefined })
}

function parseArguments(parser: StatementParser, name: string): readonly Argument[] {
  const { tokens } = parser
  tokens.skip('whitespace')
  tokens.take('left-paren')
  const parsed: Argument[] = []
  while (argumentFollows(parser)) {
    tokens.skip('whitespace')
    if (tokens.skip('comma')) tokens.skip('whitespace')
    const token = tokens.peek()
    const value = tokens.skip('word') ? undefined : parser.expressions.value()
    if (!value && isDirective(name) && !takesWord(name, parsed.length)) {
      throw tokens.error(`#${name} takes no ${token.image}`, token)
    }
    parsed.push({ token, value })
  }
  tokens.skip('whitespace')
  tokens.take('right-paren')
  return parsed
}

function argumentFollows({ tokens }: StatementParser): boolean {
  const kind = tokens.peek().kind
  if (argumentStart.includes(kind)) return true
  if (kind === 'comma') return tokens.peek(2).kind === 'whitespace' || argumentStart.includes(tokens.peek(2).kind)
  return kind === 'whitespace' && (tokens.peek(2).kind === 'comma' || argumentStart.includes(tokens.peek(2).kind))
}

function takesWord(name: string, index: number): boolean {
  return (name === 'foreach' && index === 1) || (name === 'macro' && index === 0)
}

function parseForeach(parser: StatementParser, call: Call): Statement {
  const [variable, , items, ...more] = call.arguments ?? []
  if (variable?.value?.type !== 'reference' || !items?.value || more.length > 0) {
    throw parser.tokens.error('#foreach needs ($item in $items)', call.token)
  }
  const block = parser.block()
  parser.tokens.take('end')
  const position = parser.tokens.position(call.token)
  return { type: 'foreach', variable: variable.value.name, items: items.value, block, ...position }
}

function parseMacro(parser: StatementParser, call: Call): Statement {
  const [name, ...parameters] = call.arguments ?? []
  if (!name || name.value) throw parser.tokens.error('#macro needs a name', call.token)
  const block = parser.block()
  parser.tokens.take('end')
  const names = parameters.map(({ token, value }) => (value?.type === 'reference' ? value.name : token.image))
  parser.declarations.macros.add(name.token.image)
  for (const parameter of names) parser.declarations.parameters.add(parameter)
  return {
    type: 'macro',
    name: name.token.image,
    parameters: names,
    block,
    ...parser.tokens.position(call.token),
  }
}

function parseDefine(parser: StatementParser, call: Call): Statement {
  const [name, ...more] = call.arguments ?? []
  if (name?.value?.type !== 'reference' || more.length > 0)
    throw parser.tokens.error('#define needs ($name)', call.token)
  const block = parser.block()
  parser.tokens.take('end')
  return { type: 'define', name: name.value.name, block }
}

/** Prints its block's source. */
function parseLiteral(parser: StatementParser, _call: Call): Statement {
  const first = parser.tokens.peek()
  const text = parser.block().length > 0 ? parser.tokens.literal(first) : ''
  parser.tokens.take('end')
  return { type: 'text', text }
}

function parseEvaluate(parser: StatementParser, call: Call): Statement {
  const [source, ...more] = call.arguments ?? []
  const type = source?.value?.type
  const isText = source?.token.kind === 'string'
  if (!source?.value || more.length > 0 || !(type === 'reference' || isText)) {
    throw parser.tokens.error('#evaluate needs one string or reference', call.token)
  }
  return { type: 'evaluate', source: source.value, ...parser.tokens.position(call.token) }
}

function parseBreak(parser: StatementParser, call: Call): Statement {
  const [scope, ...more] = call.arguments ?? []
  if (more.length > 0) throw parser.tokens.error('#break takes one scope', call.token)
  return { type: 'break', scope: scope?.value, ...parser.tokens.position(call.token) }
}

function parseStop(parser: StatementParser, call: Call): Statement {
  if ((call.arguments?.length ?? 0) > 1) throw parser.tokens.error('#stop takes one message', call.token)
  return { type: 'stop' }
}

function refuse(parser: StatementParser, { name, token }: Call): Statement {
  throw parser.tokens.error(`#${name} reaches files, which templates cannot`, token)
}

/** A macro may be defined later, so every unknown name may be a call. What is none when it is rendered prints its source. */
function parseMacroCall(parser: StatementParser, call: Call): MacroCall {
  const { tokens } = parser
  const parsed = call.arguments ?? []
  const isBlock = call.name.startsWith('@')
  const body = isBlock ? parser.block() : undefined
  if (isBlock) tokens.take('end')
  if (isBlock) parser.declarations.parameters.add(bodyParameter)
  return {
    type: 'call',
    name: isBlock ? call.name.slice(1) : call.name,
    arguments: parsed.flatMap(({ value }) => value ?? []),
    hasWord: parsed.some(({ value }) => value === undefined),
    body,
    literal: imageText(call.token, tokens.current),
    ...tokens.position(call.token),
  }
}

/** The source from one token to another, without what was skipped. */
function imageText(first: Token, last: Token): string {
  let text = first.image
  for (let token = first; token !== last && token.next; token = token.next) text += token.next.image
  return text
}
