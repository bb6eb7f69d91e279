import type { HttpCors } from '../../../snapshot/http-api.ts'
import type { GatewayRequest, Invocation } from '../../invocation.ts'
import { perHeaderName } from '../../mapping/header-fate.ts'
import type { Handler, Step } from '../../pipeline.ts'
import type { Reply } from '../../reply.ts'
import { allowedOrigins } from './origin.ts'

/** Whether a request asks if another may be sent (documented: both headers make it so). */
export function isPreflight({ method, headers }: GatewayRequest): boolean {
  return method === 'OPTIONS' && headers.get('origin') !== undefined && asks(headers)
}

function asks(headers: GatewayRequest['headers']): boolean {
  return headers.get('access-control-request-method') !== undefined
}

/**
 * Documented: an API with a CORS configuration answers preflights that no route takes. A route that takes them, as those with
 * `ANY` and `$default` do, has them authorized and integrated as any call.
 *
 * @param refuse Answers all else.
 */
export function answerPreflights(cors: HttpCors | undefined, refuse: Handler): Handler {
  if (!cors) return refuse
  return (invocation) => (isPreflight(invocation.request) ? answered : refuse(invocation))
}

const answered: Reply = { status: 204, headers: [], body: '' }

/** Documented: the headers of the API's CORS configuration go on every reply, and those of a backend never get out. */
export function shareAcrossOrigins(cors: HttpCors | undefined): Step<unknown> {
  return (_route, next) => {
    if (!cors) return next
    const headersOf = corsHeaders(cors)
    const shared = (reply: Reply, { request }: Invocation): Reply => ({
      ...reply,
      headers: [...withoutCors(reply.headers), ...headersOf(request)],
    })
    return (invocation) => {
      const reply = next(invocation)
      return reply instanceof Promise ? reply.then((late) => shared(late, invocation)) : shared(reply, invocation)
    }
  }
}

const isCors = perHeaderName((name) => name.toLowerCase().startsWith('access-control-'))

function withoutCors(headers: readonly string[]): readonly string[] {
  for (let i = 0; i < headers.length; i += 2) {
    if (isCors(headers[i] ?? '')) return headers.filter((_, at) => !isCors(headers[at - (at % 2)] ?? ''))
  }
  return headers
}

const nothing: readonly string[] = []

/** The header lines for a request, flat: none for one that is not of another origin, or of one that is not allowed. */
function corsHeaders(cors: HttpCors): (request: GatewayRequest) => readonly string[] {
  const originOf = allowedOrigins(cors)
  const credentials = cors.allowCredentials ? ['Access-Control-Allow-Credentials', 'true'] : []
  const preflight = [
    ...listed('Access-Control-Allow-Methods', cors.allowMethods),
    ...listed('Access-Control-Allow-Headers', cors.allowHeaders),
    ...(cors.maxAge === undefined ? [] : ['Access-Control-Max-Age', String(cors.maxAge)]),
    ...credentials,
  ]
  const actual = [...listed('Access-Control-Expose-Headers', cors.exposeHeaders), ...credentials]
  return (request) => {
    const own = request.headers.get('origin')
    if (own === undefined || (request.method === 'OPTIONS' && !asks(request.headers))) return nothing
    const origin = originOf(own)
    if (origin === undefined) return nothing
    return ['Access-Control-Allow-Origin', origin, ...(request.method === 'OPTIONS' ? preflight : actual)]
  }
}

function listed(name: string, values: readonly string[] = nothing): string[] {
  return values.length === 0 ? [] : [name, values.join(',')]
}
