import type { FunctionResult } from '../../../lambda/invoker.ts'
import type { IntegrationResponse } from '../backend.ts'

const json = ['Content-Type', 'application/json']
const empty = Buffer.alloc(0)

/** The answer of an invocation that ran: its selection text is empty, unless the function failed. */
export function lambdaAnswer(result: FunctionResult, trace: string): IntegrationResponse {
  const { payload, functionError, executedVersion, logResult, requestId } = result
  const headers = [...json, 'x-amzn-RequestId', requestId, 'X-Amz-Executed-Version', executedVersion]
  if (logResult !== undefined) headers.push('X-Amz-Log-Result', logResult)
  if (functionError !== undefined) headers.push('X-Amz-Function-Error', functionError)
  const selectionText = functionError === undefined ? '' : errorMessageOf(payload)
  return { status: 200, selectionText, headers, body: Buffer.from(payload), trace }
}

/** What an invocation answers that nobody waits for: 202 for an event, 204 for a dry run. */
export function accepted(type: 'Event' | 'DryRun', trace: string): IntegrationResponse {
  return { status: type === 'Event' ? 202 : 204, selectionText: '', headers: [], body: empty, trace }
}

/** Lambda's answer to a type of invocation that it does not know. */
export function badInvocationType(type: string, trace: string): IntegrationResponse {
  const message =
    `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: ` +
    'Member must satisfy enum value set: [Event, RequestResponse, DryRun]'
  return { status: 400, selectionText: '', headers: json, body: Buffer.from(JSON.stringify({ message })), trace }
}

/** Lambda's answer to any verb but POST (widely reported). */
export function notAnInvocation(trace: string): IntegrationResponse {
  const text =
    '<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be authorized</Message>\n' +
    '</AccessDeniedException>\n'
  return {
    status: 403,
    selectionText: '',
    headers: ['Content-Type', 'application/xml'],
    body: Buffer.from(text),
    trace,
  }
}

function errorMessageOf(payload: string): string {
  try {
    const error: unknown = JSON.parse(payload)
    const isError = typeof error === 'object' && error !== null && 'errorMessage' in error
    return isError && typeof error.errorMessage === 'string' ? error.errorMessage : ''
  } catch {
    return ''
  }
}
