import { isIP } from 'node:net'
import { resolve } from 'node:path'

/** What a value is read against. */
export interface Place {
  /** Relative paths begin here. */
  readonly folder: string
  /** Reads a text file by its absolute path. @throws the system's error. */
  readonly readText: (path: string) => string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Either the value, or each thing that is wrong with it, to be put behind the setting's name. */
export type Outcome<T> = { readonly value: T } | { readonly problems: readonly string[] }

/** A type of setting. */
export interface Kind<T> {
  /** Completes "must be …". */
  readonly expected: string
  /** Names the value in a flag's help, such as `<port>`; a setting without one is a switch. */
  readonly placeholder?: string
  /** What a flag's or a variable's text stands for in JSON. */
  fromText(text: string): unknown
  /** Reads a JSON value. */
  parse(value: unknown, place: Place): Outcome<T>
}

export function integer({ min, max }: { readonly min: number; readonly max: number }): Kind<number> {
  return {
    expected: `an integer from ${min} to ${max}`,
    placeholder: '<number>',
    fromText: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : text),
    parse(value) {
      if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) return wrong(this, value)
      return { value }
    },
  }
}

export function matching(pattern: RegExp, expected: string, placeholder: string): Kind<string> {
  return {
    expected,
    placeholder,
    fromText: (text) => text,
    parse(value) {
      return typeof value === 'string' && pattern.test(value) ? { value } : wrong(this, value)
    },
  }
}

export function oneOf<const T extends string>(values: readonly T[]): Kind<T> {
  return {
    expected: `one of ${values.join(', ')}`,
    placeholder: '<level>',
    fromText: (text) => text,
    parse(value) {
      const found = values.find((candidate) => candidate === value)
      return found === undefined ? wrong(this, value) : { value: found }
    },
  }
}

/** Off unless it is named. */
export const toggle: Kind<boolean> = {
  expected: 'true or false',
  fromText: (text) => (text === 'true' ? true : text === 'false' ? false : text),
  parse(value) {
    return typeof value === 'boolean' ? { value } : wrong(this, value)
  },
}

/** An absolute path; a relative one begins at the working folder, or at the configuration file's own. */
export const folderPath: Kind<string> = {
  expected: 'the path of a folder',
  placeholder: '<folder>',
  fromText: (text) => text,
  parse(value, { folder }) {
    const usable = typeof value === 'string' && value !== '' && !value.includes('\0')
    return usable ? { value: resolve(folder, value) } : wrong(this, value)
  },
}

const hostName =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/

export const networkHost: Kind<string> = {
  expected: 'an IP address or a host name',
  placeholder: '<host>',
  fromText: (text) => text,
  parse(value) {
    const usable = typeof value === 'string' && (isIP(value) !== 0 || (hostName.test(value) && !/^[\d.]+$/.test(value)))
    return usable ? { value } : wrong(this, value)
  },
}

/** The common problem: not `expected` at all. */
export function wrong({ expected }: { readonly expected: string }, value: unknown): { readonly problems: string[] } {
  return { problems: [`must be ${expected}, not ${JSON.stringify(value)}`] }
}
