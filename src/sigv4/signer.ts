import {
  canonicalRequest,
  credentialScope,
  type SignedParts,
  sha256Hex,
  signingAlgorithm,
} from './canonical-request.ts'
import { type SigningKey, signingKey } from './signing-key.ts'

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
  let key: SigningKey | undefined
  return (parts, amzDate) => {
    const date = amzDate.slice(0, 8)
    if (!key || date !== day) {
      key = signingKey(credentials.secretAccessKey, date, region, service)
      day = date
    }
    const scope = credentialScope(date, region, service)
    const signature = key.sign(amzDate, sha256Hex(canonicalRequest(parts, service)))
    const names = parts.signedHeaders.toSorted().join(';')
    const credential = `Credential=${credentials.accessKeyId}/${scope}`
    return `${signingAlgorithm} ${credential}, SignedHeaders=${names}, Signature=${signature}`
  }
}
