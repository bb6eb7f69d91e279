import { createHmac } from 'node:crypto'
import { canonicalRequest, credentialScope, type SignedParts, stringToSign } from './canonical-request.ts'

export interface SigningCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary credentials. */
  readonly sessionToken?: string
}

/** Who signs, and for what. */
export interface SigningIdentity {
  readonly credentials: SigningCredentials
  readonly region: string
  /** The service's signing name: `lambda`, `execute-api`, … */
  readonly service: string
}

/**
 * Signs one request.
 * @param amzDate `yyyyMMddTHHmmssZ`: the value of its `x-amz-date`, which is among the signed headers.
 * @returns The value of its `Authorization`.
 */
export type Signer = (parts: SignedParts, amzDate: string) => string

/** A signer with SigV4: it derives its key once a day. */
export function signer({ credentials, region, service }: SigningIdentity): Signer {
  let day = ''
  let key: Buffer = Buffer.alloc(0)
  return (parts, amzDate) => {
    const date = amzDate.slice(0, 8)
    if (date !== day) {
      key = signingKey(credentials.secretAccessKey, date, region, service)
      day = date
    }
    const scope = credentialScope(date, region, service)
    const signature = hmac(key, stringToSign(amzDate, scope, canonicalRequest(parts, service))).toString('hex')
    const names = parts.signedHeaders.toSorted().join(';')
    const credential = `Credential=${credentials.accessKeyId}/${scope}`
    return `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`
  }
}

/** The key that signs and verifies one day's requests to one service in one region. `date` is `yyyyMMdd`. */
export function signingKey(secretAccessKey: string, date: string, region: string, service: string): Buffer {
  return [date, region, service, 'aws4_request'].reduce(hmac, Buffer.from(`AWS4${secretAccessKey}`))
}

export function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}
