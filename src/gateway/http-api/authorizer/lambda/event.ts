import type { HttpLambdaAuthorizer } from '../../../../snapshot/http-api.ts'
import type { Invocation } from '../../../invocation.ts'
import type { DeployedRoute } from '../../deployed-route.ts'
import { eventBuilderV1 } from '../../integration/event-v1.ts'
import { eventBuilderV2 } from '../../integration/event-v2.ts'

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

/** Compiles the event of an authorizer, JSON: that of a function behind the route, less its body, with what is to be decided. */
export function authorizerEvents(
  { payloadFormatVersion }: HttpLambdaAuthorizer,
  deployed: DeployedRoute,
): (parts: EventParts) => string {
  return payloadFormatVersion === '2.0' ? eventsV2(deployed) : eventsV1(deployed)
}

/** Documented: members and their order. */
function eventsV2(deployed: DeployedRoute): (parts: EventParts) => string {
  const build = eventBuilderV2(deployed)
  return ({ invocation, routeArn, identity, trace }) => {
    const { version, isBase64Encoded: _, ...call }: Members = JSON.parse(build(invocation, undefined, trace))
    const identitySource = identity.length > 0 ? identity : null
    return JSON.stringify({ version, type: 'REQUEST', routeArn, identitySource, ...call })
  }
}

/** Documented: members and their order; headers and query parameters have one value each. */
function eventsV1(deployed: DeployedRoute): (parts: EventParts) => string {
  const build = eventBuilderV1(deployed)
  return ({ invocation, routeArn, identity, trace }) => {
    const {
      version,
      isBase64Encoded: _,
      body: _body,
      ...call
    }: Members = JSON.parse(build(invocation, undefined, trace))
    const { multiValueHeaders: _headers, multiValueQueryStringParameters: _query, ...single } = call
    const source = identity.length > 0 ? identity.join(',') : null
    const asked = { methodArn: routeArn, identitySource: source, authorizationToken: source }
    return JSON.stringify({ version, type: 'REQUEST', ...asked, ...single })
  }
}

interface Members {
  readonly [name: string]: unknown
}
