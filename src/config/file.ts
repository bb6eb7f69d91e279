import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isObject } from './structure.ts'

/** What a configuration file says, by key; empty with problems when it cannot be read. */
export interface ConfigFile {
  readonly path: string
  /** Relative paths within the file begin here. */
  readonly folder: string
  readonly values: Readonly<Record<string, unknown>>
  readonly problems: readonly string[]
}

/** Reads a file of JSON. */
export function readConfigFile(path: string, folder: string, readText = readUtf8): ConfigFile {
  const absolute = resolve(folder, path)
  const file = { path, folder: dirname(absolute), values: {}, problems: [] }
  try {
    const values: unknown = JSON.parse(readText(absolute))
    if (isObject(values)) return { ...file, values }
    return { ...file, problems: [`the configuration file ${path} must hold one JSON object`] }
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error)
    const failure = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'
    return { ...file, problems: [`the configuration file ${path} ${failure}: ${reason}`] }
  }
}

/** The text of a file. @throws the system's error. */
export function readUtf8(path: string): string {
  return readFileSync(path, 'utf8')
}
