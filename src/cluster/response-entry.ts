import type { RemoteResponse } from '../response-cache/remote-responses.ts'

/** A response as Redis keeps it, before it is sealed: the length of its head, the head in JSON, and the body. */
export function packResponse({ status, headers, body }: RemoteResponse): Buffer {
  const head = Buffer.from(JSON.stringify([status, headers]))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  return Buffer.concat([length, head, body])
}

/** @param packed From `packResponse`: its seal was found whole. */
export function unpackResponse(packed: Buffer, ttlSeconds: number): RemoteResponse {
  const bodyStart = 4 + packed.readUInt32LE(0)
  const [status, headers]: [number, string[]] = JSON.parse(packed.toString('utf8', 4, bodyStart))
  return { status, headers, body: new Uint8Array(packed.subarray(bodyStart)), ttlSeconds }
}
