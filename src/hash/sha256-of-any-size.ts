import { createHash, hash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'

/** Bytes that are hashed at once: more would hold other calls back for longer than a millisecond. */
const sliceBytes = 1_048_576

/** Hex SHA-256 of so many bytes as there are, without holding other calls back. */
export function sha256OfAnySize(bytes: Uint8Array): string | Promise<string> {
  return bytes.length <= sliceBytes ? hash('sha256', bytes, 'hex') : inSlices(bytes)
}

async function inSlices(bytes: Uint8Array): Promise<string> {
  const sha256 = createHash('sha256')
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    sha256.update(bytes.subarray(at, at + sliceBytes))
    await turn()
  }
  return sha256.digest('hex')
}
