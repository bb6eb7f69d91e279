import type { DeployedMethod } from '../../rest/deployed-method.ts'

/**
 * The ARN that a function's resource policy sees as the source of a call:
 * `arn:aws:execute-api:{region}:{account}:{apiId}/{stage}/{VERB}{resource path, variables as asterisks}`.
 */
export function sourceArns({ stage, resourcePath }: DeployedMethod): (verb: string) => string {
  const { region, account, stageName, api } = stage
  const before = `arn:aws:execute-api:${region}:${account}:${api.restApiId}/${stageName}/`
  const path = resourcePath.replace(/\{[^}]+\}/g, '*')
  return (verb) => before + verb + path
}
