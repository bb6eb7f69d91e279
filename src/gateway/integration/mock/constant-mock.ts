import type { RestIntegrationResponse } from '../../../snapshot/rest-api.ts'
import type { Handler } from '../../pipeline.ts'
import { isFinalStatus, type Reply } from '../../reply.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import type { MappedValues } from '../backend.ts'
import { byAccept, byContentType, usualType } from '../custom/choose-template.ts'
import { compileTemplates } from '../custom/compile-templates.ts'
import { replyHeaders } from '../custom/reply-headers.ts'
import { responseSelector } from '../custom/select-response.ts'
import { statusCodeOf } from './status-code.ts'

/** The reply to a client that accepts a type. */
type Prepared = (accept: string | undefined) => Reply

/**
 * A `MOCK` integration whose replies do not depend on the call, but for the choice of its templates: all of them are made
 * when the method is compiled. Typically a CORS preflight.
 *
 * @param otherwise Answers the calls whose body no template reads.
 * @returns Undefined for any other `MOCK`, and for one that fails.
 */
export function constantMock(deployed: DeployedMethod, otherwise: Handler): Handler | undefined {
  const { integration } = deployed.method
  const { requestTemplates, requestParameters, passthroughBehavior, contentHandling, responses } = integration
  if (deployed.stage.api.binaryMediaTypes.length > 0 || contentHandling) return undefined
  if (Object.keys(requestParameters).length > 0) return undefined
  const select = responseSelector(responses, (response) => prepare(response, deployed))
  const prepared = new Map<string, Prepared>()
  for (const [mediaType, { constant }] of compileTemplates(requestTemplates, deployed, 'request')) {
    const status = constant === undefined ? undefined : statusCodeOf(constant)
    const reply = status === undefined ? undefined : select(String(status))
    if (!reply) return undefined
    prepared.set(mediaType, reply)
  }
  const choose = byContentType(prepared, passthroughBehavior)
  return (invocation) => {
    const { headers } = invocation.request
    const reply = choose(headers.get('content-type'))
    return reply ? reply(headers.get('accept')) : otherwise(invocation)
  }
}

/** @returns Undefined for a response that depends on the call, and for one that fails. */
function prepare(response: RestIntegrationResponse, deployed: DeployedMethod): Prepared | undefined {
  const status = Number(response.statusCode)
  const headers = staticHeaders(response.responseParameters)
  if (response.undeclared || response.contentHandling || !isFinalStatus(status) || !headers) return undefined
  const replies = new Map<string, Reply>()
  for (const [mediaType, { constant, template }] of compileTemplates(
    response.responseTemplates,
    deployed,
    'response',
  )) {
    if (template && constant === undefined) return undefined
    replies.set(mediaType, { status, headers: replyHeaders(headers, mediaType), body: constant ?? '' })
  }
  const bodiless: Reply = { status, headers: replyHeaders(headers, usualType), body: '' }
  const choose = byAccept(replies)
  return (accept) => choose(accept)?.template ?? bodiless
}

/** @returns Undefined when one of the parameters is not static. */
function staticHeaders(parameters: Readonly<Record<string, string>>): MappedValues | undefined {
  const headers = new Map<string, readonly string[]>()
  for (const [key, expression] of Object.entries(parameters)) {
    const [, name] = /^method\.response\.header\.(.+)$/.exec(key) ?? []
    const [, value] = /^'([\x20-\x7e]*)'$/.exec(expression) ?? []
    if (name === undefined || value === undefined) return undefined
    if (value !== '') headers.set(name, [value])
  }
  return headers
}
