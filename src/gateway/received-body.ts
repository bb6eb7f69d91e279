import type { RequestBody } from './invocation.ts'

/** A body that has arrived, for those who come after its first reader. */
export function receivedBody(bytes: Buffer): RequestBody {
  return {
    length: bytes.length,
    read: () => bytes,
    async *stream() {
      if (bytes.length > 0) yield bytes
    },
  }
}
