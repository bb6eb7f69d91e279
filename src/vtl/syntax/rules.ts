import { type TokenKind, tokenKinds } from './token.ts'

/** What the lexer is in; which tokens it knows depends on it. */
export type LexicalState =
  /** Text. */
  | 'default'
  /** After `$`. */
  | 'reference'
  /** After the `.` of a reference. */
  | 'modifier'
  /** In the parentheses of a method call. */
  | 'arguments'
  /** In the brackets of a reference. */
  | 'index'
  /** After `#`. */
  | 'pre-directive'
  /** In the parentheses of a directive. */
  | 'directive'
  | 'text-block'
  | 'comment'
  | 'formal-comment'
  | 'line-comment'

export interface Rule {
  readonly kind: TokenKind
  /** Sticky. */
  readonly pattern: RegExp
}

const blank = String.raw`[ \t]*`
const newline = String.raw`(?:\r\n|\n|\r)`
const blankLine = `(?:${blank}${newline})?`
const word = '[a-zA-Z_@][a-zA-Z0-9_@]*'
const bracketedWord = String.raw`\{[a-zA-Z_][a-zA-Z0-9_@]*\}`

const outsideComments: readonly LexicalState[] = [
  'default',
  'reference',
  'modifier',
  'arguments',
  'index',
  'pre-directive',
  'directive',
]
const inDirective: readonly LexicalState[] = ['directive', 'arguments']
const inExpression: readonly LexicalState[] = ['directive', 'arguments', 'index']

const inComment: readonly LexicalState[] = ['text-block', 'comment', 'formal-comment', 'line-comment']
const everywhere: readonly LexicalState[] = [...outsideComments, ...inComment]

/**
 * Each token with the states that know it. The `more` tokens are known in comments too, where they mean nothing, but that a
 * template must not end with one.
 */
const grammar: readonly (readonly [kind: TokenKind, states: readonly LexicalState[], pattern: string])[] = [
  ['index-open', ['reference', 'modifier'], String.raw`\[`],
  ['index-close', ['index'], String.raw`\]`],
  ['list-open', inDirective, String.raw`\[`],
  ['list-close', inDirective, String.raw`\]`],
  ['comma', inDirective, ','],
  ['double-dot', inDirective, String.raw`\.\.`],
  ['colon', inDirective, ':'],
  ['map-open', inDirective, String.raw`\{`],
  ['map-close', inDirective, String.raw`\}`],
  ['left-paren', ['directive', 'modifier'], String.raw`\(`],
  ['right-paren', ['directive'], String.raw`\)${blankLine}`],
  ['call-close', ['arguments'], String.raw`\)`],
  ['escaped-directive', ['default'], String.raw`(?:\\\\)*\\#(?:${word}|${bracketedWord})`],
  ['set', ['default', 'reference', 'modifier', 'arguments'], String.raw`${blank}#(?:set|\{set\}) *\(`],
  ['dollar-more', everywhere, String.raw`\\*\$`],
  ['dollar-bang-more', everywhere, String.raw`\\*\$\\*!`],
  ['text-block-more', everywhere, String.raw`#\[\[`],
  ['formal-comment-more', outsideComments, String.raw`#\*\*(?=[^#])`],
  ['formal-comment-more', inComment, String.raw`#\*\*[^#]`],
  ['comment-more', everywhere, String.raw`#\*`],
  ['hash-more', everywhere, '#'],
  ['line-comment-start', ['default', 'reference', 'pre-directive', 'directive'], '##'],
  ['double-escape', ['default'], String.raw`\\\\`],
  ['escape', ['default'], String.raw`\\`],
  ['text', ['default'], String.raw`[^$#\\]+`],
  ['line-comment-end', ['line-comment'], newline],
  ['formal-comment-end', ['formal-comment'], String.raw`\*#`],
  ['comment-end', ['comment'], String.raw`\*#`],
  ['text-block', ['text-block'], String.raw`\]\]#`],
  ['comment-skip', ['line-comment'], String.raw`[^\r\n#$\\]+|[^\r\n]`],
  ['comment-skip', ['formal-comment', 'comment'], String.raw`[^*#$\\]+|[^]`],
  ['text-block-rest-more', ['text-block'], String.raw`[^\]#$\\]+|[^]`],
  ['whitespace', inExpression, String.raw`[ \t\n\r]+`],
  ['string', inExpression, `"[^"]*(?:""[^"]*)*"|'[^']*(?:''[^']*)*'`],
  ['true', ['reference', 'modifier', ...inExpression], 'true'],
  ['false', ['reference', 'modifier', ...inExpression], 'false'],
  ['newline', ['directive'], newline],
  ['minus', ['directive'], '-'],
  ['plus', ['directive'], String.raw`\+`],
  ['multiply', ['directive'], String.raw`\*`],
  ['divide', ['directive'], '/'],
  ['modulus', ['directive'], '%'],
  ['and', ['directive'], '&&|and'],
  ['or', ['directive'], String.raw`\|\||or`],
  ['less', ['directive'], '<|lt'],
  ['less-or-equal', ['directive'], '<=|le'],
  ['greater', ['directive'], '>|gt'],
  ['greater-or-equal', ['directive'], '>=|ge'],
  ['equal', ['directive'], '==|eq'],
  ['not-equal', ['directive'], '!=|ne'],
  ['not', ['directive'], '!|not'],
  ['assign', ['directive'], '='],
  ['end', ['pre-directive'], String.raw`(?:end|\{end\})${blankLine}`],
  ['if', ['pre-directive'], String.raw`if|\{if\}`],
  ['elseif', ['pre-directive'], String.raw`elseif|\{elseif\}`],
  ['else', ['pre-directive'], String.raw`(?:else|\{else\})${blankLine}`],
  ['integer', ['pre-directive', ...inExpression], String.raw`-?[0-9]+(?:\.\.)?`],
  [
    'float',
    ['pre-directive', ...inExpression],
    String.raw`-?[0-9]+\.[0-9]*(?:[eE][+-]?[0-9]+)?|-?\.[0-9]+(?:[eE][+-]?[0-9]+)?|-?[0-9]+[eE][+-]?[0-9]+`,
  ],
  ['word', ['pre-directive', 'directive'], word],
  ['bracketed-word', ['pre-directive', 'directive'], bracketedWord],
  ['identifier', ['reference', 'modifier', 'arguments'], '[a-zA-Z_][a-zA-Z0-9_-]*'],
  ['dot', ['reference', 'modifier', 'arguments'], String.raw`\.[a-zA-Z]`],
  ['left-curly', ['reference', 'modifier'], String.raw`\{`],
  ['right-curly', ['reference', 'modifier'], String.raw`\}`],
  ['reference-terminator', ['reference', 'modifier'], '[^]'],
  ['directive-terminator', ['pre-directive'], '[^]'],
  ['empty-index', ['default', 'reference'], String.raw`\$(?:\\?!)?\[|\$\.`],
]

