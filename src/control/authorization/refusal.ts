import type { Decision } from '../../policy/authorize.ts'
import type { SignatureError, SignatureFault } from '../../sigv4/signature-error.ts'
import type { Contract } from '../../wire/contract.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { Permission } from './permission.ts'

interface Refusal {
  readonly code: string
  readonly status: number
  /** Where the family has words of its own. */
  readonly message?: string
}

/** What the JSON services answer. */
const json: Readonly<Record<SignatureFault, Refusal>> = {
  missing: { code: 'MissingAuthenticationTokenException', status: 403 },
  incomplete: { code: 'IncompleteSignatureException', status: 403 },
  'unknown-key': { code: 'UnrecognizedClientException', status: 403 },
  'expired-token': { code: 'ExpiredTokenException', status: 403 },
  'wrong-time': { code: 'InvalidSignatureException', status: 403 },
  mismatch: { code: 'InvalidSignatureException', status: 403 },
}

/** What the query services answer. */
const query: Readonly<Record<SignatureFault, Refusal>> = {
  missing: {
    code: 'MissingAuthenticationToken',
    status: 403,
    message: 'Request is missing Authentication Token',
  },
  incomplete: { code: 'IncompleteSignature', status: 400 },
  'unknown-key': { code: 'InvalidClientTokenId', status: 403 },
  'expired-token': { code: 'ExpiredToken', status: 403 },
  'wrong-time': { code: 'SignatureDoesNotMatch', status: 403 },
  mismatch: { code: 'SignatureDoesNotMatch', status: 403 },
}

/** A signature's refusal, as the service calls it. */
export function signatureRefusal({ fault, message: said }: SignatureError, contract: Contract): ServiceError {
  const { code, status, message = said } = (isQuery(contract) ? query : json)[fault]
  return new ServiceError(code, message, { status })
}

/** Observed text of both families. */
export function denied(
  arn: string,
  { action, resource }: Permission,
  { explicit, by }: Decision & { allowed: false },
  contract: Contract,
): ServiceError {
  const article = by === 'identity-based policy' ? 'an' : 'a'
  const why = explicit ? `with an explicit deny in ${article} ${by}` : `because no ${by} allows the ${action} action`
  const message = `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`
  return new ServiceError(isQuery(contract) ? 'AccessDenied' : 'AccessDeniedException', message, { status: 403 })
}

function isQuery({ protocols }: Contract): boolean {
  return protocols.includes('awsQuery')
}
