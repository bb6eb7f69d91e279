import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '../../log.ts'
import { GatewayError } from '../error.ts'
import type { Ids } from '../ids.ts'
import { build } from '../pipeline.ts'
import type { Reply } from '../reply.ts'
import { frontSteps } from '../rest/rest-steps.ts'
import type { Route } from '../rest/stage-plan.ts'
import type { Stages } from '../stages.ts'
import { type ApiAddress, apiAddress } from './address.ts'
import { invocationOf } from './invocation-of.ts'
import { writeReply } from './write-reply.ts'

export interface ApiCallsOptions {
  readonly stages: Stages
  readonly ids: Ids
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Whether the listener is closing: replies then end their connections. */
  readonly isClosing: () => boolean
}

/** One exchange of the listener. `wanted` is called when the request's body is first asked for. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly wanted?: (() => void) | undefined
}

export interface ApiCalls {
  /** Answers a request if it calls an API. @returns False, having done nothing, when it does not. */
  serve(exchange: Exchange): boolean
  /** Answers as an unknown API does. */
  forbid(exchange: Exchange): void
}

/** Serves calls of APIs from the compiled stages, touching nothing but memory and their integrations. */
export function apiCalls(options: ApiCallsOptions): ApiCalls {
  const { stages, log, isClosing } = options
  const forbidden: Route = { handler: build(frontSteps(log), undefined, refuse), pathValues: [], region: '' }

  function routeOf({ apiId, region, stageName, path }: ApiAddress, httpMethod: string): Route {
    const plan = stages.find(apiId, stageName)
    const known = plan && !plan.endpointDisabled && (region === undefined || region === plan.region)
    return known ? plan.route(httpMethod, path) : forbidden
  }

  function answer({ request, response, wanted }: Exchange, target: string, address: ApiAddress): void {
    const httpMethod = methodOf(request)
    const route = routeOf(address, httpMethod)
    const invocation = invocationOf({ request, response, wanted, address, target, httpMethod, route }, options)
    const send = (reply: Reply) => {
      try {
        writeReply(response, reply, { closing: isClosing() })
      } catch (error) {
        abandon(response, error, log)
      }
    }
    const reply = route.handler(invocation)
    if (reply instanceof Promise) void reply.then(send)
    else send(reply)
  }

  return {
    serve(exchange) {
      const [host, target] = hostAndTarget(exchange.request)
      const address = apiAddress(host, target)
      if (address) answer(exchange, target, address)
      return address !== undefined
    },
    forbid(exchange) {
      const { url = '/' } = exchange.request
      answer(exchange, url, { ...nowhere, path: url })
    },
  }
}

const nowhere = { apiId: '', region: undefined, stageName: '', query: '', domainName: undefined }

function refuse(): never {
  throw new GatewayError('DEFAULT_4XX', 'Forbidden', { status: 403, errorType: 'ForbiddenException' })
}

/** A reply that cannot be sent, such as one with an invalid header, ends its own call and no other. */
function abandon(response: ServerResponse, error: unknown, log: Log): void {
  log.error('A reply could not be sent', { error })
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(500, ['Content-Type', 'application/json', 'Connection', 'close'])
  response.end('{"message": "Internal server error"}')
}

/** Documented: `X-HTTP-Method-Override` replaces the verb. */
function methodOf({ method = 'GET', headers }: IncomingMessage): string {
  const override = headers['x-http-method-override']
  return typeof override === 'string' && override !== '' ? override.toUpperCase() : method
}

/** A proxy's client may send the whole URL as the target; its host then counts. */
function hostAndTarget({ url = '/', headers }: IncomingMessage): [host: string, target: string] {
  if (!url.startsWith('http')) return [headers.host ?? '', url]
  const [, host = '', target = ''] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(url) ?? []
  return [host, target.startsWith('/') ? target : `/${target}`]
}
