import { type Kind, type Outcome, wrong } from './kind.ts'
import { unknownName } from './nearest.ts'

/** A member of an object in the configuration file. */
export interface Member<T> {
  readonly kind: Kind<T>
  readonly required: boolean
  /** Required also when one of these members is given. */
  readonly with?: readonly string[]
}

type Members = Readonly<Record<string, Member<unknown>>>

/** What an object's members are once they are read. */
type Values<M extends Members> = {
  readonly [N in keyof M]: M[N] extends { readonly kind: Kind<infer T>; readonly required: infer R }
    ? R extends true
      ? T
      : T | undefined
    : never
}

export function required<T>(kind: Kind<T>): Member<T> & { readonly required: true } {
  return { kind, required: true }
}

/** @param others Members without which this one may be left out. */
export function optional<T>(kind: Kind<T>, others: readonly string[] = []): Member<T> & { readonly required: false } {
  return { kind, required: false, with: others }
}

/**
 * An object of known members.
 * @param finish Makes the value of members that are right by themselves, or says what is wrong with them together.
 */
export function objectOf<M extends Members, T>(members: M, finish: (values: Values<M>) => Outcome<T>): Kind<T> {
  const names = Object.keys(members)
  return {
    expected: 'an object',
    fromText: (text) => text,
    parse(value, place) {
      if (!isObject(value)) return wrong(this, value)
      const problems = Object.keys(value)
        .filter((name) => !Object.hasOwn(members, name))
        .map((name) => unknownName('member', name, names))
      const read = Object.entries(members).map(([name, { kind, required: always, with: others = [] }]) => {
        const given = value[name]
        if (given === undefined) {
          const isMissing = always || others.some((other) => value[other] !== undefined)
          if (isMissing) problems.push(`.${name} must be ${kind.expected}, and is missing`)
          return [name, undefined]
        }
        const outcome = kind.parse(given, place)
        if ('value' in outcome) return [name, outcome.value]
        problems.push(...outcome.problems.map((problem) => within(`.${name}`, problem)))
        return [name, undefined]
      })
      if (problems.length > 0) return { problems }
      // Each member's value has been read by the kind of that member.
      return finish(Object.fromEntries(read) as Values<M>)
    },
  }
}

/** A list. @param expected Completes "must be …". */
export function listOf<T>(item: Kind<T>, expected: string): Kind<readonly T[]> {
  return {
    expected,
    fromText: (text) => text,
    parse(value, place) {
      if (!Array.isArray(value)) return wrong(this, value)
      const outcomes = value.map((entry: unknown) => item.parse(entry, place))
      const problems = outcomes.flatMap((outcome, index) =>
        'problems' in outcome ? outcome.problems.map((problem) => within(`[${index}]`, problem)) : [],
      )
      if (problems.length > 0) return { problems }
      return { value: outcomes.flatMap((outcome) => ('value' in outcome ? [outcome.value] : [])) }
    },
  }
}

/** A problem of a value, said of the place that holds the value. */
export function within(place: string, problem: string): string {
  return /^[.[]/.test(problem) ? place + problem : `${place} ${problem}`
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
