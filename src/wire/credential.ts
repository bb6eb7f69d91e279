import type { ParsedRequest } from './codec.ts'

/** The credential that a signed request names, not verified. */
export interface Credential {
  readonly accessKeyId: string
  /** `yyyyMMdd`. */
  readonly date: string
  /** Absent in SigV4a, whose signatures hold in several regions. */
  readonly region?: string
  /** The signing name of the service. */
  readonly service: string
}

const schemes = /^(AWS4-HMAC-SHA256|AWS4-ECDSA-P256-SHA256)\s.*?Credential=([^,\s]+)/

/** Reads the credential of a request signed in its headers or its query (a presigned URL); `undefined` when there is none. */
export function credentialOf({ headers, query }: Pick<ParsedRequest, 'headers' | 'query'>): Credential | undefined {
  const inHeader = schemes.exec(headers['authorization'] ?? '')?.[2]
  return parseCredential(inHeader ?? query.get('X-Amz-Credential') ?? '')
}

/** Access key ids may contain slashes, so a credential is read from its end. */
function parseCredential(text: string): Credential | undefined {
  const parts = text.split('/')
  if (parts.length < 4 || parts.pop() !== 'aws4_request') return undefined
  const service = parts.pop() ?? ''
  const last = parts.pop() ?? ''
  const isDate = /^\d{8}$/.test(last)
  const date = isDate ? last : (parts.pop() ?? '')
  const accessKeyId = parts.join('/')
  if (!service || !accessKeyId || !/^\d{8}$/.test(date)) return undefined
  return { accessKeyId, date, service, ...(isDate ? {} : { region: last }) }
}
