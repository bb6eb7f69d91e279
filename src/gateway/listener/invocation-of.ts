import type { IncomingMessage, ServerResponse } from 'node:http'
import { HeaderList } from '../headers.ts'
import { type Ids, isUuid } from '../ids.ts'
import type { Invocation } from '../invocation.ts'
import { maxBodyBytes, requestTooLong } from '../rest/limit-request-size.ts'
import type { Route } from '../rest/stage-plan.ts'
import type { ApiAddress } from './address.ts'
import { HttpClient } from './http-client.ts'
import { IncomingBody } from './incoming-body.ts'

export interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly wanted: (() => void) | undefined
  readonly address: ApiAddress
  readonly target: string
  readonly httpMethod: string
  readonly route: Route
}

/** The invocation that a request of `node:http` makes of a route. */
export function invocationOf(call: Call, env: { ids: Ids; now: () => number }): Invocation {
  const { request, response, wanted, address, target, httpMethod, route } = call
  const { apiId, path, query } = address
  // A client may name its call itself (documented).
  const own = request.headers['x-amzn-requestid']
  return {
    request: {
      method: httpMethod,
      path,
      query,
      headers: new HeaderList(request.rawHeaders),
      body: new IncomingBody(request, maxBodyBytes, requestTooLong, wanted),
      domainName: address.domainName ?? `${apiId}.execute-api.${route.region}.amazonaws.com`,
      protocol: request.httpVersionMinor === 0 ? 'HTTP/1.0' : 'HTTP/1.1',
      targetBytes: target.length,
    },
    client: new HttpClient(request, response),
    pathValues: route.pathValues,
    requestId: typeof own === 'string' && isUuid(own) ? own : env.ids.request(),
    extendedRequestId: env.ids.extendedRequest(),
    receivedAt: env.now(),
  }
}
