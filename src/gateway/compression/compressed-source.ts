import type { Transform } from 'node:stream'
import type { BodySink, BodySource } from '../reply.ts'
import { type Coding, compressor } from './coding.ts'

/** Compresses a body while it arrives, at the client's speed. */
export class CompressedSource implements BodySource {
  private readonly source: BodySource
  private readonly coder: Transform

  constructor(source: BodySource, coding: Coding) {
    this.source = source
    this.coder = compressor(coding)
  }

  pour(sink: BodySink): void {
    const { coder } = this
    coder.on('data', (chunk: Buffer) => {
      if (!sink.write(chunk)) coder.pause()
    })
    coder.on('end', () => sink.end())
    coder.on('error', (error: Error) => sink.fail(error))
    coder.on('drain', () => this.source.resume())
    this.source.pour({
      write: (chunk) => coder.write(chunk),
      end: (chunk) => void coder.end(chunk),
      fail: (error) => {
        coder.destroy()
        sink.fail(error)
      },
    })
  }

  resume(): void {
    this.coder.resume()
  }
}
