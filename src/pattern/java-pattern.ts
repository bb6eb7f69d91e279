import { linearEngine } from './linear-engine.ts'

/** Whether a pattern matches the whole of a text. */
export type Matches = (text: string) => boolean

/** Fixed sequences of characters and digits, such as `200`, `4\d{2}` and `50.`: any engine takes linear time for them. */
const simple = /^(?:[\w :,-]|\.|\\d(?:\{\d\})?)*$/

/** Escapes and quotations, classes of characters, and what is neither. */
const token = /\\Q.*?(?:\\E|$)|\\.|\[(?:\\.|\[:|[^\]\\])*\]?|./gs

/** What RE2 reads in another way than Java: intersections, and classes within classes. */
export function isReadOtherwise(pattern: string): boolean {
  const classes = (pattern.match(token) ?? []).filter((part) => part.startsWith('['))
  return classes.some((part) => /&&|.\[(?!:)/s.test(part.replace(/\\./gs, '')))
}

/**
 * Compiles a regular expression in Java's syntax, such as an integration response's `selectionPattern`. It takes time
 * linear in the text, whatever the pattern is. A dot matches all but `\n`; Java leaves out a few rarer line ends too.
 *
 * @returns Undefined for what is no regular expression, and for what cannot be matched in linear time: look-around,
 *   back-references, possessive quantifiers, atomic groups.
 */
export function javaPattern(pattern: string): Matches | undefined {
  if (simple.test(pattern)) {
    const expression = new RegExp(`^(?:${pattern})$`)
    return (text) => expression.test(text)
  }
  if (isReadOtherwise(pattern)) return undefined
  try {
    const expression = linearEngine().compile(pattern)
    return (text) => expression.matches(text)
  } catch {
    return undefined
  }
}
