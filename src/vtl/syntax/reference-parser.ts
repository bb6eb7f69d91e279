import type { Access, Expression, IndexAccess, Reference } from './ast.ts'
import type { Token, TokenKind } from './token.ts'
import type { TokenStream } from './token-stream.ts'

/** Parses the values within a reference, which the expression parser knows. */
export interface ValueParser {
  /** An argument of a method. */
  parameter(): Expression
  /** What may stand in brackets. */
  indexParameter(): Expression
}

const afterLeftParen: readonly TokenKind[] = [
  'whitespace',
  'string',
  'integer',
  'list-open',
  'map-open',
  'true',
  'false',
  'identifier',
  'left-curly',
  'float',
  'call-close',
]

/** Whether what follows is a reference, and not a stray brace. */
export function referenceFollows(tokens: TokenStream): boolean {
  if (tokens.sees('identifier')) {
    // The grammar looks at the next token too; it decides nothing, but is read in the state that the name left.
    tokens.peek(2)
    return true
  }
  return tokens.sees('left-curly') && tokens.peek(2).kind === 'identifier'
}

export function parseReference(tokens: TokenStream, values: ValueParser): Reference {
  const first = tokens.peek()
  const braced = tokens.skip('left-curly')
  const nameToken = tokens.take('identifier')
  const path = parsePath(tokens, values)
  if (braced) tokens.take('right-curly')
  return { ...describe(tokens, first, nameToken), path, ...tokens.position(first) }
}

function parsePath(tokens: TokenStream, values: ValueParser): Access[] {
  const path: Access[] = parseIndexes(tokens, values)
  while (tokens.sees('dot') && tokens.peek(2).kind === 'identifier') {
    tokens.take('dot')
    const name = tokens.peek()
    const position = tokens.position(name)
    if (tokens.peek(2).kind === 'left-paren' && afterLeftParen.includes(tokens.peek(3).kind)) {
      path.push({ type: 'method', name: name.image, arguments: parseArguments(tokens, values), ...position })
    } else {
      tokens.take('identifier')
      path.push({ type: 'property', name: name.image, ...position })
    }
    path.push(...parseIndexes(tokens, values))
  }
  return path
}

function parseArguments(tokens: TokenStream, values: ValueParser): Expression[] {
  tokens.take('identifier')
  tokens.take('left-paren')
  const parsed: Expression[] = []
  if (!tokens.skip('call-close')) {
    do parsed.push(tokens.nested(() => values.parameter()))
    while (tokens.skip('comma'))
    tokens.take('call-close')
  }
  return parsed
}

function parseIndexes(tokens: TokenStream, values: ValueParser): IndexAccess[] {
  const indexes: IndexAccess[] = []
  while (tokens.sees('index-open')) {
    const position = tokens.position(tokens.take('index-open'))
    indexes.push({ type: 'index', index: tokens.nested(() => values.indexParameter()), ...position })
    tokens.take('index-close')
  }
  return indexes
}

type Described = Omit<Reference, 'path' | 'line' | 'column'>

/** Tells apart what the first token holds: backslashes, text before the `$`, and the kind of reference. */
function describe(tokens: TokenStream, first: Token, nameToken: Token): Described {
  if (first.image.includes('\\!')) return describeText(tokens, first, nameToken)
  const backslashes = /^\\*/.exec(first.image)?.[0].length ?? 0
  const image = first.image.slice(backslashes)
  const dollar = Math.max(image.lastIndexOf('$'), 0)
  first.image = image.slice(dollar)
  const escaped = backslashes % 2 === 1
  const quiet = first.image.startsWith('$!')
  const name = first === nameToken ? first.image.replace(/^\$!?/, '') : nameToken.image
  const literal = tokens.literal(first)
  return {
    type: 'reference',
    name,
    prefix: image.slice(0, dollar),
    escapes: '\\'.repeat(Math.floor(backslashes / 2)),
    escaped,
    fallback: quiet && !escaped ? '' : literal,
    // An identifier without a dollar, which the lexer sees where a reference seemed to go on, is text.
    verbatim: first.image.startsWith('$') ? undefined : first.image,
    literal,
  }
}

/** `$\!name` is text that loses one backslash. What follows the name is lost too. */
function describeText(tokens: TokenStream, first: Token, nameToken: Token): Described {
  const name = first === nameToken ? first.image : nameToken.image
  const text = first.image.replace(/(\$[^\\]*)\\/, '$1')
  const common = { prefix: '', escapes: '', escaped: false, fallback: text, literal: tokens.literal(first) }
  return { type: 'reference', name, ...common, verbatim: text }
}
