import { hash } from 'node:crypto'
import { type SignedCaller, signedCallers } from '../../../identity/signed-caller.ts'
import { decide } from '../../../policy/api-call.ts'
import type { Policy } from '../../../policy/policy.ts'
import { SignatureError } from '../../../sigv4/signature-error.ts'
import { signatureVerifier } from '../../../sigv4/verify.ts'
import type { AccessKey } from '../../../snapshot/identity.ts'
import { GatewayError } from '../../error.ts'
import type { Identities } from '../../identity/identities.ts'
import type { Invocation } from '../../invocation.ts'
import type { Step } from '../../pipeline.ts'
import { receivedBody } from '../../received-body.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import { methodArn } from '../lambda/method-arn.ts'
import { accessDenied } from '../resource-policy/access-denied.ts'
import { callContext } from '../resource-policy/call-context.ts'
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

/** `AWS_IAM`: lets in who signed, and may invoke the method by their own policies and the API's together. */
export function authorizeByIam(signatures: CallSignatures, resourcePolicy: Policy | undefined): Step<DeployedMethod> {
  return ({ method, stage }, next) => {
    if (method.authorizer?.type !== 'AWS_IAM') return next
    const { account, region, stageName, api } = stage
    const place = { region, account, apiId: api.restApiId, stageName }

    const admit = (invocation: Invocation, caller: SignedCaller) => {
      const resource = methodArn(place, invocation.request)
      if (resource.length > maxArnBytes) throw new GatewayError('DEFAULT_4XX', 'Request URI too long', { status: 414 })
      const context = callContext(invocation, region, caller.context)
      const decision = decide({
        request: { principal: caller.principal, action: 'execute-api:Invoke', resource, context },
        isPrivate: false,
        authorization: { type: 'AWS_IAM', policies: caller.policies, sameAccount: caller.account === account },
        ...(resourcePolicy && { resourcePolicy }),
      })
      if (!decision.allowed) throw accessDenied(caller.arn, resource, decision)
      return next({ ...invocation, caller })
    }

    return (invocation) => {
      const pending = signatures.begin(invocation, region)
      const { request } = invocation
      if (request.body.length === 0) return admit(invocation, pending.end(emptyHash))
      return request.body.read().then((bytes) => {
        const caller = pending.end(hash('sha256', bytes, 'hex'))
        return admit({ ...invocation, request: { ...request, body: receivedBody(bytes) } }, caller)
      })
    }
  }
}

/** Documented: of a method's ARN, where calls are authorized. */
const maxArnBytes = 1_600
const emptyHash = hash('sha256', '', 'hex')

function refusing<T>(verify: () => T): T {
  try {
    return verify()
  } catch (error) {
    throw error instanceof SignatureError ? signatureFailure(error) : error
  }
}
