import { remembered } from '../remembered.ts'
import type { CachedResponse } from './response-cache.ts'

/** What an entry says of its response, before its bytes. */
export interface EntryHead {
  readonly stage: number
  readonly epoch: number
  readonly status: number
  /** Epoch milliseconds. */
  readonly expiresAt: number
  /** Text of the key. */
  readonly key: string
}

/** Bytes before the key, which comes before the header lines, and these before the body. */
export const entryHeadBytes = 32
const expiresAt = 0
const stage = 8
const epoch = 12
const linesLength = 16
const bodyLength = 20
const status = 24
const keyLength = 28

/** Header lines as they are kept: no line of a header can hold a line end. */
export function linesText(headers: readonly string[]): string {
  let text = headers[0] ?? ''
  for (let i = 1; i < headers.length; i++) text += `\n${headers[i]}`
  return text
}

/** Hot responses have the same lines again and again: these strings know their hashes, and need no collecting. */
const headersOf = remembered(1_024, (lines): readonly string[] => (lines === '' ? [] : lines.split('\n')))

/**
 * @param lines From `linesText`.
 * @param pieces Of the body.
 */
export function writeEntry(to: Buffer, at: number, head: EntryHead, lines: string, pieces: readonly Buffer[]): void {
  to.writeDoubleLE(head.expiresAt, at + expiresAt)
  to.writeInt32LE(head.stage, at + stage)
  to.writeInt32LE(head.epoch, at + epoch)
  to.writeInt32LE(lines.length, at + linesLength)
  to.writeInt32LE(head.status, at + status)
  const keyStart = at + entryHeadBytes
  const linesStart = keyStart + to.write(head.key, keyStart)
  to.writeInt32LE(linesStart - keyStart, at + keyLength)
  to.write(lines, linesStart, 'latin1')
  const bodyStart = linesStart + lines.length
  let end = bodyStart
  for (const piece of pieces) end += piece.copy(to, end)
  to.writeInt32LE(end - bodyStart, at + bodyLength)
}

/**
 * Copies an entry's response out.
 * @returns Undefined for an entry of another key, of another epoch, or one that has expired.
 */
export function readEntry(
  from: Buffer,
  at: number,
  wanted: Pick<EntryHead, 'stage' | 'epoch' | 'key'>,
  nowMs: number,
): CachedResponse | undefined {
  if (from.readDoubleLE(at + expiresAt) <= nowMs) return undefined
  if (from.readInt32LE(at + stage) !== wanted.stage || from.readInt32LE(at + epoch) !== wanted.epoch) return undefined
  const keyStart = at + entryHeadBytes
  const linesStart = keyStart + from.readInt32LE(at + keyLength)
  if (from.toString('utf8', keyStart, linesStart) !== wanted.key) return undefined
  const bodyStart = linesStart + from.readInt32LE(at + linesLength)
  const lines = from.toString('latin1', linesStart, bodyStart)
  const body = Buffer.allocUnsafe(from.readInt32LE(at + bodyLength))
  from.copy(body, 0, bodyStart, bodyStart + body.length)
  return { status: from.readInt32LE(at + status), headers: headersOf(lines), body }
}
