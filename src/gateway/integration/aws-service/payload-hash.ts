import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { sha256Hex } from '../../../sigv4/canonical-request.ts'

/** Bytes that are hashed at once: more would hold other calls back for longer than a millisecond. */
const sliceBytes = 1_048_576

/** Hex SHA-256 of a body of any size. */
export function payloadHash(body: Buffer): string | Promise<string> {
  return body.length <= sliceBytes ? sha256Hex(body) : inSlices(body)
}

async function inSlices(body: Buffer): Promise<string> {
  const hash = createHash('sha256')
  for (let at = 0; at < body.length; at += sliceBytes) {
    hash.update(body.subarray(at, at + sliceBytes))
    await turn()
  }
  return hash.digest('hex')
}
