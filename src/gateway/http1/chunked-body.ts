type State = 'size' | 'data' | 'data-end' | 'trailer' | 'done'

/** Longest line of a chunk's size with its extensions, and of all trailers together, in bytes. */
const maxLineBytes = 16_384

/** Takes a body out of its chunks. */
export class ChunkedBody {
  private state: State = 'size'
  private line = ''
  private remaining = 0
  private trailerBytes = 0
  private readonly error: (why: string) => Error

  /** @param error What taking fails with for what is no chunk. */
  constructor(error: (why: string) => Error) {
    this.error = error
  }

  get done(): boolean {
    return this.state === 'done'
  }

  /**
   * @param each Called with each piece of the body.
   * @returns Where in `buffer` the body ended, or `end`.
   */
  take(buffer: Buffer, from: number, end: number, each: (from: number, to: number) => void): number {
    let at = from
    while (at < end && this.state !== 'done') {
      if (this.state === 'data') at = this.takeData(at, end, each)
      else at = this.takeLine(buffer, at, end)
    }
    return at
  }

  private takeData(at: number, end: number, each: (from: number, to: number) => void): number {
    const to = Math.min(end, at + this.remaining)
    this.remaining -= to - at
    if (this.remaining === 0) this.state = 'data-end'
    each(at, to)
    return to
  }

  private takeLine(buffer: Buffer, at: number, end: number): number {
    const newline = buffer.indexOf(10, at)
    const to = newline < 0 || newline >= end ? end : newline + 1
    this.line += buffer.toString('latin1', at, to)
    if (this.line.length > maxLineBytes) throw this.error('A chunk line is too long')
    if (to === end && (newline < 0 || newline >= end)) return to
    if (!this.line.endsWith('\r\n')) throw this.error('A chunk line ends without CR')
    const line = this.line.slice(0, -2)
    this.line = ''
    this.endLine(line)
    return to
  }

  private endLine(line: string): void {
    if (this.state === 'data-end') {
      if (line !== '') throw this.error('A chunk is longer than its size')
      this.state = 'size'
    } else if (this.state === 'size') {
      const digits = /^([0-9a-f]{1,12})[\t ]*(?:;.*)?$/i.exec(line)?.[1]
      if (digits === undefined) throw this.error('Invalid chunk size')
      this.remaining = Number.parseInt(digits, 16)
      this.state = this.remaining === 0 ? 'trailer' : 'data'
    } else {
      this.trailerBytes += line.length
      if (this.trailerBytes > maxLineBytes) throw this.error('The trailers are too long')
      if (line === '') this.state = 'done'
    }
  }
}
