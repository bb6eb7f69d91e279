import { hash } from 'node:crypto'
import { type SignedCaller, signedCallers } from '../../identity/signed-caller.ts'
import { authorize } from '../../policy/authorize.ts'
import type { ConditionContext } from '../../policy/request.ts'
import { receivedHeaders } from '../../sigv4/received-headers.ts'
import { SignatureError } from '../../sigv4/signature-error.ts'
import { type SignatureVerifier, signatureVerifier } from '../../sigv4/verify.ts'
import type { AccessKey, Principal } from '../../snapshot/identity.ts'
import type { Contract } from '../../wire/contract.ts'
import type { Guard, GuardedCall } from '../../wire/guard.ts'
import type { WireRequest } from '../../wire/message.ts'
import type { Caller } from '../../wire/operation.ts'
import { apiGatewayPermissions } from './apigateway.ts'
import { type EntityArn, iamPermissions } from './iam.ts'
import { isKnownKey } from './known-keys.ts'
import { lambdaPermissions } from './lambda.ts'
import type { Permission } from './permission.ts'
import { denied, signatureRefusal } from './refusal.ts'
import { stsPermissions, unsignedStsOperations } from './sts.ts'

export interface GuardOptions {
  /** Whose access key it is, among those that are usable now. */
  readonly find: (accessKeyId: string) => { readonly accessKey: AccessKey; readonly principal: Principal } | undefined
  readonly entityArn: EntityArn
  /** Epoch milliseconds. */
  readonly now: () => number
}

/**
 * Guards the management APIs: every call is signed by a known key, and allowed by the policies of its owner for each action
 * and resource that it is about.
 */
export function createGuard({ find, entityArn, now }: GuardOptions): Guard<SignedCaller> {
  const callers = signedCallers(isKnownKey)
  const verifiers = new Map<string, SignatureVerifier<AccessKey>>()
  const keyOf = (accessKeyId: string) => find(accessKeyId)?.accessKey

  function verifierOf(service: string): SignatureVerifier<AccessKey> {
    const known = verifiers.get(service) ?? signatureVerifier<AccessKey>({ keyOf, service, now })
    verifiers.set(service, known)
    return known
  }

  return {
    identify(request, contract, operation) {
      const { service, signingName } = contract
      if (service === 'sts' && operation !== undefined && unsignedStsOperations.has(operation)) return undefined
      const key = verified(request, contract, verifierOf(signingName))
      const identity = find(key.accessKeyId)
      if (!identity) throw new Error(`The access key ${key.accessKeyId} has gone while it was looked at`)
      return callers(key, identity.principal)
    },

    async authorize(signer, call) {
      for (const permission of await permissionsOf(call, signer, entityArn)) {
        const { action, resource, values } = permission
        const context = managementContext(call.caller, now(), signer, values)
        const decision = authorize(
          { principal: signer.principal, action, resource, context },
          signer.policies,
          undefined,
          true,
        )
        if (!decision.allowed) throw denied(signer.arn, permission, decision, call.contract)
      }
    },
  }
}

function verified(request: WireRequest, contract: Contract, verify: SignatureVerifier<AccessKey>): AccessKey {
  const { method, target, headers, body } = request
  const question = target.indexOf('?')
  try {
    const pending = verify({
      method,
      path: question < 0 ? target : target.slice(0, question),
      query: question < 0 ? '' : target.slice(question + 1),
      headers: receivedHeaders(Object.entries(headers).flat()),
    })
    pending.check(hash('sha256', body, 'hex'))
    return pending.key
  } catch (error) {
    throw error instanceof SignatureError ? signatureRefusal(error, contract) : error
  }
}

async function permissionsOf(call: GuardedCall, signer: SignedCaller, entityArn: EntityArn): Promise<Permission[]> {
  switch (call.contract.service) {
    case 'apigateway':
    case 'apigatewayv2':
      return apiGatewayPermissions(call)
    case 'lambda':
      return lambdaPermissions(call)
    case 'iam':
      return iamPermissions(call, signer.arn, entityArn)
    case 'sts':
      return stsPermissions(call)
    default:
      return [{ action: `${call.contract.signingName}:${call.operation}`, resource: '*' }]
  }
}

/** Callers reach the control plane without TLS: it ends in front of the gateway, if anywhere. */
function managementContext(
  { region, origin }: Caller,
  nowMs: number,
  signer: SignedCaller,
  own: Permission['values'],
): ConditionContext {
  const values = new Map<string, string | readonly string[] | undefined>([
    ['aws:sourceip', origin?.sourceIp],
    ['aws:useragent', origin?.userAgent],
    ['aws:securetransport', 'false'],
    ['aws:currenttime', new Date(nowMs).toISOString()],
    ['aws:epochtime', String(Math.floor(nowMs / 1000))],
    ['aws:requestedregion', region],
    ...(own ?? []),
  ])
  return (key) => values.get(key) ?? signer.context(key)
}
