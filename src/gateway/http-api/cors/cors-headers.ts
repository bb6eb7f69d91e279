import type { HttpCors } from '../../../snapshot/http-api.ts'
import type { GatewayRequest } from '../../invocation.ts'
import { allowedOrigins } from './origin.ts'
import { asksToCall } from './preflight.ts'

const nothing: readonly string[] = []

/**
 * Compiles an API's CORS configuration.
 * @returns The header lines of the reply to a request, flat: none to one that is not of another origin, or of one that is not
 *   allowed, nor to an `OPTIONS` that is no preflight (documented).
 */
export function corsHeaders(cors: HttpCors): (request: GatewayRequest) => readonly string[] {
  const originOf = allowedOrigins(cors)
  const credentials = cors.allowCredentials ? ['Access-Control-Allow-Credentials', 'true'] : []
  const preflight = [
    ...listed('Access-Control-Allow-Methods', cors.allowMethods),
    ...listed('Access-Control-Allow-Headers', cors.allowHeaders),
    ...(cors.maxAge === undefined ? [] : ['Access-Control-Max-Age', String(cors.maxAge)]),
    ...credentials,
  ]
  const actual = [...listed('Access-Control-Expose-Headers', cors.exposeHeaders), ...credentials]
  return ({ method, headers }) => {
    const own = headers.get('origin')
    if (own === undefined || (method === 'OPTIONS' && !asksToCall(headers))) return nothing
    const origin = originOf(own)
    if (origin === undefined) return nothing
    return ['Access-Control-Allow-Origin', origin, ...(method === 'OPTIONS' ? preflight : actual)]
  }
}

function listed(name: string, values: readonly string[] = nothing): string[] {
  return values.length === 0 ? [] : [name, values.join(',')]
}
