import type { SignedCaller } from '../../../identity/signed-caller.ts'
import { anonymous, type PolicyRequest } from '../../../policy/request.ts'
import type { Invocation } from '../../invocation.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import { methodArn } from '../lambda/method-arn.ts'
import { callContext } from './call-context.ts'

/**
 * What a policy is asked about a call.
 * @param caller Who signed it. Absent: nobody did.
 */
export function callRequest(
  invocation: Invocation,
  { account, region, stageName, api }: DeployedMethod['stage'],
  caller?: SignedCaller,
): PolicyRequest {
  return {
    principal: caller?.principal ?? anonymous,
    action: 'execute-api:Invoke',
    resource: methodArn({ region, account, apiId: api.restApiId, stageName }, invocation.request),
    context: callContext(invocation, region, caller?.context),
  }
}
