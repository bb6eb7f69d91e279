import { StringDecoder } from 'node:string_decoder'
import type { LogLine, LogSink, LogWriter } from './log-sink.ts'

/** What `LogType=Tail` returns, in bytes. */
const tailBytes = 4096
/** A longer line is cut into several. */
const maxLineLength = 65_536

/** The log of one environment: cuts its output into lines and remembers an invocation's last 4 KB when asked to. */
export class EnvironmentLog {
  readonly stream: string
  readonly #keep: LogWriter
  readonly #decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') }
  readonly #partial = { stdout: '', stderr: '' }
  #tail: string[] | undefined
  #tailLength = 0

  constructor(functionArn: string, stream: string, sink: LogSink) {
    this.stream = stream
    this.#keep = sink.open(functionArn, stream)
  }

  write(line: LogLine): void {
    this.#keep(line)
    if (this.#tail !== undefined) this.#remember(typeof line === 'string' ? line : line())
  }

  /** Takes bytes that the process wrote. */
  output(from: 'stdout' | 'stderr', bytes: Buffer): void {
    const lines = (this.#partial[from] + this.#decoders[from].write(bytes)).split('\n')
    const partial = lines.pop() ?? ''
    for (const line of lines) this.write(line)
    this.#partial[from] = partial.length > maxLineLength ? '' : partial
    if (partial.length > maxLineLength) this.write(partial)
  }

  /** Ends lines that the process left open, as an invocation's end does. */
  endLines(): void {
    for (const from of ['stdout', 'stderr'] as const) {
      const partial = this.#partial[from]
      this.#partial[from] = ''
      if (partial !== '') this.write(partial)
    }
  }

  /** Begins to remember lines for `takeTail`. */
  beginTail(): void {
    this.#tail = []
    this.#tailLength = 0
  }

  /** @returns The last 4 KB since `beginTail`, base64; `undefined` without it. */
  takeTail(): string | undefined {
    if (this.#tail === undefined) return undefined
    const bytes = Buffer.from(this.#tail.join(''))
    this.#tail = undefined
    return bytes.subarray(Math.max(0, bytes.length - tailBytes)).toString('base64')
  }

  #remember(line: string): void {
    const tail = this.#tail ?? []
    tail.push(`${line}\n`)
    this.#tailLength += line.length + 1
    while (tail.length > 1 && this.#tailLength - (tail[0]?.length ?? 0) >= tailBytes) {
      this.#tailLength -= tail.shift()?.length ?? 0
    }
  }
}
