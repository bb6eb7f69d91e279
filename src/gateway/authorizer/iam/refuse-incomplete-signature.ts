import { SignatureError } from '../../../sigv4/signature-error.ts'
import { signatureParts } from '../../../sigv4/signature-parts.ts'
import type { GatewayRequest } from '../../invocation.ts'
import { receivedRequest } from './received-request.ts'
import { signatureFailure } from './signature-failure.ts'

/**
 * Observed: a path that no method has, called with an `Authorization` header that is no signature, is told about the header.
 * @throws {GatewayError} `IncompleteSignatureException`
 */
export function refuseIncompleteSignature(request: GatewayRequest): void {
  if (request.headers.get('authorization') === undefined) return
  try {
    signatureParts(receivedRequest(request))
  } catch (error) {
    throw error instanceof SignatureError ? signatureFailure(error) : error
  }
}
