import { createHmac, hash } from 'node:crypto'
import { credentialScope, signingAlgorithm } from './canonical-request.ts'

/** What signs and verifies one day's requests to one service in one region. */
export interface SigningKey {
  /**
   * Signs a request of its day.
   * @param amzDate `yyyyMMddTHHmmssZ`.
   * @param canonicalHash Hex SHA-256 of the canonical request.
   * @returns Hex, in lower case.
   */
  sign(amzDate: string, canonicalHash: string): string
}

/** Bytes that HMAC-SHA256 puts its key into (RFC 2104). */
const blockBytes = 64
const digestBytes = 32

/**
 * Derives the key of a day. @param date `yyyyMMdd`.
 *
 * All that it signs has one length and differs in two places, so both of HMAC's hashes are laid out once: a signature costs
 * two one-shot hashes, a quarter of what `createHmac` takes.
 */
export function signingKey(secretAccessKey: string, date: string, region: string, service: string): SigningKey {
  const key = derivedKey(secretAccessKey, date, region, service)
  const head = `${signingAlgorithm}\n`
  const scope = `\n${credentialScope(date, region, service)}\n`
  const dateAt = blockBytes + head.length
  const hashAt = dateAt + amzDateLength + Buffer.byteLength(scope)
  const inner = Buffer.concat([padded(key, 0x36), Buffer.from(head + ' '.repeat(amzDateLength) + scope), hexOfDigest])
  const outer = Buffer.concat([padded(key, 0x5c), Buffer.alloc(digestBytes)])
  return {
    sign(amzDate, canonicalHash) {
      inner.write(amzDate, dateAt, 'latin1')
      inner.write(canonicalHash, hashAt, 'latin1')
      outer.write(hash('sha256', inner, 'latin1'), blockBytes, 'latin1')
      return hash('sha256', outer, 'hex')
    },
  }
}

const amzDateLength = 'yyyyMMddTHHmmssZ'.length
const hexOfDigest = Buffer.alloc(2 * digestBytes)

function derivedKey(secretAccessKey: string, date: string, region: string, service: string): Buffer {
  const seed = Buffer.from(`AWS4${secretAccessKey}`)
  return [date, region, service, 'aws4_request'].reduce(
    (key, text) => createHmac('sha256', key).update(text).digest(),
    seed,
  )
}

function padded(key: Buffer, byte: number): Buffer {
  const block = Buffer.alloc(blockBytes, byte)
  for (const [index, value] of key.entries()) block[index] = value ^ byte
  return block
}
