import { amzDateOf } from '../../../sigv4/amz-date.ts'
import { type Signer, type SigningCredentials, signer } from '../../../sigv4/signer.ts'
import type { UpstreamRequest } from '../upstream/upstream.ts'
import type { Address } from './service-endpoint.ts'
import type { ServiceTarget } from './service-target.ts'

/** A request to a service before it is signed. */
export interface UnsignedServiceRequest extends ServiceTarget {
  readonly method: string
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
  /** Hex SHA-256 of the body. */
  readonly payloadHash: string
}

/** Signs one request. */
export type ServiceSigner = (request: UnsignedServiceRequest) => UpstreamRequest

/** Signs requests with SigV4, for whatever region and service their address names. */
export function serviceSigner(credentials: SigningCredentials, now: () => number): ServiceSigner {
  let last: { readonly region: string; readonly signingName: string; readonly sign: Signer } | undefined

  /** An integration's requests all go to one service, as a rule. */
  function signerFor({ region, signingName }: Address): Signer {
    if (last?.region !== region || last.signingName !== signingName) {
      last = { region, signingName, sign: signer({ credentials, region, service: signingName }) }
    }
    return last.sign
  }

  return (request) => {
    const { method, address, path, query, payloadHash, body } = request
    const amzDate = amzDateOf(new Date(now()))
    const headers: Record<string, string> = {
      ...Object.fromEntries(request.headers),
      host: address.host,
      'x-amz-date': amzDate,
      'x-amz-content-sha256': payloadHash,
      ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
    }
    const header = (name: string) => headers[name]
    const signedHeaders = Object.keys(headers).filter(isSigned)
    const authorization = signerFor(address)({ method, path, query, header, signedHeaders, payloadHash }, amzDate)
    return {
      method,
      path: query === '' ? path : `${path}?${query}`,
      headers: [...Object.entries(headers).flat(), 'authorization', authorization],
      body: body.length === 0 ? null : body,
    }
  }
}

/** What SigV4 requires to be signed. The rest may be changed on the way. */
function isSigned(name: string): boolean {
  return name === 'host' || name === 'content-type' || name.startsWith('x-amz-')
}
