import type { TimestampFormat } from './contract.ts'

/** A timestamp in its wire form: a number for `epoch-seconds`, with milliseconds as its fraction, else a string. */
export function formatTimestamp(date: Date, format: TimestampFormat): string | number {
  if (format === 'epoch-seconds') return date.getTime() / 1000
  if (format === 'http-date') return date.toUTCString()
  return date.toISOString().replace('.000Z', 'Z')
}

/** Reads epoch seconds (as a number or its text), ISO 8601 or an HTTP date; `undefined` for anything else. */
export function parseTimestamp(value: string | number): Date | undefined {
  const seconds = typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined
  const date = new Date(seconds === undefined ? value : seconds * 1000)
  return Number.isNaN(date.getTime()) ? undefined : date
}
