import { configurationError } from '../../error.ts'
import type { Ids } from '../../ids.ts'
import { withStageVariables } from '../../mapping/stage-variables.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import type { Backend, IntegrationRequest } from '../backend.ts'
import { callWhole } from '../call/call-whole.ts'
import { traceSegment } from '../trace.ts'
import type { Send, WholeBody } from '../upstream/upstream.ts'
import { bodiless } from './bodiless.ts'
import { endpoint } from './endpoint.ts'
import { withQuery } from './query.ts'
import { requestLines } from './request-lines.ts'

export interface HttpOutside {
  readonly send: Send
  readonly ids: Ids
  readonly timeoutMs: number
}

/** `HTTP`: the web server at the integration's URI, which gets nothing but what was mapped for it. */
export function httpBackend({ stage, method }: DeployedMethod, { send, ids, timeoutMs }: HttpOutside): Backend {
  const uri = withStageVariables(method.integration.uri ?? '', stage.variables)
  const target = endpoint(uri)
  if (!target) return refuse(`Execution failed due to configuration error: Invalid endpoint address: ${uri}`)
  const linesOf = requestLines(stage.api.restApiId)

  return (request, { client }) => {
    const { origin, path } = target(request.path)
    const body = sentBody(request)
    const sent = {
      method: request.httpMethod,
      path: withQuery(path, '', request.querystring),
      headers: linesOf(request, body !== null),
      body,
    }
    return callWhole(send, origin, sent, timeoutMs, client).then(({ status, headers, body }) => {
      return { status, headers, body, selectionText: String(status), trace: traceSegment(request.trace, ids) }
    })
  }
}

function sentBody({ httpMethod, body }: IntegrationRequest): WholeBody {
  if (bodiless.has(httpMethod) || body.length === 0) return null
  return typeof body === 'string' && Buffer.byteLength(body) > body.length ? Buffer.from(body) : body
}

function refuse(detail: string): Backend {
  return () => {
    throw configurationError(detail)
  }
}
