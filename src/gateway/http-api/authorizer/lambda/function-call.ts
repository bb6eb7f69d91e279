import type { FunctionInvoker, FunctionResult } from '../../../../lambda/invoker.ts'
import type { DeployedHttpStage, HttpLambdaAuthorizer } from '../../../../snapshot/http-api.ts'
import { ServiceError } from '../../../../wire/service-error.ts'
import { GatewayError } from '../../../error.ts'
import { awaited } from '../../../integration/lambda-proxy/awaited.ts'
import { functionArn } from '../../../integration/lambda-proxy/function-arn.ts'
import type { Client } from '../../../invocation.ts'
import { withStageVariables } from '../../../mapping/stage-variables.ts'
import { authorizerFailure } from './failure.ts'

/** Documented: how long a function may take to decide. */
const timeoutMs = 10_000

/**
 * Compiles the calls of an authorizer's function, which its resource policy must allow to
 * `arn:aws:execute-api:{region}:{account}:{apiId}/authorizers/{authorizerId}`.
 *
 * @returns Calls it with an event. @throws {GatewayError} `AUTHORIZER_CONFIGURATION_ERROR`
 */
export function functionCall(
  { uri, authorizerId, credentialsArn }: HttpLambdaAuthorizer,
  { region, account, api, variables }: DeployedHttpStage,
  functions: FunctionInvoker,
): (event: string, client: Client) => Promise<FunctionResult> {
  const target = functionArn(withStageVariables(uri, variables))
  const sourceArn = `arn:aws:execute-api:${region}:${account}:${api.apiId}/authorizers/${authorizerId}`
  const service = { principal: 'apigateway.amazonaws.com', sourceArn, sourceAccount: account }

  return async (payload, client) => {
    // Such authorizers are not deployed: nobody assumes their role here.
    if (credentialsArn !== undefined) throw authorizerFailure(`The role ${credentialsArn} cannot be assumed`)
    if (target === undefined) throw authorizerFailure(`${uri} names no function`)
    const running = functions.invoke({ functionArn: target, payload, invocationType: 'RequestResponse', service })
    try {
      return await awaited(running.catch(refuse), client, timeoutMs, (result) => result)
    } catch (error) {
      const timedOut = error instanceof GatewayError && error.type === 'INTEGRATION_TIMEOUT'
      throw timedOut ? authorizerFailure(`No answer within ${timeoutMs} ms`, error) : error
    }
  }
}

/** What Lambda refuses is the authorizer's fault, and never the caller's. */
function refuse(error: unknown): never {
  throw error instanceof ServiceError ? authorizerFailure(error.message, error) : error
}
