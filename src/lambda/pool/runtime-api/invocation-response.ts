import type { PoolInvocation } from '../invocation.ts'

/** The whole HTTP response that hands an invocation to a runtime. */
export interface InvocationResponse {
  readonly text: string
  /** `latin1` where the payload is ASCII alone: the same bytes for less. */
  readonly encoding: 'utf8' | 'latin1'
}

/**
 * Writes the HTTP response that hands an invocation to a runtime.
 *
 * @param deadlineEpochMs When the function times out.
 */
export function invocationResponse(invocation: PoolInvocation, deadlineEpochMs: number): InvocationResponse {
  const { requestId, invokedFunctionArn, traceId, clientContext, payload } = invocation
  const context =
    clientContext === undefined ? '' : `Lambda-Runtime-Client-Context: ${decodeClientContext(clientContext)}\r\n`
  const bytes = Buffer.byteLength(payload)
  const text =
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n' +
    `Lambda-Runtime-Aws-Request-Id: ${requestId}\r\n` +
    `Lambda-Runtime-Deadline-Ms: ${deadlineEpochMs}\r\n` +
    `Lambda-Runtime-Invoked-Function-Arn: ${invokedFunctionArn}\r\n` +
    `Lambda-Runtime-Trace-Id: ${traceId}\r\n${context}` +
    `Content-Length: ${bytes}\r\n\r\n${payload}`
  return { text, encoding: bytes === payload.length ? 'latin1' : 'utf8' }
}

/** Callers send base64; runtimes get the JSON itself, written so that it fits a header. */
function decodeClientContext(base64: string): string {
  const json = Buffer.from(base64, 'base64').toString()
  return json
    .replace(/[\r\n]/g, ' ')
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
