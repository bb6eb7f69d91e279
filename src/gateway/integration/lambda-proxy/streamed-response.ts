import type { FunctionStream } from '../../../lambda/function-stream.ts'
import type { FunctionResult } from '../../../lambda/invoker.ts'
import type { ResponseListener, SentRequest } from '../upstream/upstream.ts'
import { failureOf } from './invoke-failure.ts'
import { malformed } from './malformed.ts'
import { badPrelude, delimiter, maxPreludeBytes, readPrelude } from './prelude.ts'

/**
 * One invocation of a streaming function: what it writes, read as a response. The function runs on when nobody listens any
 * more, as on Lambda; what it writes then is thrown away.
 */
export class StreamedResponse implements FunctionStream, SentRequest {
  private readonly listener: ResponseListener
  private goOn = () => {}
  /** What has arrived of the metadata. */
  private prelude: Buffer | undefined = Buffer.alloc(0)
  /** The listener has heard the end, or an error. */
  private ended = false

  constructor(listener: ResponseListener) {
    this.listener = listener
  }

  begin(resume: () => void): void {
    this.goOn = resume
  }

  write(chunk: Buffer): boolean {
    if (this.ended) return true
    return this.prelude ? this.readPrelude(Buffer.concat([this.prelude, chunk])) : this.listener.onData(chunk)
  }

  /** The function has ended. */
  settle({ payload, functionError }: FunctionResult): void {
    // A function that does not stream has its whole answer in the result.
    if (!functionError && payload !== '') this.write(Buffer.from(payload))
    if (this.ended) return
    if (functionError) this.fail(malformed('the function failed'))
    else if (this.prelude) this.fail(badPrelude('the response ended before its delimiter'))
    else {
      this.ended = true
      this.listener.onEnd()
    }
  }

  /** The function could not be invoked. */
  reject(error: unknown): void {
    const failure = failureOf(error)
    this.fail(failure instanceof Error ? failure : new Error('The invocation failed', { cause: failure }))
  }

  resume(): void {
    this.goOn()
  }

  abort(reason: Error): void {
    this.fail(reason)
    this.goOn()
  }

  private readPrelude(bytes: Buffer): boolean {
    const at = bytes.subarray(0, maxPreludeBytes).indexOf(delimiter)
    this.prelude = bytes
    if (at < 0) {
      if (bytes.length >= maxPreludeBytes) this.fail(badPrelude('the delimiter is missing'))
      return true
    }
    this.prelude = undefined
    try {
      const { status, headers } = readPrelude(bytes.toString('utf8', 0, at))
      this.listener.onHead(status, headers)
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error('Unreadable', { cause: error }))
      return true
    }
    const content = bytes.subarray(at + delimiter.length)
    return content.length === 0 || this.listener.onData(content)
  }

  private fail(error: Error): void {
    if (this.ended) return
    this.ended = true
    this.listener.onError(error)
  }
}
