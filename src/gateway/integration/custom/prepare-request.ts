import { configurationError, GatewayError } from '../../error.ts'
import type { Ids } from '../../ids.ts'
import type { Invocation } from '../../invocation.ts'
import { binaryMediaTypes } from '../../mapping/binary-media-types.ts'
import { headerValue, isHeaderName } from '../../mapping/header-value.ts'
import { illegalHeaders } from '../../mapping/illegal-headers.ts'
import { Payload } from '../../mapping/payload.ts'
import { requestParameters } from '../../mapping/request-parameters.ts'
import { remembering } from '../../remembering.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import { noOverrides, type TemplateOverrides } from '../../template/overrides.ts'
import type { IntegrationRequest, MappedValues } from '../backend.ts'
import { traceId } from '../trace.ts'
import { byContentType, usualType } from './choose-template.ts'
import { compileTemplates } from './compile-templates.ts'
import { requestContent } from './content.ts'
import { overridden, overriddenHeaders } from './override.ts'
import { transform } from './transform.ts'

/** A request for a backend, and what its template has set for the response. */
export interface PreparedRequest {
  readonly request: IntegrationRequest
  readonly overrides: TemplateOverrides
}

/**
 * Makes the request for a backend of a client's request.
 *
 * @param bytes The client's body.
 * @throws {GatewayError} `UNSUPPORTED_MEDIA_TYPE`; 400 for a body that a mapping cannot read; 500 for what is configured in
 *   a way that cannot work.
 */
export type PrepareRequest = (bytes: Buffer, invocation: Invocation) => PreparedRequest

/** Compiles the request side of a custom integration: what is not valid fails each call, as on AWS. */
export function requestPreparer(deployed: DeployedMethod, ids: Ids): PrepareRequest {
  const { integration } = deployed.method
  const { httpMethod = 'ANY', passthroughBehavior, contentHandling } = integration
  const isBinary = binaryMediaTypes(deployed.stage.api.binaryMediaTypes)
  const templateFor = byContentType(
    compileTemplates(integration.requestTemplates, deployed, 'request'),
    passthroughBehavior,
  )
  const parameters = requestParameters(deployed)
  const illegal = illegalHeaders(integration.type)
  const isLegal = remembering((name) => isHeaderName(name) && !illegal.has(name.toLowerCase()))

  return (bytes, invocation) => {
    const contentType = invocation.request.headers.get('content-type')
    const template = templateFor(contentType)
    if ('invalid' in parameters) throw invalidMapping(parameters.invalid)
    const content = requestContent(bytes, isBinary(contentType), contentHandling)
    const payload = new Payload(content.toString())
    const mapped = parameters.map(invocation, payload)
    const data = { payload, invocation, overrides: noOverrides }
    const { body, overrides } = transform(template, content, data, 'request')
    const request: IntegrationRequest = {
      httpMethod: httpMethod === 'ANY' ? invocation.request.method : httpMethod,
      path: overridden(mapped.path, overrides.request.path),
      querystring: overridden(mapped.querystring, overrides.request.querystring),
      headers: sendable(overriddenHeaders(mapped.header, overrides.request.header), isLegal),
      contentType: contentType ?? usualType,
      body,
      trace: traceId(invocation, ids),
    }
    return { request, overrides }
  }
}

function invalidMapping(expression: string) {
  return configurationError(`Invalid mapping expression specified: ${expression}`)
}

/** @throws {GatewayError} 500 for a header that a template must not set. */
function sendable(headers: MappedValues, isLegal: (name: string) => boolean): MappedValues {
  let sent: Map<string, readonly string[]> | undefined
  for (const [name, values] of headers) {
    if (!isLegal(name)) {
      throw configurationError(`Execution failed due to configuration error: Illegal header: ${name}`)
    }
    const encoded = values.map((value) => headerValue(value) ?? refuseValue(name))
    if (encoded.some((value, i) => value !== values[i])) sent = (sent ?? new Map(headers)).set(name, encoded)
  }
  return sent ?? headers
}

function refuseValue(name: string): never {
  throw new GatewayError('DEFAULT_4XX', 'Bad Request', { detail: `The value for header ${name} breaks the line` })
}
