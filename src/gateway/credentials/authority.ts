import type { RoleSource } from '../../identity/service-trust.ts'
import type { SignedCaller } from '../../identity/signed-caller.ts'
import type { FunctionInvocation } from '../../lambda/invoker.ts'
import { areCallers } from '../../snapshot/caller-credentials.ts'
import { configurationError, type GatewayError } from '../error.ts'
import type { BackendCredentials } from './backend-credentials.ts'

/** On what grounds a function is invoked: for the service itself, or with somebody's credentials. */
export type Authority = Pick<FunctionInvocation, 'service' | 'caller'>

export interface AuthorityOptions {
  /** ARN, with the qualifier that is used if there is one. */
  readonly functionArn: string
  /** A role, or `arn:aws:iam::*:user/*`. Absent: the function's own policy has to allow the service. */
  readonly credentials: string | undefined
  readonly access: BackendCredentials
}

/**
 * Compiles who invokes a function.
 *
 * @returns Takes who is called for, and who signed the call.
 * @throws {GatewayError} from what it returns, when there are no such credentials.
 */
export function authorityOf({ functionArn, credentials, access }: AuthorityOptions) {
  return (source: RoleSource, signer: SignedCaller | undefined): Authority => {
    if (!credentials) {
      return {
        service: { principal: 'apigateway.amazonaws.com', sourceArn: source.arn, sourceAccount: source.account },
      }
    }
    if (areCallers(credentials)) {
      if (!signer) throw nobodyCalled()
      return { caller: access.invoking(signer, functionArn) }
    }
    const role = access.assume(credentials, source)
    if (!role) throw roleRefused(credentials)
    return { caller: access.invoking(role, functionArn) }
  }
}

/** Observed text. */
export function roleRefused(roleArn: string, why = ''): GatewayError {
  return configurationError(
    `Execution failed due to configuration error: API Gateway does not have permission to assume the provided role ${roleArn}${why}`,
  )
}

/** Such a call comes from a test invocation alone: deployments ask for signatures. */
export function nobodyCalled(): GatewayError {
  return configurationError(
    'Execution failed due to configuration error: The call has no credentials to call the backend with',
  )
}
