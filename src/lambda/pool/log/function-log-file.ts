import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Bytes that may wait to be written; beyond them lines are dropped. */
const maxWaitingBytes = 1_048_576

/** One function's log on disk: appended in batches, bounded by rotation. */
export class FunctionLogFile {
  readonly #path: string
  readonly #maxBytes: number
  #waiting: string[] = []
  #waitingBytes = 0
  #dropped = 0
  /** Bytes in the present file; unknown before the first write. */
  #bytes: number | undefined
  #writing: Promise<void> = Promise.resolve()

  /** @param maxBytes Of this file and the one before it together. */
  constructor(path: string, maxBytes: number) {
    this.#path = path
    this.#maxBytes = maxBytes
  }

  /** @param line With its newline. */
  add(line: string): void {
    const bytes = Buffer.byteLength(line)
    // Less than what a file may hold, so that a batch always fits in one.
    if (this.#waitingBytes + bytes > Math.min(maxWaitingBytes, this.#maxBytes / 4)) {
      this.#dropped++
      return
    }
    this.#waiting.push(line)
    this.#waitingBytes += bytes
  }

  /** Resolves when everything added so far is in the file. A disk that refuses costs log lines, never an invocation. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write()).catch((error: Error) => this.#lose(error))
    return this.#writing
  }

  async #write(): Promise<void> {
    if (this.#dropped > 0)
      this.#waiting.push(`${this.#dropped} log lines were dropped: they came too fast to be kept\n`)
    if (this.#waiting.length === 0) return
    const bytes = Buffer.from(this.#waiting.join(''))
    this.#waiting = []
    this.#waitingBytes = 0
    this.#dropped = 0
    const size = this.#bytes ?? (await this.#open())
    const rotates = size > 0 && size + bytes.length > this.#maxBytes / 2
    if (rotates) await rename(this.#path, `${this.#path}.1`)
    await appendFile(this.#path, bytes)
    this.#bytes = (rotates ? 0 : size) + bytes.length
  }

  async #open(): Promise<number> {
    await mkdir(dirname(this.#path), { recursive: true })
    const found = await stat(this.#path).catch(() => undefined)
    return found?.size ?? 0
  }

  #lose(error: Error): void {
    this.#bytes = undefined
    this.#waiting.push(`Log lines were lost: ${error.message}\n`)
  }
}
