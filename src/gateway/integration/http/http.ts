import { configurationError } from '../../error.ts'
import type { Ids } from '../../ids.ts'
import { withStageVariables } from '../../mapping/stage-variables.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import type { Backend } from '../backend.ts'
import { callWhole } from '../call/call-whole.ts'
import { traceSegment } from '../trace.ts'
import type { Send } from '../upstream/upstream.ts'
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

  return async (request, { client }) => {
    const { origin, path } = target(request.path)
    const body = bodiless.has(request.httpMethod) || request.body.length === 0 ? null : Buffer.from(request.body)
    const sent = {
      method: request.httpMethod,
      path: withQuery(path, '', request.querystring),
      headers: linesOf(request, body !== null),
      body,
    }
    const response = await callWhole(send, origin, sent, timeoutMs, client)
    return { ...response, selectionText: String(response.status), trace: traceSegment(request.trace, ids) }
  }
}

function refuse(detail: string): Backend {
  return () => {
    throw configurationError(detail)
  }
}
