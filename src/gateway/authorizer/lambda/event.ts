import { eventHeaders } from '../../integration/lambda-proxy/event-headers.ts'
import { jsonMaps } from '../../integration/lambda-proxy/json-maps.ts'
import type { Invocation } from '../../invocation.ts'
import { parseQuery } from '../../mapping/query.ts'
import { requestTime } from '../../mapping/request-time.ts'
import type { CallPlace } from '../../rest/deployed-method.ts'

/** The event of a `TOKEN` authorizer: JSON. */
export function tokenEvent(methodArn: string, authorizationToken: string): string {
  return JSON.stringify({ type: 'TOKEN', methodArn, authorizationToken })
}

/** How a call came to be authorized. */
export type Circumstances =
  /** `X-Amzn-Trace-Id` of the call. */
  | { readonly trace: string }
  /** `TestInvokeAuthorizer`. */
  | 'test'

/** The event of a `REQUEST` authorizer: JSON, members in the observed order. Maps without entries are empty here. */
export function requestEvent(
  methodArn: string,
  invocation: Invocation,
  place: CallPlace,
  circumstances: Circumstances,
): string {
  const { request, client, pathValues } = invocation
  const headers = eventHeaders(
    request.headers,
    circumstances === 'test'
      ? undefined
      : {
          sourceIp: client.peerIp ?? client.sourceIp,
          port: client.port,
          scheme: client.scheme,
          trace: circumstances.trace,
        },
  )
  const query = queryMaps(request.query)
  const pathParameters = Object.fromEntries(place.pathVariables.map((name, i) => [name, pathValues[i] ?? '']))
  return (
    `{"type":"REQUEST","methodArn":${JSON.stringify(methodArn)},"resource":${JSON.stringify(place.resourcePath)}` +
    `,"path":${JSON.stringify(request.path || '/')},"httpMethod":${JSON.stringify(request.method)}` +
    `,"headers":${orEmpty(headers.single)},"multiValueHeaders":${orEmpty(headers.multi)}` +
    `,"queryStringParameters":${orEmpty(query.single)},"multiValueQueryStringParameters":${orEmpty(query.multi)}` +
    `,"pathParameters":${JSON.stringify(pathParameters)},"stageVariables":${JSON.stringify(place.stage.variables)}` +
    `,"requestContext":${JSON.stringify(requestContext(invocation, place, circumstances === 'test'))}}`
  )
}

function orEmpty(map: string): string {
  return map === 'null' ? '{}' : map
}

function queryMaps(query: string) {
  const parameters = parseQuery(query)
  const names = parameters.filter((_, i) => i % 2 === 0).map((name) => `${JSON.stringify(name)}:`)
  return jsonMaps(
    names,
    parameters.filter((_, i) => i % 2 === 1),
  )
}

function requestContext(invocation: Invocation, { stage, resourceId, resourcePath }: CallPlace, isTest: boolean) {
  const { request, receivedAt } = invocation
  return {
    resourceId,
    resourcePath,
    httpMethod: request.method,
    extendedRequestId: invocation.extendedRequestId,
    requestTime: requestTime(receivedAt),
    // Observed: a test is told no stage here.
    path: isTest ? request.path || '/' : `/${stage.stageName}${request.path}`,
    accountId: stage.account,
    protocol: request.protocol,
    stage: stage.stageName,
    domainPrefix: isTest ? 'testPrefix' : stage.api.restApiId,
    requestTimeEpoch: receivedAt,
    requestId: invocation.requestId,
    identity: identity(invocation, isTest),
    domainName: request.domainName,
    ...(!isTest && { deploymentId: stage.deploymentId }),
    apiId: stage.api.restApiId,
  }
}

/** What is known of the caller before anybody has authorized it. */
function identity({ request, client, vpcEndpoint }: Invocation, isTest: boolean) {
  return {
    cognitoIdentityPoolId: null,
    cognitoIdentityId: null,
    ...(isTest && { apiKey: 'test-invoke-api-key' }),
    ...(vpcEndpoint && { vpceId: vpcEndpoint.vpcEndpointId }),
    principalOrgId: null,
    cognitoAuthenticationType: null,
    userArn: null,
    ...(isTest && { apiKeyId: 'test-invoke-api-key-id' }),
    userAgent: request.headers.get('user-agent') ?? null,
    accountId: null,
    caller: null,
    sourceIp: client.sourceIp,
    accessKey: null,
    ...(vpcEndpoint && { vpcId: vpcEndpoint.vpcId }),
    cognitoAuthenticationProvider: null,
    user: null,
  }
}
