import { compileGlob, type Glob, type GlobPiece } from './glob.ts'
import { syntaxError } from './policy-error.ts'
import type { ConditionContext } from './request.ts'

/** Text of a policy that may hold wildcards and variables. */
export type PolicyText = readonly (GlobPiece | Variable)[]

interface Variable {
  /** In lower case. */
  readonly key: string
  readonly fallback?: string
}

/** Whether a text matches in a request. A pattern whose variable has no value there matches nothing (documented). */
export type TextPattern = (text: string, context: ConditionContext) => boolean

const parts = /\$\{([^}]*)\}|[*?]|\$\{/g
const wildcards = /[*?]/g
const variable = /^\s*([^\s,']+)\s*(?:,\s*'([^']*)'\s*)?$/

/**
 * Reads a text of a policy.
 * @param hasVariables Policies of version 2008-10-17 have none: there, `${…}` stands for itself.
 * @throws {PolicyError} for a variable that is not written as one.
 */
export function parsePolicyText(text: string, hasVariables: boolean, place: string): PolicyText {
  const pieces: (GlobPiece | Variable)[] = []
  let at = 0
  for (const match of text.matchAll(hasVariables ? parts : wildcards)) {
    const [whole, name] = match
    if (match.index > at) pieces.push({ literal: text.slice(at, match.index) })
    at = match.index + whole.length
    if (whole === '*' || whole === '?') pieces.push(whole)
    else pieces.push(parseVariable(name, place))
  }
  if (at < text.length) pieces.push({ literal: text.slice(at) })
  return pieces
}

function parseVariable(name: string | undefined, place: string): GlobPiece | Variable {
  // Documented: the characters that mean something else are written as variables of their own.
  if (name === '*' || name === '?' || name === '$') return { literal: name }
  const [, key, fallback] = variable.exec(name ?? '') ?? []
  if (key === undefined) throw syntaxError(place)
  return { key: key.toLowerCase(), ...(fallback !== undefined && { fallback }) }
}

/** Whether a text holds a variable: its value is known only in a request. */
export function hasVariable(text: PolicyText): boolean {
  return text.some((piece) => typeof piece === 'object' && 'key' in piece)
}

/** Compiles a pattern in which `*` and `?` are wildcards. */
export function globPattern(text: PolicyText): TextPattern {
  const pieces = withoutVariables(text)
  if (pieces) return ignoringContext(compileGlob(pieces))
  return (tested, context) => {
    const filled = fill(text, context)
    return filled !== undefined && compileGlob(filled)(tested)
  }
}

function ignoringContext(glob: Glob): TextPattern {
  return (tested) => glob(tested)
}

/** A text in which wildcards stand for themselves, in a request; `undefined` when one of its variables has no value. */
export function plainText(text: PolicyText): (context: ConditionContext) => string | undefined {
  const pieces = withoutVariables(text)
  if (pieces) {
    const whole = join(pieces)
    return () => whole
  }
  return (context) => {
    const filled = fill(text, context)
    return filled && join(filled)
  }
}

function withoutVariables(text: PolicyText): readonly GlobPiece[] | undefined {
  return hasVariable(text) ? undefined : fill(text, () => undefined)
}

/** Values are taken as they are: a wildcard in one stands for itself. */
function fill(text: PolicyText, context: ConditionContext): readonly GlobPiece[] | undefined {
  const pieces: GlobPiece[] = []
  for (const piece of text) {
    if (typeof piece === 'string' || 'literal' in piece) {
      pieces.push(piece)
      continue
    }
    const value = context(piece.key) ?? piece.fallback
    if (typeof value !== 'string') return undefined
    pieces.push({ literal: value })
  }
  return pieces
}

function join(pieces: readonly GlobPiece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.literal)).join('')
}