/** What tokens begin with, as a class of characters; those that are not here begin with anything. */
const beginnings: Readonly<Partial<Record<TokenKind, string>>> = {
  'index-open': '[[]',
  'index-close': '[\\]]',
  'list-open': '[[]',
  'list-close': '[\\]]',
  comma: '[,]',
  'double-dot': '[.]',
  colon: '[:]',
  'map-open': '[{]',
  'map-close': '[}]',
  'left-paren': '[(]',
  'right-paren': '[)]',
  'call-close': '[)]',
  'escaped-directive': '[\\\\]',
  set: '[ \\t#]',
  'dollar-more': '[\\\\$]',
  'dollar-bang-more': '[\\\\$]',
  'text-block-more': '[#]',
  'formal-comment-more': '[#]',
  'comment-more': '[#]',
  'hash-more': '[#]',
  'line-comment-start': '[#]',
  'double-escape': '[\\\\]',
  escape: '[\\\\]',
  'line-comment-end': '[\\r\\n]',
  'formal-comment-end': '[*]',
  'comment-end': '[*]',
  'text-block': '[\\]]',
  whitespace: '[ \\t\\n\\r]',
  string: '["\']',
  true: '[t]',
  false: '[f]',
  newline: '[\\r\\n]',
  minus: '[-]',
  plus: '[+]',
  multiply: '[*]',
  divide: '[/]',
  modulus: '[%]',
  and: '[&a]',
  or: '[|o]',
  less: '[<l]',
  'less-or-equal': '[<l]',
  greater: '[>g]',
  'greater-or-equal': '[>g]',
  equal: '[=e]',
  'not-equal': '[!n]',
  not: '[!n]',
  assign: '[=]',
  end: '[{e]',
  if: '[{i]',
  elseif: '[{e]',
  else: '[{e]',
  integer: '[-0-9]',
  float: '[-.0-9]',
  word: '[a-zA-Z_@]',
  'bracketed-word': '[{]',
  identifier: '[a-zA-Z_]',
  dot: '[.]',
  'left-curly': '[{]',
  'right-curly': '[}]',
  'empty-index': '[$]',
}

/** The rules that a character can begin, by its code; the last ones are for those beyond ASCII. */
export type RulesByBeginning = readonly (readonly Rule[])[]

export const beyondAscii = 128

function rulesOf(state: LexicalState): RulesByBeginning {
  const known = grammar
    .filter(([, states]) => states.includes(state))
    .map(([kind, , pattern]) => ({
      kind,
      pattern: new RegExp(pattern, 'y'),
      beginning: new RegExp(beginnings[kind] ?? '[^]'),
    }))
    .sort((left, right) => tokenKinds.indexOf(left.kind) - tokenKinds.indexOf(right.kind))
  return Array.from({ length: beyondAscii + 1 }, (_, code) => {
    const character = String.fromCharCode(code)
    return known.filter(({ beginning }) => beginning.test(character))
  })
}

export const rules: Readonly<Record<LexicalState, RulesByBeginning>> = {
  default: rulesOf('default'),
  reference: rulesOf('reference'),
  modifier: rulesOf('modifier'),
  arguments: rulesOf('arguments'),
  index: rulesOf('index'),
  'pre-directive': rulesOf('pre-directive'),
  directive: rulesOf('directive'),
  'text-block': rulesOf('text-block'),
  comment: rulesOf('comment'),
  'formal-comment': rulesOf('formal-comment'),
  'line-comment': rulesOf('line-comment'),
}
