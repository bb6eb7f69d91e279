import type { SignedCaller } from '../../../identity/signed-caller.ts'
import type { CallerKey, Invocation } from '../../invocation.ts'
import { flat, jsonText } from '../../json-text.ts'
import { parseQuery } from '../../mapping/query.ts'
import { requestTimes } from '../../mapping/request-time.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import type { CallEndpoint } from '../../vpc-endpoint/vpc-endpoint.ts'
import { eventLines } from './event-lines.ts'
import { jsonMaps } from './json-maps.ts'

/** The body as the event carries it. */
export interface EventBody {
  readonly text: string
  readonly isBase64Encoded: boolean
}

/**
 * Builds the event of an invocation as JSON text. The members that a deployed method fixes are rendered once.
 * @param body Undefined: the event's `body` is null.
 * @param trace `Root=…`, as the function sees it.
 */
export type BuildEvent = (invocation: Invocation, body: EventBody | undefined, trace: string) => string

/** Compiles the proxy event of REST APIs (the format without `version`) for one deployed method. */
export function eventBuilder(deployed: DeployedMethod): BuildEvent {
  const { stage, pathVariables } = deployed
  const head = `{"resource":${JSON.stringify(deployed.resourcePath)},"path":`
  const variables = Object.keys(stage.variables).length > 0 ? JSON.stringify(stage.variables) : 'null'
  const context = `,"stageVariables":${variables},"requestContext":${fixedContext(deployed)}`
  const stagePath = `/${stage.stageName}`
  const pathKeys = pathVariables.map((name, i) => `${i === 0 ? '{' : ','}${JSON.stringify(name)}:`)
  const timeOf = requestTimes((time) => flat(`","requestTime":"${time}","requestTimeEpoch":`))
  const withoutQuery = flat(queryMembers(''))
  const withoutParameters = flat(`${withoutQuery}null${context}`)

  return (invocation, body, trace) => {
    const { request, authorization } = invocation
    const authorizer = authorization ? `,"authorizer":${authorization.eventText}` : ''
    const lines = eventLines(request.headers, invocation.client)
    const traceText = JSON.stringify(trace)
    const method = jsonText(request.method)
    const parameters =
      request.query === '' && pathKeys.length === 0
        ? withoutParameters
        : (request.query === '' ? withoutQuery : queryMembers(request.query)) +
          pathMap(pathKeys, invocation.pathValues) +
          context
    return (
      `${head}${JSON.stringify(collapseLeadingSlashes(request.path))},"httpMethod":${method}` +
      `${lines.beforeTrace}${traceText}${lines.betweenTraces}${traceText}${lines.afterTraces}` +
      `${parameters}${authorizer},"httpMethod":${method},"path":${JSON.stringify(stagePath + request.path)}` +
      `,"protocol":"${request.protocol}","domainName":${jsonText(request.domainName)}` +
      `,"requestId":"${invocation.requestId}","extendedRequestId":"${invocation.extendedRequestId}${timeOf(invocation.receivedAt)}` +
      `${invocation.receivedAt}${hasIdentity(invocation) ? identityOf(invocation) : unknownIdentity}${lines.caller}` +
      (body ? `}},"body":${JSON.stringify(body.text)},"isBase64Encoded":${body.isBase64Encoded}}` : withoutBody)
    )
  }
}

const withoutBody = '}},"body":null,"isBase64Encoded":false}'

function hasIdentity({ caller, apiKey, vpcEndpoint }: Invocation): boolean {
  return caller !== undefined || apiKey !== undefined || vpcEndpoint !== undefined
}

/** Left open for `sourceIp` and `userAgent`. */
function identityOf({ caller, apiKey, vpcEndpoint }: Invocation): string {
  const known = { ...(caller && signer(caller)), ...(apiKey && keyOf(apiKey)), ...(vpcEndpoint && wayOf(vpcEndpoint)) }
  return `,"identity":${JSON.stringify({ ...nobody, ...known }).slice(0, -1)}`
}

/** Observed: only calls through a VPC endpoint have these members. */
function wayOf({ vpcEndpointId: vpceId, vpcId }: CallEndpoint) {
  return { vpceId, vpcId }
}

function signer({ accessKeyId, account, arn, userId }: SignedCaller) {
  return { accountId: account, caller: userId, accessKey: accessKeyId, userArn: arn, user: userId }
}

/** Observed: only methods that require a key have these members. */
function keyOf({ id, value }: CallerKey) {
  return { apiKey: value, apiKeyId: id }
}

/** Always present, null when unknown (observed). */
const nobody = {
  cognitoIdentityPoolId: null,
  accountId: null,
  cognitoIdentityId: null,
  caller: null,
  principalOrgId: null,
  accessKey: null,
  cognitoAuthenticationType: null,
  cognitoAuthenticationProvider: null,
  userArn: null,
  user: null,
}
const unknownIdentity = flat(`,"identity":${JSON.stringify(nobody).slice(0, -1)}`)

function fixedContext({ stage, resourceId, resourcePath, method }: DeployedMethod): string {
  const fixed = {
    resourceId,
    resourcePath,
    ...(method.operationName === undefined ? {} : { operationName: method.operationName }),
    accountId: stage.account,
    apiId: stage.api.restApiId,
    stage: stage.stageName,
    domainPrefix: stage.api.restApiId,
    deploymentId: stage.deploymentId,
    ...(stage.isCanary === undefined ? {} : { isCanaryRequest: stage.isCanary }),
  }
  return JSON.stringify(fixed).slice(0, -1)
}

/** Observed: leading slashes count as one in `path`, but not in `requestContext.path`. */
function collapseLeadingSlashes(path: string): string {
  if (path === '') return '/'
  let from = 0
  while (path[from + 1] === '/') from++
  return path.slice(from)
}

/** With `,"pathParameters":` behind them. */
function queryMembers(query: string): string {
  const { single, multi } = queryMaps(query)
  return `,"queryStringParameters":${single},"multiValueQueryStringParameters":${multi},"pathParameters":`
}

function queryMaps(query: string) {
  const names: string[] = []
  const values: string[] = []
  if (query !== '') {
    const parameters = parseQuery(query)
    for (let i = 0; i < parameters.length; i += 2) {
      names.push(`${JSON.stringify(parameters[i] ?? '')}:`)
      values.push(parameters[i + 1] ?? '')
    }
  }
  return jsonMaps(names, values)
}

function pathMap(keys: readonly string[], values: readonly string[]): string {
  if (keys.length === 0) return 'null'
  let text = ''
  for (let i = 0; i < keys.length; i++) text += keys[i] + JSON.stringify(values[i] ?? '')
  return `${text}}`
}
