import { digestWord } from './digest-word.ts'
import { remembered } from './remembered.ts'
import type { CachedResponse } from './response-cache.ts'

/** What an entry says of its response, before its bytes. */
export interface EntryHead {
  readonly stage: number
  readonly epoch: number
  readonly status: number
  /** Epoch milliseconds. */
  readonly expiresAt: number
  /** 64 hexadecimal digits. */
  readonly digest: string
}

/** Bytes before the header lines, which come before the body. */
export const entryHeadBytes = 64
const expiresAt = 0
const stage = 8
const epoch = 12
const linesLength = 16
const bodyLength = 20
const status = 24
const digestStart = 32
const digestWords = 8

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
  for (let i = 0; i < digestWords; i++) to.writeUInt32BE(digestWord(head.digest, i * 8), at + digestStart + i * 4)
  to.write(lines, at + entryHeadBytes, 'latin1')
  const bodyStart = at + entryHeadBytes + lines.length
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
  wanted: Pick<EntryHead, 'stage' | 'epoch' | 'digest'>,
  nowMs: number,
): CachedResponse | undefined {
  if (from.readDoubleLE(at + expiresAt) <= nowMs) return undefined
  if (from.readInt32LE(at + stage) !== wanted.stage || from.readInt32LE(at + epoch) !== wanted.epoch) return undefined
  for (let i = 0; i < digestWords; i++) {
    if (from.readUInt32BE(at + digestStart + i * 4) !== digestWord(wanted.digest, i * 8)) return undefined
  }
  const linesStart = at + entryHeadBytes
  const bodyStart = linesStart + from.readInt32LE(at + linesLength)
  const lines = from.toString('latin1', linesStart, bodyStart)
  const body = Buffer.allocUnsafe(from.readInt32LE(at + bodyLength))
  from.copy(body, 0, bodyStart, bodyStart + body.length)
  return { status: from.readInt32LE(at + status), headers: headersOf(lines), body }
}
