import type { SignedCaller } from '../../../identity/signed-caller.ts'
import { jsonMaps } from '../../integration/lambda-proxy/json-maps.ts'
import { parseQuery } from '../../mapping/query.ts'
import { requestTimes } from '../../mapping/request-time.ts'
import { domainPrefix } from '../context.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { eventHeadersV1 } from './event-headers.ts'
import { eventPaths } from './event-paths.ts'
import { type BuildEvent, byteLength } from './event-v2.ts'

/** Compiles the proxy event of format 1.0 for one deployed route. What a call does not have is null. */
export function eventBuilderV1(deployed: DeployedRoute): BuildEvent {
  const { stage, route, pathVariables } = deployed
  const resource = JSON.stringify(deployed.path)
  const head = `{"version":"1.0","resource":${resource},"path":`
  const variables = Object.keys(stage.variables).length > 0 ? JSON.stringify(stage.variables) : 'null'
  const fixed = {
    accountId: stage.account,
    apiId: stage.api.apiId,
    // Observed: the whole route key.
    resourceId: route.routeKey,
    resourcePath: deployed.path,
    stage: stage.stageName,
  }
  const context = `,"stageVariables":${variables},"requestContext":${JSON.stringify(fixed).slice(0, -1)}`
  const pathsOf = eventPaths(deployed)
  const timeOf = requestTimes()

  return (invocation, body, trace) => {
    const { request, client, authorization, caller, requestId, receivedAt } = invocation
    const paths = pathsOf(request)
    const headers = eventHeadersV1(invocation, request.body.length ?? byteLength(body), trace)
    const query = queryMaps(request.query)
    const method = JSON.stringify(request.method)
    return (
      `${head}${JSON.stringify(paths.raw)},"httpMethod":${method},"headers":${headers.single}` +
      `,"multiValueHeaders":${headers.multi},"queryStringParameters":${query.single}` +
      `,"multiValueQueryStringParameters":${query.multi}` +
      `,"pathParameters":${pathMap(pathVariables, invocation.pathValues)}${context}` +
      `${authorization ? `,"authorizer":${authorization.eventText}` : ''}` +
      `,"domainName":${JSON.stringify(request.domainName)},"domainPrefix":${JSON.stringify(domainPrefix(request.domainName))}` +
      `,"extendedRequestId":"${requestId}","httpMethod":${method},"identity":${caller ? identityOf(caller) : unknownIdentity}` +
      `,"sourceIp":"${client.sourceIp}","userAgent":${JSON.stringify(request.headers.get('user-agent') ?? '')}}` +
      `,"path":${JSON.stringify(paths.decoded)},"protocol":"${request.protocol}","requestId":"${requestId}"` +
      `,"requestTime":"${timeOf(receivedAt)}","requestTimeEpoch":${receivedAt}}` +
      `,"body":${body ? JSON.stringify(body.text) : 'null'},"isBase64Encoded":${body?.isBase64Encoded ?? false}}`
    )
  }
}

/** Always present, null when unknown (documented). */
const nobody = {
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAmr: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
}
const unknownIdentity = JSON.stringify(nobody).slice(0, -1)

/** Left open for `sourceIp` and `userAgent`. */
function identityOf({ accessKeyId, account, arn, userId }: SignedCaller): string {
  const signer = { accountId: account, caller: userId, accessKey: accessKeyId, userArn: arn, user: userId }
  return JSON.stringify({ ...nobody, ...signer }).slice(0, -1)
}

function queryMaps(query: string) {
  if (query === '') return jsonMaps([], [])
  const parameters = parseQuery(query, '&')
  const keys = parameters.filter((_, i) => i % 2 === 0).map((name) => `${JSON.stringify(name)}:`)
  return jsonMaps(
    keys,
    parameters.filter((_, i) => i % 2 === 1),
  )
}

function pathMap(names: readonly string[], values: readonly string[]): string {
  if (names.length === 0) return 'null'
  return JSON.stringify(Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])))
}
