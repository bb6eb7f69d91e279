import { hash } from 'node:crypto'
import { type SignedCaller, signedCallers } from '../../../identity/signed-caller.ts'
import { SignatureError } from '../../../sigv4/signature-error.ts'
import { signatureVerifier } from '../../../sigv4/verify.ts'
import type { AccessKey } from '../../../snapshot/identity.ts'
import { GatewayError } from '../../error.ts'
import type { Identities } from '../../identity/identities.ts'
import type { Invocation } from '../../invocation.ts'
import type { Handler } from '../../pipeline.ts'
import { receivedBody } from '../../received-body.ts'
import type { Reply } from '../../reply.ts'
import { whenKnown } from '../../when-known.ts'
import { receivedRequest } from './received-request.ts'
import { signatureFailure } from './signature-failure.ts'

/** Finds out who signed a call. */
export interface CallSignatures {
  /** Verifies what can be verified before the body is read. @throws {GatewayError} */
  begin(invocation: Invocation, region: string): PendingCall
}

/** A call by a known key. */
export interface PendingCall {
  /** @param payloadHash Hex SHA-256 of the body. @throws {GatewayError} */
  end(payloadHash: string): SignedCaller
}

/** Verifies calls by the identities that there are now: without any, nobody is let in. */
export function callSignatures({ identities, now }: { identities: Identities; now: () => number }): CallSignatures {
  const keyOf = (accessKeyId: string) => identities.find(accessKeyId)?.accessKey
  const verify = signatureVerifier<AccessKey>({ keyOf, service: 'execute-api', now })
  const callers = signedCallers()

  return {
    begin(invocation, region) {
      const pending = refusing(() => verify(receivedRequest(invocation.request), region))
      return {
        end(payloadHash) {
          refusing(() => pending.check(payloadHash))
          // While the body came, the key may have gone.
          const identity = identities.find(pending.key.accessKeyId)
          if (identity?.accessKey !== pending.key) throw new GatewayError('DEFAULT_4XX', unknown, unknownOptions)
          return callers(identity.accessKey, identity.principal)
        },
      }
    },
  }
}

const unknown = 'The security token included in the request is invalid.'
const unknownOptions = { status: 403, errorType: 'UnrecognizedClientException' }

/**
 * Handles the calls that somebody signed.
 *
 * @param admit Goes on with a call, whose body can be read again.
 * @throws {GatewayError} from what it returns, for every other call.
 */
export function whenSigned(
  signatures: CallSignatures,
  region: string,
  admit: (invocation: Invocation, caller: SignedCaller) => Reply | Promise<Reply>,
): Handler {
  return (invocation) => {
    const pending = signatures.begin(invocation, region)
    const { request } = invocation
    if (request.body.length === 0) return admit(invocation, pending.end(emptyHash))
    return whenKnown(request.body.read(), (bytes) => {
      const caller = pending.end(hash('sha256', bytes, 'hex'))
      return admit({ ...invocation, request: { ...request, body: receivedBody(bytes) } }, caller)
    })
  }
}

const emptyHash = hash('sha256', '', 'hex')

function refusing<T>(verify: () => T): T {
  try {
    return verify()
  } catch (error) {
    throw error instanceof SignatureError ? signatureFailure(error) : error
  }
}
