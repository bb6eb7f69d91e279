import { isSchema, type Run } from './schema.ts'

/** Longest part of a value that a message shows, in characters. */
const maxShown = 1_000

/** A value as messages show it: compact JSON. */
export function shown(value: unknown): string {
  return shortened(typeof value === 'object' ? (JSON.stringify(value) ?? '') : JSON.stringify(value))
}

/** A text as messages show it: as it is, without quotes. */
export function shortened(text: string): string {
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text
}

/** Names as messages show them: a JSON list, sorted. */
export function nameList(names: Iterable<string>): string {
  return shown([...names].sort())
}

/** A text that two JSON values share if, and only if, they are equal: the order of members does not matter. */
export function canonical(value: unknown, run: Run): string {
  if (typeof value !== 'object' || value === null) {
    const text = JSON.stringify(value)
    run.spend(text.length)
    return text
  }
  run.enter()
  const text = Array.isArray(value) ? canonicalList(value, run) : canonicalObject(value, run)
  run.leave()
  return text
}

function canonicalList(items: readonly unknown[], run: Run): string {
  return `[${items.map((item) => canonical(item, run)).join(',')}]`
}

function canonicalObject(value: object, run: Run): string {
  const members = isSchema(value) ? value : {}
  const names = Object.keys(members).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(members[name], run)}`).join(',')}}`
}
