import { configurationError } from '../../error.ts'
import type { Ids } from '../../ids.ts'
import type { Invocation } from '../../invocation.ts'
import { binaryMediaTypes } from '../../mapping/binary-media-types.ts'
import type { Handler } from '../../pipeline.ts'
import type { Reply } from '../../reply.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import type { TemplateOverrides } from '../../template/overrides.ts'
import { whenKnown } from '../../when-known.ts'
import type { Backend, IntegrationResponse } from '../backend.ts'
import { answerOf } from './answer.ts'
import { requestPreparer } from './prepare-request.ts'
import { responseSelector } from './select-response.ts'

const noBody = Buffer.alloc(0)

/**
 * A custom (non-proxy) integration: the backend gets what the method maps from the call, and the client what it maps from
 * the backend's response.
 */
export function custom(deployed: DeployedMethod, backend: Backend, ids: Ids): Handler {
  const prepare = requestPreparer(deployed, ids)
  const isBinary = binaryMediaTypes(deployed.stage.api.binaryMediaTypes)
  const select = responseSelector(deployed.method.integration.responses, (response) =>
    answerOf(response, deployed, isBinary),
  )

  const answer = (response: IntegrationResponse, invocation: Invocation, overrides: TemplateOverrides): Reply => {
    const chosen = select(response.selectionText)
    if (!chosen) throw noResponse(response.status)
    return chosen(response, invocation, overrides)
  }

  const run = (invocation: Invocation, bytes: Buffer): Reply | Promise<Reply> => {
    const { request, overrides } = prepare(bytes, invocation)
    const response = backend(request, invocation)
    return whenKnown(response, (known) => answer(known, invocation, overrides))
  }

  return (invocation) => {
    const { body } = invocation.request
    return body.length === 0 ? run(invocation, noBody) : whenKnown(body.read(), (bytes) => run(invocation, bytes))
  }
}

/** @param status The backend's. */
function noResponse(status: number) {
  return configurationError(
    'Configuration error: No match for output mapping and no default output mapping configured. ' +
      `Endpoint Response Status Code: ${status}`,
  )
}
