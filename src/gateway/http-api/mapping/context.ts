import { authorizationVariable } from '../../authorizer/authorization.ts'
import type { Invocation } from '../../invocation.ts'
import { requestTime } from '../../mapping/request-time.ts'
import type { DeployedRoute } from '../deployed-route.ts'

/** The value of a `$context` variable; undefined where nothing sets it. */
export type Variable = (invocation: Invocation, deployed: DeployedRoute) => string | undefined

const variables: Readonly<Record<string, Variable>> = {
  accountId: (_, { stage }) => stage.account,
  apiId: (_, { stage }) => stage.api.apiId,
  domainName: ({ request }) => request.domainName,
  domainPrefix: ({ request }) => request.domainName.split('.')[0],
  extendedRequestId: ({ requestId }) => requestId,
  httpMethod: ({ request }) => request.method,
  'identity.accountId': ({ caller }) => caller?.account,
  'identity.caller': ({ caller }) => caller?.userId,
  'identity.sourceIp': ({ client }) => client.sourceIp,
  'identity.user': ({ caller }) => caller?.userId,
  'identity.userAgent': ({ request }) => request.headers.get('user-agent'),
  'identity.userArn': ({ caller }) => caller?.arn,
  path: ({ request }, { stage }) => contextPath(request.path, stage.stageName),
  protocol: ({ request }) => request.protocol,
  requestId: ({ requestId }) => requestId,
  requestTime: ({ receivedAt }) => requestTime(receivedAt),
  requestTimeEpoch: ({ receivedAt }) => String(receivedAt),
  routeKey: (_, { route }) => route.routeKey,
  stage: (_, { stage }) => stage.stageName,
}

/** Documented: the path of a call, with the stage unless that is `$default`. */
function contextPath(path: string, stageName: string): string {
  return (stageName === '$default' ? path : `/${stageName}${path}`) || '/'
}

const authorizer = 'authorizer.'

/** A variable of `$context`. @param name What follows `$context.`: `routeKey`, `identity.sourceIp`, `authorizer.claims.sub`. */
export function contextVariable(name: string): Variable | undefined {
  if (name.startsWith(authorizer)) {
    const path = name.slice(authorizer.length)
    return ({ authorization }) => authorization && authorizationVariable(authorization, path)
  }
  return Object.hasOwn(variables, name) ? variables[name] : undefined
}
