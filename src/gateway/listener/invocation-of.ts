import type { CallIds } from '../api-type.ts'
import type { Exchange } from '../http1/exchange.ts'
import type { Invocation } from '../invocation.ts'
import { maxBodyBytes, requestTooLong } from '../request-too-long.ts'
import type { CallEndpoint } from '../vpc-endpoint/vpc-endpoint.ts'
import type { ClientOf } from './client-address.ts'
import { LimitedBody, noBody } from './request-body.ts'

export interface Call {
  readonly exchange: Exchange
  readonly target: string
  /** The verb that it is routed by. */
  readonly httpMethod: string
  /** What follows the stage, raw. */
  readonly path: string
  readonly query: string
  readonly domainName: string
  readonly pathValues: readonly string[]
  readonly ids: CallIds
}

/** What a listener adds to each call. */
export interface CallEnvironment {
  readonly clientOf: ClientOf
  /** Epoch milliseconds. */
  readonly now: () => number
  /** The VPC endpoint that the listener stands for. Absent: it is public. */
  readonly vpcEndpoint?: CallEndpoint
}

/** The invocation that a request makes of a route. */
export function invocationOf(call: Call, env: CallEnvironment): Invocation {
  const { exchange, target, httpMethod, path, query, domainName, pathValues, ids } = call
  return {
    request: {
      method: httpMethod,
      path,
      query,
      headers: exchange.headers,
      body: exchange.body.length === 0 ? noBody : new LimitedBody(exchange.body, maxBodyBytes, requestTooLong),
      domainName,
      protocol: exchange.version,
      sentMethod: exchange.method,
      target,
    },
    client: env.clientOf(exchange),
    pathValues,
    requestId: ids.requestId,
    extendedRequestId: ids.extendedRequestId,
    receivedAt: env.now(),
    vpcEndpoint: env.vpcEndpoint,
  }
}
