import { writeSync } from 'node:fs'

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
 * Writes pino's JSON lines to standard error. A thread that almost never logs does not load a logger of 10 MB for it.
 * @param level Least level that is written; `silent` writes nothing.
 */
export function jsonLog(level: string, write: (line: string) => void = writeToStandardError): Log {
  const least = levels[level] ?? Number.POSITIVE_INFINITY
  const at =
    (value: number) =>
    (msg: string, fields: Readonly<Record<string, unknown>> = {}) => {
      if (value >= least)
        write(`${JSON.stringify({ level: value, time: Date.now(), pid: process.pid, ...fields, msg })}\n`)
    }
  return { error: at(50), debug: at(20) }
}
