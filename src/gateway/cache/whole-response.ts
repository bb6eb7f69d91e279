import { type ArrivedResponse, type CachedResponse, lengthOf } from '../../response-cache/response-cache.ts'
import { type Held, HeldSource } from '../compression/held-source.ts'
import { isNamed } from '../headers.ts'
import { type BodySink, type BodySource, isSource, type Reply } from '../reply.ts'

/** A reply on its way to the client, with what is to be cached of it. */
export interface WholeReply {
  readonly reply: Reply
  /** To be kept before the reply is sent, which takes its pieces over. Absent: it is too large, or broke off. */
  readonly response?: ArrivedResponse
}

/** Collects a reply, so that no slow client holds up those who wait for it. One that is too large passes on as it arrives. */
export function wholeReply(reply: Reply, maxBytes: number): WholeReply | Promise<WholeReply> {
  const { status, headers, body } = reply
  if (!isSource(body)) {
    const bytes = Buffer.from(body)
    return bytes.length > maxBytes ? { reply } : { reply, response: { status, headers, pieces: [bytes] } }
  }
  const declared = declaredBytes(headers)
  if (declared > maxBytes) return { reply }
  return new Promise((resolve) => {
    HeldSource.hold(body, maxBytes + 1, (held) => resolve(heldReply(reply, held, Number.isNaN(declared))))
  })
}

function heldReply({ status, headers }: Reply, { body, isEnough }: Held, isUndeclared: boolean): WholeReply {
  const pieces = isEnough ? undefined : body.pieces
  if (!pieces) return { reply: { status, headers, body } }
  const isPlain = isUndeclared && lengthOf(pieces) < releasedBytes
  return { reply: { status, headers, body: isPlain ? joined(pieces) : body }, response: { status, headers, pieces } }
}

/**
 * A response on its way to a client, who takes its body over. What its header lines say of its length stays true, also of one
 * that has no body to it.
 */
export function cachedReply({ status, headers, body }: CachedResponse): Reply {
  const isPlain = body.length < releasedBytes && Number.isNaN(declaredBytes(headers))
  return { status, headers, body: isPlain ? body : new WholeSource(body) }
}

/** Larger bodies are worth their memory back as soon as they were sent. */
const releasedBytes = 16_384

/** @returns Not a number, where no header line says it. */
function declaredBytes(headers: readonly string[]): number {
  for (let i = 0; i < headers.length; i += 2) {
    if (isNamed(headers[i] ?? '', 'content-length')) return Number(headers[i + 1])
  }
  return Number.NaN
}

function joined(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces
  return first && pieces.length === 1 ? first : Buffer.concat(pieces)
}

class WholeSource implements BodySource {
  private readonly bytes: Buffer

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  pour(sink: BodySink): void {
    sink.end(this.bytes)
  }

  resume(): void {}
}
