import type { Shape } from './contract.ts'

/** The rules that a value breaks, each as the second half of AWS's sentence; items of lists and maps are not looked at. */
export function brokenRules(shape: Shape, value: unknown): string[] {
  return rulesOf(shape, value).flatMap(([text, holds]) => (holds ? [] : [text]))
}

/** All rules of a plain item, as AWS lists them when one of a collection's items breaks any: `[…, Member must not be null]`. */
export function alternatives(shape: Shape): string {
  const rules = rulesOf(shape, undefined).map(([text]) => text)
  return `[${[...rules.toReversed(), 'Member must not be null'].join(', ')}]`
}

/** A value as Java prints it: `[a, b]`, `{k=v}`. */
export function print(value: unknown): string {
  if (value instanceof Uint8Array) return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}=${print(item)}`)
    .join(', ')}}`
}

type Rule = readonly [text: string, holds: boolean]

/** In the order in which violations are reported: enum, pattern, least, most. */
function rulesOf(shape: Shape, value: unknown): Rule[] {
  const rules: Rule[] = []
  if (shape.type === 'string') {
    const text = String(value)
    if (shape.enum)
      rules.push([`Member must satisfy enum value set: [${shape.enum.join(', ')}]`, shape.enum.includes(text)])
    if (shape.pattern !== undefined) {
      // A text that is too long breaks that rule; matching it as well would let a caller buy time with size.
      const holds = text.length > (shape.max ?? Number.POSITIVE_INFINITY) || wholly(shape.pattern).test(text)
      rules.push([`Member must satisfy regular expression pattern: ${shape.pattern}`, holds])
    }
  }
  return [...rules, ...rangeRules(shape, value)]
}

function rangeRules(shape: Shape, value: unknown): Rule[] {
  if (!('min' in shape || 'max' in shape)) return []
  const numeric = shape.type !== 'string' && shape.type !== 'blob' && shape.type !== 'list' && shape.type !== 'map'
  const size = numeric ? Number(value) : lengthOf(value)
  const what = numeric ? 'value' : 'length'
  const { min, max } = shape
  const rules: Rule[] = []
  if (min !== undefined) rules.push([`Member must have ${what} greater than or equal to ${min}`, size >= min])
  if (max !== undefined) rules.push([`Member must have ${what} less than or equal to ${max}`, size <= max])
  return rules
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || value instanceof Uint8Array || Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0
}

/**
 * A model's pattern over a whole text. They are Java's: only those that name Unicode's properties need the flag for them, and
 * others have escapes that it forbids.
 */
export function wholly(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '')
}
