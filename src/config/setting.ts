import type { Kind } from './kind.ts'

/** One row of the table of settings. */
export interface Setting<T> {
  /** Such as `--data-dir`; without it the setting has no flag. */
  readonly flag?: string
  /** Environment variable; an empty one counts as unset. */
  readonly env?: string
  readonly kind: Kind<T>
  /** Given the current folder. */
  readonly default: (folder: string) => T
  /** The default in words, where its value depends on the machine or says too little. */
  readonly defaultText?: string
  readonly unit?: string
  /** One sentence without its full stop. */
  readonly description: string
  /** JSON value for the configuration file. */
  readonly example: unknown
}

/** A row as it stands: gives it the type of its kind's values. */
export function setting<T>(row: Setting<T>): Setting<T> {
  return row
}

/** The values of a setting that is undefined unless it is set. */
export function withoutDefault<T>(kind: Kind<T>): Kind<T | undefined> {
  return kind
}
