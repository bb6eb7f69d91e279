import type { RE2JS } from 're2js'
import { isReadOtherwise } from '../../pattern/java-pattern.ts'
import { linearEngine } from '../../pattern/linear-engine.ts'
import type { Rendering } from '../runtime/rendering.ts'
import { HostError } from '../value.ts'

/** Steps that one character takes for each instruction of the compiled pattern. */
const stepsPerInstruction = 4
/** Steps of compiling, for each character of the pattern. */
const stepsPerPatternCharacter = 300

/** What a pattern without operators stands for; undefined for others. */
function literalOf(pattern: string): string | undefined {
  if (!/^(?:[^\\[\](){}.*+?^$|]|\\[^a-zA-Z0-9])*$/.test(pattern)) return undefined
  return pattern.replaceAll(/\\(.)/gs, '$1')
}

/** Compiles a pattern once for each rendering. Java's own engine can be stalled by a few characters; this one cannot. */
function compile(pattern: string, rendering: Rendering): RE2JS {
  const known = rendering.patterns.get(pattern)
  if (known) return known
  rendering.spend(pattern.length * stepsPerPatternCharacter)
  if (isReadOtherwise(pattern)) throw new HostError(`PatternSyntaxException: unsupported class in ${pattern}`)
  try {
    const compiled = linearEngine().compile(pattern)
    rendering.patterns.set(pattern, compiled)
    return compiled
  } catch {
    throw new HostError(`PatternSyntaxException: ${pattern}`)
  }
}

function spendMatching(text: string, compiled: RE2JS, rendering: Rendering): void {
  rendering.spend((text.length + 1) * (compiled.programSize() + 10) * stepsPerInstruction)
}

/** `String.matches`. */
export function matchesWhole(text: string, pattern: string, rendering: Rendering): boolean {
  const compiled = compile(pattern, rendering)
  spendMatching(text, compiled, rendering)
  return compiled.matches(text)
}

/** `String.replaceAll`. */
export function replaceAll(text: string, pattern: string, replacement: string, rendering: Rendering): string {
  return replaceMatches(text, pattern, replacement, Number.POSITIVE_INFINITY, rendering)
}

/** `String.replaceFirst`. */
export function replaceFirst(text: string, pattern: string, replacement: string, rendering: Rendering): string {
  return replaceMatches(text, pattern, replacement, 1, rendering)
}

function replaceMatches(
  text: string,
  pattern: string,
  replacement: string,
  most: number,
  rendering: Rendering,
): string {
  const literal = literalOf(pattern)
  const parts = replacementParts(replacement)
  const [only = ''] = parts
  if (literal && parts.length <= 1 && typeof only === 'string') {
    // Either method reads `$` in the replacement.
    const plain = only.replaceAll('$', '$$$$')
    if (most === 1) return text.replace(literal, plain)
    rendering.spend(text.length + Math.ceil(text.length / literal.length) * (only.length + 8))
    return text.replaceAll(literal, plain)
  }
  const compiled = compile(pattern, rendering)
  spendMatching(text, compiled, rendering)
  const matcher = compiled.matcher(text)
  let result = ''
  let from = 0
  for (let count = 0; count < most && matcher.find(); count += 1) {
    result += text.slice(from, matcher.start())
    for (const part of parts)
      result += typeof part === 'string' ? part : (matcher.group(groupOf(part, matcher.groupCount())) ?? '')
    rendering.spend(60)
    rendering.checked(result)
    from = matcher.end()
  }
  return result + text.slice(from)
}

interface GroupPart {
  readonly digits: string
}

/** Java's replacements: `\x` is x, `$1` a group; the rest is itself. */
function replacementParts(replacement: string): (string | GroupPart)[] {
  if (!/[\\$]/.test(replacement)) return replacement === '' ? [] : [replacement]
  const parts: (string | GroupPart)[] = []
  for (const [match, escaped, digits] of replacement.matchAll(/\\(.)|\$([0-9]+)|[^\\$]+|[\\$]/gs)) {
    if (digits !== undefined) parts.push({ digits })
    else if (match === '\\') throw new HostError('IllegalArgumentException: character to be escaped is missing')
    else if (match === '$') throw new HostError('IllegalArgumentException: Illegal group reference')
    else parts.push(escaped ?? match)
  }
  return parts.length > 0 && parts.every((part) => typeof part === 'string') ? [parts.join('')] : parts
}

/** The longest number that names a group. Digits that are left over are lost here; Java prints them. */
function groupOf({ digits }: GroupPart, count: number): number {
  const group = Number(digits)
  if (group > count) throw new HostError(`IndexOutOfBoundsException: No group ${digits}`)
  return group
}

/** `String.split`: without a limit, empty parts at the end are left out. */
export function split(text: string, pattern: string, limit: number, rendering: Rendering): string[] {
  const parts = splitParts(text, pattern, limit, rendering)
  if (limit !== 0) return parts
  while (parts.length > 1 && parts.at(-1) === '') parts.pop()
  return parts.length === 1 && parts[0] === '' && text !== '' ? [] : parts
}

function splitParts(text: string, pattern: string, limit: number, rendering: Rendering): string[] {
  const literal = literalOf(pattern)
  if (literal && limit <= 0) {
    const parts = text.split(literal)
    rendering.spend(text.length + parts.length * 30)
    return parts
  }
  const compiled = compile(pattern, rendering)
  spendMatching(text, compiled, rendering)
  const matcher = compiled.matcher(text)
  const parts: string[] = []
  let from = 0
  while ((limit <= 0 || parts.length < limit - 1) && matcher.find()) {
    // A match without length at the beginning makes no part.
    if (matcher.end() === 0) continue
    parts.push(text.slice(from, matcher.start()))
    rendering.spend(60)
    from = matcher.end()
  }
  return [...parts, text.slice(from)]
}
