import type { SignatureError, SignatureFault } from '../../../sigv4/signature-error.ts'
import { GatewayError, type GatewayErrorOptions, type GatewayResponseType } from '../../error.ts'

/** How the service answers each fault; those without a type of their own follow the default for 4xx. */
const answers: Readonly<Record<SignatureFault, readonly [type: GatewayResponseType, options?: GatewayErrorOptions]>> = {
  missing: ['MISSING_AUTHENTICATION_TOKEN'],
  incomplete: ['DEFAULT_4XX', { status: 403, errorType: 'IncompleteSignatureException' }],
  'unknown-key': ['DEFAULT_4XX', { status: 403, errorType: 'UnrecognizedClientException' }],
  'expired-token': ['EXPIRED_TOKEN'],
  'wrong-time': ['DEFAULT_4XX', { status: 403, errorType: 'InvalidSignatureException' }],
  mismatch: ['INVALID_SIGNATURE'],
}

/** The call's error. What the request itself said, its session token among it, reaches its sender and not the log. */
export function signatureFailure({ fault, message, summary }: SignatureError): GatewayError {
  const [type, options] = answers[fault]
  return new GatewayError(type, message, { ...options, detail: summary })
}
