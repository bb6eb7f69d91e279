import type { Invocation } from '../../invocation.ts'
import { flat, jsonText } from '../../json-text.ts'
import { parseQuery } from '../../mapping/query.ts'
import { requestTimes } from '../../mapping/request-time.ts'
import { remembering } from '../../remembering.ts'
import { domainPrefix } from '../context.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import type { EventBody } from './event-body.ts'
import { eventLinesV2 } from './event-headers.ts'
import { eventPaths } from './event-paths.ts'

/**
 * Builds the event of an invocation as JSON text. The members that a deployed route fixes are rendered once.
 * @param body Undefined: the call has none.
 * @param trace `Root=…`, as the function sees it.
 */
export type BuildEvent = (invocation: Invocation, body: EventBody | undefined, trace: string) => string

/** Compiles the proxy event of format 2.0 for one deployed route. What a call does not have is left out. */
export function eventBuilderV2(deployed: DeployedRoute): BuildEvent {
  const { stage, route, pathVariables } = deployed
  const routeKey = JSON.stringify(route.routeKey)
  const head = `{"version":"2.0","routeKey":${routeKey},"rawPath":`
  const context = `,"requestContext":{"accountId":${JSON.stringify(stage.account)},"apiId":${JSON.stringify(stage.api.apiId)}`
  const place = `,"routeKey":${routeKey},"stage":${JSON.stringify(stage.stageName)},"time":"`
  const variables =
    Object.keys(stage.variables).length > 0 ? `,"stageVariables":${JSON.stringify(stage.variables)}` : ''
  const pathKeys = pathVariables.map((name, i) => `${i === 0 ? '{' : ','}${JSON.stringify(name)}:`)
  const pathsOf = eventPaths(deployed)
  const timeOf = requestTimes((time) => flat(`"${place}${time}","timeEpoch":`))

  return (invocation, body, trace) => {
    const { request, client, authorization, requestId, receivedAt } = invocation
    const rawPath = JSON.stringify(pathsOf(request).decoded)
    const lines = eventLinesV2(request.headers, client)
    const bodyLength = request.body.length ?? byteLength(body)
    const domain = domainText(request.domainName)
    const query = request.query === '' ? '' : `,"queryStringParameters":${queryMap(request.query)}`
    const path = pathKeys.length === 0 ? '' : `,"pathParameters":${pathMap(pathKeys, invocation.pathValues)}`
    return (
      `${head}${rawPath},"rawQueryString":${request.query === '' ? '""' : JSON.stringify(request.query)}` +
      `${lines.beforeLength}${bodyLength}","x-amzn-trace-id":${JSON.stringify(trace)}${lines.afterTrace}${query}` +
      `${context}${authorization ? `,"authorizer":${authorization.eventText}` : ''}` +
      `${domain}${jsonText(request.method)},"path":${rawPath},"protocol":"${request.protocol}"${lines.caller}` +
      `,"requestId":"${requestId}${timeOf(receivedAt)}${receivedAt}}` +
      `${path}${variables}${body ? `,"body":${JSON.stringify(body.text)}` : ''}` +
      (body?.isBase64Encoded ? ',"isBase64Encoded":true}' : ',"isBase64Encoded":false}')
    )
  }
}

/** `,"domainName": …,"domainPrefix": …,"http":{"method":` */
const domainText = remembering((domainName) => {
  const [name, prefix] = [JSON.stringify(domainName), JSON.stringify(domainPrefix(domainName))]
  return flat(`,"domainName":${name},"domainPrefix":${prefix},"http":{"method":`)
})

/** Of a body that came without a declared length. */
export function byteLength(body: EventBody | undefined): number {
  return body ? Buffer.byteLength(body.text, body.isBase64Encoded ? 'base64' : 'utf8') : 0
}

/** Values of one name are joined by commas. */
function queryMap(query: string): string {
  const parameters = parseQuery(query, '&')
  const joined = new Map<string, string>()
  for (let i = 0; i < parameters.length; i += 2) {
    const name = parameters[i] ?? ''
    const value = parameters[i + 1] ?? ''
    const known = joined.get(name)
    joined.set(name, known === undefined ? value : `${known},${value}`)
  }
  let text = ''
  for (const [name, value] of joined)
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(value)}`
  return `{${text}}`
}

function pathMap(keys: readonly string[], values: readonly string[]): string {
  let text = ''
  for (let i = 0; i < keys.length; i++) text += keys[i] + JSON.stringify(values[i] ?? '')
  return `${text}}`
}
