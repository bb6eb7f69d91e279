import { ChunkedBody } from '../../http1/chunked-body.ts'
import { headEnd, headText } from '../../http1/head-text.ts'
import { BadResponse, type KnownHead, parseHead, type ResponseHead } from './response-head.ts'
import type { ResponseListener } from './upstream.ts'

/** Largest head of a response, in bytes. */
const maxHeadBytes = 65_536
const nothing = Buffer.alloc(0)

/** Reads one response from the bytes of a connection, and tells its listener of it. */
export class ResponseParser {
  head: ResponseHead | undefined
  done = false
  private pending: Buffer = nothing
  private remaining = 0
  private chunked: ChunkedBody | undefined
  private readonly known: KnownHead
  private readonly method: string
  private readonly listener: Pick<ResponseListener, 'onHead' | 'onData'>

  /** @param known Of the same backend. */
  constructor(method: string, listener: Pick<ResponseListener, 'onHead' | 'onData'>, known: KnownHead) {
    this.known = known
    this.method = method
    this.listener = listener
  }

  /** Whether anything has come yet. */
  get begun(): boolean {
    return this.head !== undefined || this.pending.length > 0
  }

  /**
   * @param buffer Reused by its owner afterwards: what is passed on is copied.
   * @returns False when the listener holds back.
   * @throws {BadResponse} for what is no response, and for bytes after its end.
   */
  take(buffer: Buffer, end: number): boolean {
    if (this.head) return this.takeBody(buffer, 0, end)
    if (this.pending.length === 0) return this.takeHead(buffer, end)
    const whole = Buffer.concat([this.pending, buffer.subarray(0, end)])
    this.pending = nothing
    return this.takeHead(whole, whole.length)
  }

  /** The connection ended. @returns Whether that completes the response. */
  close(): boolean {
    if (this.head?.framing === 'until-close') this.done = true
    return this.done
  }

  private takeHead(buffer: Buffer, end: number): boolean {
    let at = 0
    while (!this.head) {
      const text = headText(buffer, at, end)
      const to = text.indexOf(headEnd)
      if (to < 0) {
        if (end - at > maxHeadBytes) throw new BadResponse('The head is too large')
        this.pending = copied(buffer, at, end)
        return true
      }
      const head = parseHead(text, to + 2, this.known)
      at += to + headEnd.length
      if (head.status === 101) throw new BadResponse('The protocol was switched unasked')
      if (head.status >= 200) this.begin(head)
    }
    return this.takeBody(buffer, at, end)
  }

  private begin(head: ResponseHead): void {
    this.head = head
    const { status, framing } = head
    if (this.method === 'HEAD' || status === 204 || status === 304 || framing === 0) this.done = true
    else if (framing === 'chunked') this.chunked = new ChunkedBody((why) => new BadResponse(why))
    else if (framing !== 'until-close') this.remaining = framing
    this.listener.onHead(status, head.headers)
  }

  private takeBody(buffer: Buffer, from: number, end: number): boolean {
    let open = true
    const pass = (at: number, to: number) => {
      if (!this.listener.onData(copied(buffer, at, to))) open = false
    }
    let at = from
    if (this.done) at = from
    else if (this.chunked) {
      at = this.chunked.take(buffer, from, end, pass)
      this.done = this.chunked.done
    } else if (this.head?.framing === 'until-close') {
      at = end
      if (end > from) pass(from, end)
    } else {
      at = Math.min(end, from + this.remaining)
      this.remaining -= at - from
      this.done = this.remaining === 0
      if (at > from) pass(from, at)
    }
    if (at < end) throw new BadResponse('Bytes after the end')
    return open
  }
}

function copied(buffer: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.allocUnsafe(to - from)
  buffer.copy(copy, 0, from, to)
  return copy
}
