import { methodArn } from '../authorizer/lambda/method-arn.ts'
import type { GatewayRequest } from '../invocation.ts'
import { decodePath } from './decode-path.ts'
import type { DeployedRoute } from './deployed-route.ts'

/**
 * The ARN that a call is authorized by: `arn:aws:execute-api:{region}:{account}:{apiId}/{stage}/{VERB}/{path}`. Its path is
 * the one that was routed: another spelling of it gets nobody around a policy.
 */
export function routeArns({ stage }: DeployedRoute): (request: Pick<GatewayRequest, 'method' | 'path'>) => string {
  const { region, account, stageName, api } = stage
  const place = { region, account, apiId: api.apiId, stageName }
  return ({ method, path }) => methodArn(place, { method, path: decodePath(path) })
}
