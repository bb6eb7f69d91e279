import type { Exchange } from '../http1/exchange.ts'
import { type Ids, isUuid } from '../ids.ts'
import type { Invocation } from '../invocation.ts'
import { maxBodyBytes, requestTooLong } from '../rest/limit-request-size.ts'
import type { Route } from '../rest/stage-plan.ts'
import type { ApiAddress } from './address.ts'
import type { ClientOf } from './client-address.ts'
import { LimitedBody, noBody } from './request-body.ts'

export interface Call {
  readonly exchange: Exchange
  readonly address: ApiAddress
  readonly target: string
  readonly httpMethod: string
  readonly route: Route
}

/** The invocation that a request makes of a route. */
export function invocationOf(call: Call, env: { ids: Ids; now: () => number; clientOf: ClientOf }): Invocation {
  const { exchange, address, target, httpMethod, route } = call
  const { apiId, path, query } = address
  // A client may name its call itself (documented).
  const own = exchange.headers.get('x-amzn-requestid')
  return {
    request: {
      method: httpMethod,
      path,
      query,
      headers: exchange.headers,
      body: exchange.body.length === 0 ? noBody : new LimitedBody(exchange.body, maxBodyBytes, requestTooLong),
      domainName: address.domainName ?? `${apiId}.execute-api.${route.region}.amazonaws.com`,
      protocol: exchange.version,
      sentMethod: exchange.method,
      target,
    },
    client: env.clientOf(exchange),
    pathValues: route.pathValues,
    requestId: own !== undefined && isUuid(own) ? own : env.ids.request(),
    extendedRequestId: env.ids.extendedRequest(),
    receivedAt: env.now(),
  }
}
