import type { GatewayRequest } from '../../invocation.ts'

/**
 * The ARN of the method that is called, by the path that it is called with:
 * `arn:aws:execute-api:{region}:{account}:{apiId}/{stage}/{VERB}/{path}`.
 */
export function methodArn(
  { region, account, apiId, stageName }: { region: string; account: string; apiId: string; stageName: string },
  { method, path }: Pick<GatewayRequest, 'method' | 'path'>,
): string {
  return `arn:aws:execute-api:${region}:${account}:${apiId}/${stageName}/${method}/${path.replace(/^\/+/, '')}`
}
