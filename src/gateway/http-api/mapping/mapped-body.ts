import { Payload } from '../../mapping/payload.ts'

/** Documented: JSONPaths see so much of a body, in bytes. */
const maxPathBytes = 100 * 1024

/** A body as parameter mappings see it: read when it is first asked for. */
export class MappedBody {
  private readonly bytes: Buffer
  private whole: string | undefined
  private parsed: Payload | undefined

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  get text(): string {
    this.whole ??= this.bytes.toString('utf8')
    return this.whole
  }

  /** What JSONPaths are read from. */
  get payload(): Payload {
    this.parsed ??= new Payload(this.bytes.toString('utf8', 0, maxPathBytes))
    return this.parsed
  }
}

/** Where no mapping reads the body. */
export const unreadBody = new MappedBody(Buffer.alloc(0))
