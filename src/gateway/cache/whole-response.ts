import type { CachedResponse } from '../../response-cache/response-cache.ts'
import { HeldSource } from '../compression/held-source.ts'
import { isNamed } from '../headers.ts'
import { release } from '../release.ts'
import { type BodySink, type BodySource, isSource, type Reply } from '../reply.ts'

/** A reply on its way to the client, with what is to be cached of it. */
export interface WholeReply {
  readonly reply: Reply
  /** Absent: it is too large, or broke off. */
  readonly response?: CachedResponse
}

/** Collects a reply, so that no slow client holds up those who wait for it. One that is too large passes on as it arrives. */
export async function wholeReply(reply: Reply, maxBytes: number): Promise<WholeReply> {
  const { status, headers, body } = reply
  if (!isSource(body)) {
    const bytes = Buffer.from(body)
    return bytes.length > maxBytes ? { reply } : { reply, response: { status, headers, body: bytes } }
  }
  if (declaredBytes(headers) > maxBytes) return { reply }
  const held = await HeldSource.of(body, maxBytes + 1)
  const passed = { ...reply, body: held.body }
  if (held.isEnough) return { reply: passed }
  const bytes = wholeBody(held.body)
  if (!bytes) return { reply: passed }
  const response = { status, headers, body: bytes }
  return { reply: cachedReply(response), response }
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

/** The bytes of a body that has ended. @returns Undefined for one that has failed. */
function wholeBody(source: BodySource): Buffer | undefined {
  const chunks: Buffer[] = []
  let failed = false
  const sink: BodySink = {
    write: (chunk) => chunks.push(chunk) > 0,
    end: (chunk) => void (chunk && chunks.push(chunk)),
    fail() {
      failed = true
    },
  }
  source.pour(sink)
  if (failed) return undefined
  const [first] = chunks
  if (first && chunks.length === 1) return first
  const whole = Buffer.concat(chunks)
  for (const chunk of chunks) release(chunk)
  return whole
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
