import type { DeployedMethod } from '../../rest/deployed-method.ts'

/** Verbs whose ARNs are kept: those of HTTP; callers may invent others. */
const maxVerbs = 10

/**
 * The ARN that a function's resource policy sees as the source of a call:
 * `arn:aws:execute-api:{region}:{account}:{apiId}/{stage}/{VERB}{resource path, variables as asterisks}`.
 */
export function sourceArns({ stage, resourcePath }: DeployedMethod): (verb: string) => string {
  const { region, account, stageName, api } = stage
  const before = `arn:aws:execute-api:${region}:${account}:${api.restApiId}/${stageName}/`
  const path = resourcePath.replace(/\{[^}]+\}/g, '*')
  const known = new Map<string, string>()
  return (verb) => {
    let arn = known.get(verb)
    if (arn === undefined) {
      arn = before + verb + path
      if (known.size < maxVerbs) known.set(verb, arn)
    }
    return arn
  }
}
