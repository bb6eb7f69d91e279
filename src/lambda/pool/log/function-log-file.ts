import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { LogLine } from './log-sink.ts'

/** Bytes that may wait to be written; beyond them lines are dropped. */
const maxWaitingBytes = 2_097_152

/** What is counted for a line that is not made yet, and for the time and the stream before each. */
const usualLineBytes = 200
const prefixBytes = 90

/** A line that waits to be written. */
export interface LogEntry {
  readonly epochMs: number
  readonly stream: string
  readonly line: LogLine
}

/** Who may write to a file that several threads write to. */
export interface Turn {
  /** @returns False: another thread writes. */
  take(): boolean
  give(): void
}

/** How long a thread waits before it asks for its turn again, in milliseconds. */
const turnPauseMs = 2

/** One function's log on disk: appended in batches, bounded by rotation. Several threads may write to it, in turns. */
export class FunctionLogFile {
  readonly #path: string
  readonly #maxBytes: number
  readonly #turn: Turn
  #waiting: LogEntry[] = []
  /** What is said of lines that are missing. */
  #notices = ''
  #waitingBytes = 0
  #dropped = 0
  #writing: Promise<void> = Promise.resolve()

  /** @param maxBytes Of this file and the one before it together. */
  constructor(path: string, maxBytes: number, turn: Turn) {
    this.#path = path
    this.#maxBytes = maxBytes
    this.#turn = turn
  }

  add(entry: LogEntry): void {
    const bytes = prefixBytes + (typeof entry.line === 'string' ? Buffer.byteLength(entry.line) : usualLineBytes)
    // Less than what a file may hold, so that a batch always fits in one.
    if (this.#waitingBytes + bytes > Math.min(maxWaitingBytes, this.#maxBytes / 4)) {
      this.#dropped++
      return
    }
    this.#waiting.push(entry)
    this.#waitingBytes += bytes
  }

  /** Resolves when everything added so far is in the file. A disk that refuses costs log lines, never an invocation. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write()).catch((error: Error) => this.#lose(error))
    return this.#writing
  }

  async #write(): Promise<void> {
    const dropped = this.#dropped > 0 ? `${this.#dropped} log lines were dropped: they came too fast to be kept\n` : ''
    const bytes = Buffer.from(this.#notices + textOf(this.#waiting) + dropped)
    if (bytes.length === 0) return
    this.#waiting = []
    this.#notices = ''
    this.#waitingBytes = 0
    this.#dropped = 0
    while (!this.#turn.take()) await delay(turnPauseMs)
    try {
      await this.#append(bytes)
    } finally {
      this.#turn.give()
    }
  }

  async #append(bytes: Buffer): Promise<void> {
    const found = await stat(this.#path).catch(() => undefined)
    if (found === undefined) await mkdir(dirname(this.#path), { recursive: true })
    else if (found.size > 0 && found.size + bytes.length > this.#maxBytes / 2)
      await rename(this.#path, `${this.#path}.1`)
    await appendFile(this.#path, bytes)
  }

  #lose(error: Error): void {
    this.#notices = `Log lines were lost: ${error.message}\n`
  }
}

function textOf(entries: readonly LogEntry[]): string {
  let text = ''
  let time = ''
  let timeMs = Number.NaN
  for (const { epochMs, stream, line } of entries) {
    if (epochMs !== timeMs) {
      timeMs = epochMs
      time = new Date(epochMs).toISOString()
    }
    text += `${time} ${stream} ${typeof line === 'string' ? line : line()}\n`
  }
  return text
}
