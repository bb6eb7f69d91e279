import { parseArgs } from 'node:util'
import type { Pace } from './turns.ts'

/** What the command line asks for. */
export interface Options {
  /** Names of subjects; empty: all. */
  readonly only: readonly string[]
  readonly pace: Pace
  /** Whether anything was left out or cut short: such a run writes no report. */
  readonly partial: boolean
}

const full: Pace = { seconds: 5, warmUpSeconds: 8, turns: 15 }

export const usage = `Usage: npm run bench -- [--only SUBJECT …] [--seconds N]

Measures Gatehouse and its peers in turns, prints a table and writes docs/performance.md.

  --only SUBJECT   run this subject only (may be repeated); writes nothing
  --seconds N      three times as many turns of a second for each server, ${full.seconds} by default; writes nothing
  --help           this text`

/**
 * Reads the command line.
 * @returns undefined when it asks for the usage text.
 * @throws for an unknown option or subject, and for a length that is not a whole number of seconds.
 */
export function readOptions(args: readonly string[], subjects: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      seconds: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  for (const name of values.only) {
    if (!subjects.includes(name)) throw new Error(`No subject named ${name}; there are ${subjects.join(', ')}`)
  }
  const pace = values.seconds === undefined ? full : paceOf(values.seconds)
  return { only: values.only, pace, partial: values.only.length > 0 || values.seconds !== undefined }
}

function paceOf(text: string): Pace {
  const seconds = Number(text)
  if (!Number.isInteger(seconds) || seconds < 1) throw new Error(`--seconds takes a whole number, not ${text}`)
  return { seconds, warmUpSeconds: Math.min(2 * seconds, full.warmUpSeconds), turns: 3 * seconds }
}
