import { configurationError } from '../../error.ts'
import type { Ids } from '../../ids.ts'
import type { Invocation } from '../../invocation.ts'
import { binaryMediaTypes } from '../../mapping/binary-media-types.ts'
import { Payload, unread } from '../../mapping/payload.ts'
import { requestParameters } from '../../mapping/request-parameters.ts'
import { withStageVariables } from '../../mapping/stage-variables.ts'
import type { Handler } from '../../pipeline.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import { whenKnown } from '../../when-known.ts'
import { callBackend } from '../call/call-backend.ts'
import { forwardBody } from '../call/forward-body.ts'
import { requestContent } from '../custom/content.ts'
import { bodiless } from '../http/bodiless.ts'
import { endpoint } from '../http/endpoint.ts'
import { withQuery } from '../http/query.ts'
import { traceId } from '../trace.ts'
import { exchangeTimes } from '../transfer-mode.ts'
import type { Send, UpstreamRequest } from '../upstream/upstream.ts'
import { headersForBackend } from './request-headers.ts'
import { headersForClient } from './response-headers.ts'

export interface HttpProxyOutside {
  readonly send: Send
  readonly ids: Ids
  readonly timeoutMs: number
}

/**
 * `HTTP_PROXY`: the backend gets the call nearly as it came, and its response is the reply. Bodies stream both ways, their
 * bytes unchanged unless the integration converts the request's; AWS mangles those of media types that are not listed as binary.
 */
export function httpProxy(deployed: DeployedMethod, { send, ids, timeoutMs }: HttpProxyOutside): Handler {
  const { stage, method: deployedMethod } = deployed
  const { uri: template = '', httpMethod: verb = 'ANY', contentHandling } = deployedMethod.integration
  const isBinary = binaryMediaTypes(stage.api.binaryMediaTypes)
  const parameters = requestParameters(deployed)
  if ('invalid' in parameters) return refuse(`Invalid mapping expression specified: ${parameters.invalid}`)
  const uri = withStageVariables(template, stage.variables)
  const target = endpoint(uri)
  if (!target) return refuse(`Execution failed due to configuration error: Invalid endpoint address: ${uri}`)
  const apiId = stage.api.restApiId
  const times = exchangeTimes(deployedMethod.integration, timeoutMs)

  const call = (invocation: Invocation, method: string, body: UpstreamRequest['body'], payload = unread) => {
    const { path: values, querystring, header } = parameters.map(invocation, payload)
    const { origin, path } = target(values)
    const headers = headersForBackend(invocation, header, { apiId, trace: traceId(invocation, ids) })
    const request = { method, path: withQuery(path, invocation.request.query, querystring), headers, body }
    return callBackend({ send, origin, request, times, headersForClient }, invocation.client)
  }

  return (invocation) => {
    const { body, headers, method: clientVerb } = invocation.request
    const method = verb === 'ANY' ? clientVerb : verb
    if (body.length === 0) return call(invocation, method, null)
    if (parameters.readsBody || contentHandling) {
      return whenKnown(body.read(), (bytes) => {
        const isListed = isBinary(headers.get('content-type'))
        const content = contentHandling ? Buffer.from(requestContent(bytes, isListed, contentHandling)) : bytes
        const payload = parameters.readsBody ? new Payload(content.toString()) : unread
        return call(invocation, method, bodiless.has(method) ? null : content, payload)
      })
    }
    if (bodiless.has(method)) return call(invocation, method, null)
    return forwardBody(body, (content) => call(invocation, method, content))
  }
}

function refuse(detail: string): Handler {
  return () => {
    throw configurationError(detail)
  }
}
