import type { FunctionInvocation, FunctionInvoker, FunctionResult } from '../../lambda/invoker.ts'
import type { Outside } from '../integration/integrate.ts'
import { isStreamed, type ResponseListener, type Send, type UpstreamRequest } from '../integration/upstream/upstream.ts'
import { type ExecutionLog, logged } from './execution-log.ts'

/**
 * The outside of one test invocation: what goes to its endpoint and what comes back is told line by line.
 * @param region Of the API.
 */
export function toldOutside(outside: Outside, region: string, log: ExecutionLog): Outside {
  const { functions, network, now } = outside
  const told = (send: Send) => toldSend(send, log, now)
  return {
    ...outside,
    network: { ...network, send: told(network.send), sendOf: (way) => told(network.sendOf(way)) },
    functions: toldFunctions(functions, region, log, now),
  }
}

interface Request {
  readonly uri: string
  /** Flat names and values. */
  readonly headers: readonly string[]
  readonly body: string
}

function tellRequest({ uri, headers, body }: Request, log: ExecutionLog): void {
  log.write(`Endpoint request URI: ${uri}`)
  log.write(`Endpoint request headers: ${logged(masked(headers))}`)
  log.write(`Endpoint request body after transformations: ${body}`)
  log.write(`Sending request to ${uri}`)
}

function tellResponse(status: number, headers: readonly string[], latencyMs: number, log: ExecutionLog): void {
  log.write(`Received response. Status: ${status}, Integration latency: ${latencyMs} ms`)
  log.write(`Endpoint response headers: ${logged(headers)}`)
}

function tellResponseBody(body: string, log: ExecutionLog): void {
  log.write(`Endpoint response body before transformations: ${body}`)
}

function toldSend(send: Send, log: ExecutionLog, now: () => number): Send {
  return (origin, request, listener) => {
    const beganMs = now()
    const body = bodyText(request.body)
    tellRequest({ uri: origin + request.path, headers: request.headers, body }, log)
    return send(
      origin,
      request,
      toldListener(listener, () => now() - beganMs, log),
    )
  }
}

/** What is sent in pieces is far longer than a line shows. */
function bodyText(body: UpstreamRequest['body']): string {
  return body === null || isStreamed(body) ? '' : body.toString()
}

function toldListener(listener: ResponseListener, elapsedMs: () => number, log: ExecutionLog): ResponseListener {
  const chunks: Buffer[] = []
  return {
    onHead(status, headers) {
      tellResponse(status, headers, elapsedMs(), log)
      listener.onHead(status, headers)
    },
    onData(chunk) {
      chunks.push(chunk)
      return listener.onData(chunk)
    },
    onEnd() {
      tellResponseBody(Buffer.concat(chunks).toString('utf8'), log)
      listener.onEnd()
    },
    onError: (error) => listener.onError(error),
  }
}

function toldFunctions(
  functions: FunctionInvoker,
  region: string,
  log: ExecutionLog,
  now: () => number,
): FunctionInvoker {
  return {
    async invoke(invocation) {
      const beganMs = now()
      tellRequest(invokeRequest(invocation, region), log)
      const result = await functions.invoke(invocation)
      tellResponse(200, invokeResponseHeaders(result), now() - beganMs, log)
      tellResponseBody(result.payload, log)
      return result
    },
  }
}

/** As Lambda's `Invoke` would be called. */
function invokeRequest(
  { functionArn, payload, traceId = '', invocationType }: FunctionInvocation,
  region: string,
): Request {
  const headers = [
    'X-Amzn-Trace-Id',
    traceId,
    'X-Amz-Invocation-Type',
    invocationType,
    'Content-Type',
    'application/json',
  ]
  return {
    uri: `https://lambda.${region}.amazonaws.com/2015-03-31/functions/${functionArn}/invocations`,
    headers,
    body: payload,
  }
}

function invokeResponseHeaders({ requestId, functionError, executedVersion }: FunctionResult): string[] {
  const headers = ['Content-Type', 'application/json', 'x-amzn-RequestId', requestId]
  headers.push('X-Amz-Executed-Version', executedVersion)
  if (functionError !== undefined) headers.push('X-Amz-Function-Error', functionError)
  return headers
}

const secret: ReadonlySet<string> = new Set(['authorization', 'x-amz-security-token', 'x-api-key'])

/** Observed: credentials are shown as stars. */
function masked(headers: readonly string[]): string[] {
  return headers.map((text, i) =>
    i % 2 === 1 && secret.has((headers[i - 1] ?? '').toLowerCase()) ? '*'.repeat(20) : text,
  )
}
