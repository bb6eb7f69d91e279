import type { FunctionInvoker, FunctionResult } from '../../../../lambda/invoker.ts'
import type { DeployedHttpStage, HttpLambdaAuthorizer } from '../../../../snapshot/http-api.ts'
import { ServiceError } from '../../../../wire/service-error.ts'
import { authorityOf } from '../../../credentials/authority.ts'
import type { BackendCredentials } from '../../../credentials/backend-credentials.ts'
import { GatewayError } from '../../../error.ts'
import { awaited } from '../../../integration/lambda-proxy/awaited.ts'
import { functionArn } from '../../../integration/lambda-proxy/function-arn.ts'
import type { Client } from '../../../invocation.ts'
import { withStageVariables } from '../../../mapping/stage-variables.ts'
import { authorizerFailure } from './failure.ts'

export interface FunctionCallOutside {
  readonly functions: FunctionInvoker
  readonly credentials: BackendCredentials
}

/** Documented: how long a function may take to decide. */
const timeoutMs = 10_000

/**
 * Compiles the calls of an authorizer's function, which the role of its `credentialsArn` must be allowed, or without one the
 * service for `arn:aws:execute-api:{region}:{account}:{apiId}/authorizers/{authorizerId}`.
 *
 * @returns Calls it with an event. @throws {GatewayError} `AUTHORIZER_CONFIGURATION_ERROR`
 */
export function functionCall(
  { uri, authorizerId, credentialsArn }: HttpLambdaAuthorizer,
  { region, account, api, variables }: DeployedHttpStage,
  { functions, credentials: access }: FunctionCallOutside,
): (event: string, client: Client) => Promise<FunctionResult> {
  const target = functionArn(withStageVariables(uri, variables))
  const arn = `arn:aws:execute-api:${region}:${account}:${api.apiId}/authorizers/${authorizerId}`
  const credentials = credentialsArn && withStageVariables(credentialsArn, variables)
  const authority = authorityOf({ functionArn: target ?? '', credentials, access })

  return async (payload, client) => {
    if (target === undefined) throw authorizerFailure(`${uri} names no function`)
    try {
      const grounds = authority({ arn, account }, undefined)
      const call = { functionArn: target, payload, invocationType: 'RequestResponse', ...grounds } as const
      return await awaited(functions.invoke(call).catch(refuse), client, timeoutMs, (result) => result)
    } catch (error) {
      throw failureOf(error)
    }
  }
}

/** A role that cannot be assumed, and a function that takes too long, are the authorizer's fault as well. */
function failureOf(error: unknown): unknown {
  if (!(error instanceof GatewayError)) return error
  if (error.type === 'INTEGRATION_TIMEOUT') return authorizerFailure(`No answer within ${timeoutMs} ms`, error)
  return error.type === 'API_CONFIGURATION_ERROR' ? authorizerFailure(error.detail ?? '', error) : error
}

/** What Lambda refuses is the authorizer's fault, and never the caller's. */
function refuse(error: unknown): never {
  throw error instanceof ServiceError ? authorizerFailure(error.message, error) : error
}
