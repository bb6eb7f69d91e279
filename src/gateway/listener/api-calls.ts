import type { Log } from '../../log.ts'
import type { ApiType } from '../api-type.ts'
import type { Exchange } from '../http1/exchange.ts'
import type { Ids } from '../ids.ts'
import type { Reply } from '../reply.ts'
import type { Found, Stages } from '../stages.ts'
import { endpointAddress } from '../vpc-endpoint/endpoint-address.ts'
import { isReachable } from '../vpc-endpoint/is-reachable.ts'
import type { CallEndpoint } from '../vpc-endpoint/vpc-endpoint.ts'
import { type ApiAddress, apiAddress } from './address.ts'
import type { ClientOf } from './client-address.ts'
import { invocationOf } from './invocation-of.ts'
import { writeReply } from './write-reply.ts'

export interface ApiCallsOptions {
  readonly stages: Stages
  /** Answers calls of APIs that there are none of. */
  readonly unknownApis: ApiType
  readonly ids: Ids
  readonly clientOf: ClientOf
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now: () => number
  /** The VPC endpoint that the calls come through. Absent: they are public. */
  readonly vpcEndpoint?: CallEndpoint
}

export interface ApiCalls {
  /** Answers a request if it calls an API. @returns False, having done nothing, when it does not. */
  serve(exchange: Exchange): boolean
  /** Answers as an unknown API does. */
  forbid(exchange: Exchange): void
}

/** Serves calls of APIs from the compiled stages, touching nothing but memory and their integrations. */
export function apiCalls(options: ApiCallsOptions): ApiCalls {
  const { stages, unknownApis, ids, log, vpcEndpoint } = options

  function addressOf(exchange: Exchange, host: string, target: string): ApiAddress | undefined {
    if (!vpcEndpoint) return apiAddress(host, target)
    return endpointAddress(host, target, exchange.headers, vpcEndpoint.vpcEndpointId)
  }

  function answer(exchange: Exchange, target: string, address: ApiAddress): void {
    const { apiId, query } = address
    const api = reached(stages.find(apiId, address.path), address, vpcEndpoint)
    const { type, plan, path } = api ?? { type: unknownApis, path: address.path }
    const httpMethod = type.methodOf(exchange)
    const { handler, pathValues } = plan?.route(httpMethod, path) ?? { handler: type.nowhere, pathValues: [] }
    const domainName = address.domainName ?? `${apiId}.execute-api.${plan?.region ?? ''}.amazonaws.com`
    const send = (reply: Reply) => {
      try {
        writeReply(exchange, reply)
      } catch (error) {
        abandon(exchange, error, log)
      }
    }
    const call = { exchange, target, httpMethod, path, query, domainName, pathValues, ids: type.idsOf(exchange, ids) }
    const reply = handler(invocationOf(call, options))
    if (reply instanceof Promise) void reply.then(send)
    else send(reply)
  }

  return {
    serve(exchange) {
      const [host, target] = hostAndTarget(exchange)
      const address = addressOf(exchange, host, target)
      if (address) answer(exchange, target, address)
      return address !== undefined
    },
    forbid(exchange) {
      answer(exchange, exchange.target, { ...nowhere, path: exchange.target })
    },
  }
}

const nowhere = { apiId: '', region: undefined, query: '', domainName: undefined }

/**
 * By its default host name an API is reached in its own region, and only while its endpoint is enabled; a private one through
 * VPC endpoints, and no other API through them.
 */
function reached(
  found: Found | undefined,
  address: ApiAddress,
  vpcEndpoint: CallEndpoint | undefined,
): Found | undefined {
  if (!found?.plan) return vpcEndpoint ? undefined : found
  if (address.region !== undefined && address.region !== found.plan.region) return undefined
  if (!isReachable(found.plan, address, vpcEndpoint)) return undefined
  return found.plan.endpointDisabled ? { ...found, plan: undefined } : found
}

/** A reply that cannot be sent, such as one with an invalid header, ends its own call and no other. */
function abandon(exchange: Exchange, error: unknown, log: Log): void {
  log.error('A reply could not be sent', { error })
  if (exchange.isAnswered) {
    exchange.destroy()
    return
  }
  exchange.close()
  exchange.send(500, ['Content-Type', 'application/json'], '{"message": "Internal server error"}')
}

/** A proxy's client may send the whole URL as the target; its host then counts. */
function hostAndTarget({ target, headers }: Exchange): [host: string, target: string] {
  if (target.startsWith('/')) return [headers.get('host') ?? '', target]
  const [, host = '', path = ''] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(target) ?? []
  return [host, path.startsWith('/') ? path : `/${path}`]
}
