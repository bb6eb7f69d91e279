import type { Log } from '../../log.ts'
import { GatewayError } from '../error.ts'
import type { Exchange } from '../http1/exchange.ts'
import type { Ids } from '../ids.ts'
import { build } from '../pipeline.ts'
import type { Reply } from '../reply.ts'
import { frontSteps } from '../rest/rest-steps.ts'
import type { Route } from '../rest/stage-plan.ts'
import type { Stages } from '../stages.ts'
import { type ApiAddress, apiAddress } from './address.ts'
import type { ClientOf } from './client-address.ts'
import { invocationOf } from './invocation-of.ts'
import { writeReply } from './write-reply.ts'

export interface ApiCallsOptions {
  readonly stages: Stages
  readonly ids: Ids
  readonly clientOf: ClientOf
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now: () => number
}

export interface ApiCalls {
  /** Answers a request if it calls an API. @returns False, having done nothing, when it does not. */
  serve(exchange: Exchange): boolean
  /** Answers as an unknown API does. */
  forbid(exchange: Exchange): void
}

/** Serves calls of APIs from the compiled stages, touching nothing but memory and their integrations. */
export function apiCalls(options: ApiCallsOptions): ApiCalls {
  const { stages, log } = options
  const forbidden: Route = { handler: build(frontSteps(log), undefined, refuse), pathValues: [], region: '' }

  function routeOf({ apiId, region, stageName, path }: ApiAddress, httpMethod: string): Route {
    const plan = stages.find(apiId, stageName)
    const known = plan && !plan.endpointDisabled && (region === undefined || region === plan.region)
    return known ? plan.route(httpMethod, path) : forbidden
  }

  function answer(exchange: Exchange, target: string, address: ApiAddress): void {
    const httpMethod = methodOf(exchange)
    const route = routeOf(address, httpMethod)
    const send = (reply: Reply) => {
      try {
        writeReply(exchange, reply)
      } catch (error) {
        abandon(exchange, error, log)
      }
    }
    const reply = route.handler(invocationOf({ exchange, address, target, httpMethod, route }, options))
    if (reply instanceof Promise) void reply.then(send)
    else send(reply)
  }

  return {
    serve(exchange) {
      const [host, target] = hostAndTarget(exchange)
      const address = apiAddress(host, target)
      if (address) answer(exchange, target, address)
      return address !== undefined
    },
    forbid(exchange) {
      answer(exchange, exchange.target, { ...nowhere, path: exchange.target })
    },
  }
}

const nowhere = { apiId: '', region: undefined, stageName: '', query: '', domainName: undefined }

function refuse(): never {
  throw new GatewayError('DEFAULT_4XX', 'Forbidden', { status: 403, errorType: 'ForbiddenException' })
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

/** Documented: `X-HTTP-Method-Override` replaces the verb. */
function methodOf({ method, headers }: Exchange): string {
  return headers.get('x-http-method-override')?.toUpperCase() || method
}

/** A proxy's client may send the whole URL as the target; its host then counts. */
function hostAndTarget({ target, headers }: Exchange): [host: string, target: string] {
  if (target.startsWith('/')) return [headers.get('host') ?? '', target]
  const [, host = '', path = ''] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(target) ?? []
  return [host, path.startsWith('/') ? path : `/${path}`]
}
