import type { DeployedRoute } from '../deployed-route.ts'
import { defaultRouteKey } from '../route-key.ts'

/**
 * The ARN that a function's resource policy sees as the source of a call:
 * `arn:aws:execute-api:{region}:{account}:{apiId}/{stage}/{VERB}{path of the route}`, or `…/{stage}/$default`.
 */
export function sourceArns({ stage, path }: DeployedRoute): (verb: string) => string {
  const { region, account, stageName, api } = stage
  const before = `arn:aws:execute-api:${region}:${account}:${api.apiId}/${stageName}/`
  return path === defaultRouteKey ? () => before + defaultRouteKey : (verb) => before + verb + path
}
