import { writeSync } from 'node:fs'
import { inspect } from 'node:util'

/** The gateway's own log, for those who run it. */
export interface Log {
  /** A bug, or something that no call should meet. */
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
  /** Why a call failed. */
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void
}

function writeToStandardError(line: string): void {
  try {
    writeSync(2, line)
  } catch {
    // Nobody reads the log, or not fast enough: calls go on.
  }
}

const levels: Readonly<Record<string, number>> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 }

/**
 * Writes JSON lines in pino's form to standard error. Threads that almost never log do not load a logger of 10 MB each for
 * it. An `Error` among the fields is written with its stack and its causes.
 *
 * @param level Least level that is written; `silent` writes nothing.
 */
export function jsonLog(level: string, write: (line: string) => void = writeToStandardError): Log {
  const least = levels[level] ?? Number.POSITIVE_INFINITY
  const at =
    (value: number) =>
    (msg: string, fields: Readonly<Record<string, unknown>> = {}) => {
      if (value >= least)
        write(`${JSON.stringify({ level: value, time: Date.now(), pid: process.pid, ...fields, msg }, plain)}\n`)
    }
  return { error: at(50), debug: at(20) }
}

function plain(_key: string, value: unknown): unknown {
  return value instanceof Error ? inspect(value) : value
}
