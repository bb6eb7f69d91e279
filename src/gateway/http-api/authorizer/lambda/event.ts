import type { HttpLambdaAuthorizer } from '../../../../snapshot/http-api.ts'
import type { Invocation } from '../../../invocation.ts'
import { parseQuery } from '../../../mapping/query.ts'
import { requestTime } from '../../../mapping/request-time.ts'
import { domainPrefix } from '../../context.ts'
import { decodePath } from '../../decode-path.ts'
import type { DeployedRoute } from '../../deployed-route.ts'
import { stagePath } from '../../stage-path.ts'
import { cookiesOf, lowerCaseHeaders, sentHeaders } from './event-headers.ts'

/** What the event of an authorizer is made from. */
export interface EventParts {
  readonly invocation: Invocation
  /** `arn:aws:execute-api:…` of what is called. */
  readonly routeArn: string
  /** Values of the identity sources. */
  readonly identity: readonly string[]
  /** `X-Amzn-Trace-Id` of the call. */
  readonly trace: string
}

/** Compiles the event of an authorizer's payload format. @returns JSON. */
export function authorizerEvents(
  { payloadFormatVersion }: HttpLambdaAuthorizer,
  deployed: DeployedRoute,
): (parts: EventParts) => string {
  const event = payloadFormatVersion === '2.0' ? event2 : event1
  return (parts) => JSON.stringify(event(parts, deployed))
}

/** Documented: members and their order. Those without a value are left out. */
function event2({ invocation, routeArn, identity, trace }: EventParts, deployed: DeployedRoute) {
  const { request } = invocation
  const { route } = deployed
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn,
    identitySource: identity.length > 0 ? identity : null,
    routeKey: route.routeKey,
    rawPath: calledPath(invocation, deployed),
    rawQueryString: request.query,
    cookies: someOf(cookiesOf(request.headers)),
    headers: lowerCaseHeaders(invocation, trace),
    queryStringParameters: orNone(queryOf(request.query, (values) => values.join(','))),
    requestContext: context2(invocation, deployed),
    pathParameters: orNone(pathParametersOf(invocation, deployed)),
    stageVariables: orNone(deployed.stage.variables),
  }
}

function context2(invocation: Invocation, deployed: DeployedRoute) {
  const { request, client, requestId, receivedAt } = invocation
  const { stage, route } = deployed
  return {
    accountId: stage.account,
    apiId: stage.api.apiId,
    domainName: request.domainName,
    domainPrefix: domainPrefix(request.domainName),
    http: {
      method: request.method,
      path: calledPath(invocation, deployed),
      protocol: request.protocol,
      sourceIp: client.sourceIp,
      userAgent: request.headers.get('user-agent') ?? '',
    },
    requestId,
    routeKey: route.routeKey,
    stage: stage.stageName,
    time: requestTime(receivedAt),
    timeEpoch: receivedAt,
  }
}

function event1({ invocation, routeArn, identity, trace }: EventParts, deployed: DeployedRoute) {
  const { request } = invocation
  const source = identity.length > 0 ? identity.join(',') : null
  return {
    version: '1.0',
    type: 'REQUEST',
    methodArn: routeArn,
    identitySource: source,
    authorizationToken: source,
    resource: deployed.path,
    path: stagePath(deployed.stage) + (request.path || '/'),
    httpMethod: request.method,
    headers: sentHeaders(invocation, trace),
    queryStringParameters: queryOf(request.query, (values) => values.at(-1) ?? ''),
    pathParameters: pathParametersOf(invocation, deployed),
    stageVariables: deployed.stage.variables,
    requestContext: context1(invocation, deployed),
  }
}

function context1(invocation: Invocation, deployed: DeployedRoute) {
  const { request, client, requestId, receivedAt } = invocation
  const { stage, route } = deployed
  return {
    path: calledPath(invocation, deployed),
    accountId: stage.account,
    resourceId: route.routeKey,
    stage: stage.stageName,
    domainName: request.domainName,
    domainPrefix: domainPrefix(request.domainName),
    requestId,
    extendedRequestId: requestId,
    requestTime: requestTime(receivedAt),
    requestTimeEpoch: receivedAt,
    protocol: request.protocol,
    identity: { sourceIp: client.sourceIp, userAgent: request.headers.get('user-agent') ?? '' },
    resourcePath: deployed.path,
    httpMethod: request.method,
    apiId: stage.api.apiId,
  }
}

/** Observed: decoded, with the stage unless that is `$default`. */
function calledPath({ request }: Invocation, { stage }: DeployedRoute): string {
  return stagePath(stage) + (decodePath(request.path) || '/')
}

function pathParametersOf({ pathValues }: Invocation, { pathVariables }: DeployedRoute): Record<string, string> {
  return Object.fromEntries(pathVariables.map((name, i) => [name, pathValues[i] ?? '']))
}

function queryOf(query: string, combined: (values: readonly string[]) => string): Record<string, string> {
  const values = new Map<string, string[]>()
  const parameters = parseQuery(query, '&')
  for (let i = 0; i < parameters.length; i += 2) {
    const name = parameters[i] ?? ''
    values.set(name, [...(values.get(name) ?? []), parameters[i + 1] ?? ''])
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, combined(all)]))
}

function someOf<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}

function orNone<T extends object>(map: T): T | undefined {
  return Object.keys(map).length > 0 ? map : undefined
}
