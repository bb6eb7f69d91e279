import type { RestIntegrationResponse } from '../../../snapshot/rest-api.ts'
import { configurationError } from '../../error.ts'
import { HeaderList } from '../../headers.ts'
import type { Invocation } from '../../invocation.ts'
import { type IsBinary, neverBinary } from '../../mapping/binary-media-types.ts'
import { Payload } from '../../mapping/payload.ts'
import { responseParameters } from '../../mapping/response-parameters.ts'
import { isFinalStatus, type Reply } from '../../reply.ts'
import type { CallPlace } from '../../rest/deployed-method.ts'
import type { TemplateOverrides } from '../../template/overrides.ts'
import type { IntegrationResponse, MappedValues } from '../backend.ts'
import { byAccept, usualType } from './choose-template.ts'
import { compileTemplates } from './compile-templates.ts'
import { responseContent } from './content.ts'
import { overriddenHeaders } from './override.ts'
import { replyHeaders } from './reply-headers.ts'
import { transform } from './transform.ts'

/**
 * Makes the reply of a backend's response.
 * @param carried What the request template has set.
 * @throws {GatewayError} 500 for what is configured in a way that cannot work, or does not fit the response.
 */
export type Answer = (response: IntegrationResponse, invocation: Invocation, carried: TemplateOverrides) => Reply

/** Compiles one integration response: what is not valid fails each call that chooses it, as on AWS. */
export function answerOf(chosen: RestIntegrationResponse, place: CallPlace, isBinary: IsBinary): Answer {
  const { statusCode, contentHandling } = chosen
  if (chosen.undeclared) return refuse(`Output mapping refers to an invalid method response: ${statusCode}`)
  const status = Number(statusCode)
  if (!isFinalStatus(status)) return refuse(`No reply has status ${statusCode}`)
  const parameters = responseParameters(chosen.responseParameters, place)
  if ('invalid' in parameters) return refuse(`Invalid mapping expression specified: ${parameters.invalid}`)
  const templateFor = byAccept(compileTemplates(chosen.responseTemplates, place, 'response'))

  return (response, invocation, carried) => {
    const accept = invocation.request.headers.get('accept')
    // A response without body, as of `MOCK`, is text: there is nothing that a template could not read.
    const binary = isBinary !== neverBinary && response.body.length > 0 && isBinary(contentTypeOf(response))
    const content = responseContent(response.body, binary, isBinary(accept), contentHandling)
    const payload = new Payload(content.toString())
    const mapped = parameters.map({ response, payload }, invocation)
    const typed = templateFor(accept)
    const data = { payload, invocation, overrides: carried }
    const { body, overrides } = transform(typed?.template, content, data, 'response')
    return {
      // Observed: what else a template sets is ignored.
      status: isFinalStatus(overrides.response.status) ? overrides.response.status : status,
      headers: headersOf(
        overriddenHeaders(mapped, overrides.response.header),
        typed?.mediaType ?? usualType,
        response.trace,
      ),
      body,
    }
  }
}

function contentTypeOf({ headers }: IntegrationResponse): string | undefined {
  return new HeaderList(headers).get('content-type')
}

function refuse(detail: string): Answer {
  return () => {
    throw configurationError(detail)
  }
}

function headersOf(mapped: MappedValues, contentType: string, trace: string | undefined): string[] {
  const lines = replyHeaders(mapped, contentType)
  if (trace !== undefined) lines.push('X-Amzn-Trace-Id', trace)
  return lines
}
