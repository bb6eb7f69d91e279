import { badPatch, type PatchRule } from './patch-operations.ts'
import type { ServiceError } from './service-error.ts'

/** The members of `R` whose value is a `V`. */
type MemberOf<R, V> = { [K in keyof R & string]-?: [Exclude<R[K], undefined>] extends [V] ? K : never }[keyof R &
  string]
/** The members of `R` that may be absent and whose value is otherwise a `V`. */
type OptionalMemberOf<R, V> = {
  [K in MemberOf<R, V>]: undefined extends R[K] ? K : never
}[MemberOf<R, V>]

/** `replace` of a string member; an absent value counts as the empty string. */
export function text<R extends object>(path: string, member: MemberOf<R, string>): PatchRule<R> {
  return { path, replace: (record, { value = '' }) => ({ ...record, [member]: value }) }
}

/** `replace` of a string member that an empty or absent value clears. */
export function optionalText<R extends object>(path: string, member: OptionalMemberOf<R, string>): PatchRule<R> {
  return { path, replace: (record, { value }) => (value ? { ...record, [member]: value } : without(record, member)) }
}

/** `replace` of a boolean member. Observed: whatever is not `true`, or is missing, counts as false without an error. */
export function flag<R extends object>(path: string, member: MemberOf<R, boolean>): PatchRule<R> {
  return { path, replace: (record, { value }) => ({ ...record, [member]: value?.toLowerCase() === 'true' }) }
}

/**
 * `replace` of a numeric member.
 *
 * @param refusal The message of the 400 that a missing or non-numeric value gets; ranges are for the caller to check.
 */
export function number<R extends object>(path: string, member: MemberOf<R, number>, refusal: string): PatchRule<R> {
  return { path, replace: (record, { value }) => ({ ...record, [member]: parseNumber(value, refusal) }) }
}

/**
 * Reads a patch value as a finite number.
 * @throws {ServiceError} `BadRequestException` with the message `refusal`.
 */
export function parseNumber(value: string | undefined, refusal: string): number {
  const parsed = Number(value)
  if (!value?.trim() || !Number.isFinite(parsed)) throw badPatch(refusal)
  return parsed
}

interface MapEntryOptions<V> {
  /** Reads the value; by default it is the string itself, and an absent value the empty string. */
  readonly parse: (value: string | undefined, name: string) => V
  /** Refuses `replace` and `remove` of an entry that is not there; by default the first creates and the second does nothing. */
  readonly absent?: (name: string) => ServiceError
}

/**
 * `add`, `remove` and `replace` of one entry of a map member, whose name is the path's placeholder. A map that loses its
 * last entry stays behind empty.
 *
 * @example mapEntry('/variables/{name}', 'variables')
 * @example mapEntry('/requestParameters/{name}', 'requestParameters', { parse: (value) => value === 'true' })
 */
export function mapEntry<R extends object>(
  path: string,
  member: MemberOf<R, Readonly<Record<string, string>>>,
): PatchRule<R>
export function mapEntry<R extends object, V>(
  path: string,
  member: MemberOf<R, Readonly<Record<string, V>>>,
  options: MapEntryOptions<V>,
): PatchRule<R>
export function mapEntry<R extends object, V>(
  path: string,
  member: keyof R & string,
  { parse, absent }: Partial<MapEntryOptions<V>> = {},
): PatchRule<R> {
  const entriesOf = (record: R): Record<string, unknown> => entriesIn(record[member])
  const present = (record: R, name: string) => {
    const entries = entriesOf(record)
    if (absent && !Object.hasOwn(entries, name)) throw absent(name)
    return entries
  }
  const set = (entries: Record<string, unknown>, name: string, value: string | undefined) => ({
    ...entries,
    [name]: parse ? parse(value, name) : (value ?? ''),
  })
  return {
    path,
    add: (record, { value }, name: string) => ({ ...record, [member]: set(entriesOf(record), name, value) }),
    replace: (record, { value }, name: string) => ({ ...record, [member]: set(present(record, name), name, value) }),
    remove: (record, _, name: string) => ({ ...record, [member]: without(present(record, name), name) }),
  }
}

/** `add` and `remove` of one string of a list member, given as the operation's value: `/authorizationScopes`. */
export function valueInList<R extends object>(path: string, member: MemberOf<R, readonly string[]>): PatchRule<R> {
  const listOf = stringsIn<R>(member)
  return {
    path,
    add: (record, { value = '' }) => ({ ...record, [member]: including(listOf(record), value) }),
    remove: (record, { value = '' }) => ({ ...record, [member]: listOf(record).filter((item) => item !== value) }),
  }
}

/**
 * `add`, `remove` and `replace` of one string of a list member that the path names; a replacing value is the new string.
 *
 * @example nameInList('/binaryMediaTypes/{type}', 'binaryMediaTypes')
 */
export function nameInList<R extends object>(path: string, member: MemberOf<R, readonly string[]>): PatchRule<R> {
  const listOf = stringsIn<R>(member)
  return {
    path,
    add: (record, _, name: string) => ({ ...record, [member]: including(listOf(record), name) }),
    remove: (record, _, name: string) => ({ ...record, [member]: listOf(record).filter((item) => item !== name) }),
    replace: (record, { value = '' }, name: string) => ({
      ...record,
      [member]: including(
        listOf(record).filter((item) => item !== name),
        value,
      ),
    }),
  }
}

/** A copy of `record` that lacks `member`, for rows of one's own that remove a member which may be absent. */
export function without<R extends object>(record: R, member: keyof R): R {
  const copy = { ...record }
  Reflect.deleteProperty(copy, member)
  return copy
}

function entriesIn(map: unknown): Record<string, unknown> {
  return typeof map === 'object' ? { ...map } : {}
}

function stringsIn<R>(member: keyof R): (record: R) => string[] {
  return (record) => {
    const list: unknown = record[member]
    return Array.isArray(list) ? [...list] : []
  }
}

function including(list: readonly string[], item: string): string[] {
  return list.includes(item) ? [...list] : [...list, item]
}
