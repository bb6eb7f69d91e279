/** What an authorizer has found out about the caller. */
export interface Authorization {
  /** Members of `$context.authorizer`: texts, or texts by name. */
  readonly members: ReadonlyMap<string, string | ReadonlyMap<string, string>>
  /** The API key that a Lambda authorizer names. */
  readonly usageIdentifierKey?: string
  /** `requestContext.authorizer` of a proxy event: JSON. */
  readonly eventText: string
}

/** A variable of `$context.authorizer`. @param path Such as `principalId`, or `claims.sub`. */
export function authorizationVariable({ members }: Authorization, path: string): string | undefined {
  const whole = members.get(path)
  if (whole !== undefined) return typeof whole === 'string' ? whole : undefined
  const dot = path.indexOf('.')
  const group = dot < 0 ? undefined : members.get(path.slice(0, dot))
  return group instanceof Map ? group.get(path.slice(dot + 1)) : undefined
}
