/** Calls back when a backend took too long; can stand still while the gateway waits for the client. */
export class Deadline {
  private timer: NodeJS.Timeout | undefined
  private readonly afterMs: number
  private readonly expire: () => void

  constructor(afterMs: number, expire: () => void) {
    this.afterMs = afterMs
    this.expire = expire
  }

  /** Starts anew. */
  start(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(this.expire, this.afterMs)
  }

  /** Starts anew, unless it stands still. */
  refresh(): void {
    this.timer?.refresh()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  /** Passes a request's body on, counting only the time that the backend takes for each piece. */
  async *excluding<T>(body: AsyncIterable<T>): AsyncGenerator<T> {
    this.stop()
    for await (const chunk of body) {
      this.start()
      yield chunk
      this.stop()
    }
    this.start()
  }
}
