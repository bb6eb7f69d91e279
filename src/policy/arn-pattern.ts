import { globPattern, type PolicyText, parsePolicyText, type TextPattern } from './text-pattern.ts'

/**
 * Compiles the pattern of an ARN condition: its six components are compared one by one, so that `*` never spans from one
 * into the next (documented). What has fewer components matches nothing.
 */
export function arnPattern(pattern: PolicyText): TextPattern {
  const expected = patternComponents(pattern).map(globPattern)
  return (arn, context) => {
    const actual = components(arn)
    return (
      expected.length === 6 &&
      actual.length === 6 &&
      expected.every((matches, index) => matches(actual[index] ?? '', context))
    )
  }
}

/** Whether an ARN matches the pattern of an ARN condition without variables. */
export function matchesArn(pattern: string, arn: string): boolean {
  return arnPattern(parsePolicyText(pattern, false, ''))(arn, () => undefined)
}

function components(arn: string): string[] {
  const parts = arn.split(':')
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')]
}

/** Only the colons of the policy itself part components: those of a variable's value do not. */
function patternComponents(pattern: PolicyText): PolicyText[] {
  const found: PolicyText[number][][] = [[]]
  for (const piece of pattern) {
    const literal = typeof piece === 'object' && 'literal' in piece ? piece.literal : undefined
    if (literal === undefined) {
      found.at(-1)?.push(piece)
      continue
    }
    const [first = '', ...more] = splitAtMost(literal, 7 - found.length)
    found.at(-1)?.push({ literal: first })
    for (const part of more) found.push([{ literal: part }])
  }
  return found
}

/** Splits at colons into at most `count` parts, the last of which keeps its colons. */
function splitAtMost(text: string, count: number): string[] {
  const parts = text.split(':')
  return parts.length <= count ? parts : [...parts.slice(0, count - 1), parts.slice(count - 1).join(':')]
}
