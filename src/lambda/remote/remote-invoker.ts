import { Pool } from 'undici'
import type { RemoteFunction } from '../../config/remote-function.ts'
import { signRequest } from '../../sigv4/sign-request.ts'
import { parseArn } from '../../wire/arn.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { FunctionStream } from '../function-stream.ts'
import type { FunctionInvocation, FunctionInvoker, FunctionResult } from '../invoker.ts'
import { requireCaller } from '../permission/require-caller.ts'

/** A function may run for 15 minutes; its endpoint answers a little later at most. */
const answerTimeoutMs = 905_000

type Answer = Awaited<ReturnType<Pool['request']>>

/**
 * Invokes functions behind an endpoint that speaks Lambda's Invoke: AWS itself, or one that is compatible. That endpoint
 * decides by the credentials whether the call is allowed; it knows nothing of the service that called here. Whose credentials a
 * service calls with must be allowed it by their own policies here.
 */
export class RemoteInvoker implements FunctionInvoker {
  readonly #entry: RemoteFunction
  readonly #base: URL
  readonly #pool: Pool
  readonly #now: () => Date

  constructor(entry: RemoteFunction, now: () => Date = () => new Date()) {
    this.#entry = entry
    this.#base = new URL(entry.endpoint)
    this.#pool = new Pool(this.#base.origin, { headersTimeout: answerTimeoutMs, bodyTimeout: answerTimeoutMs })
    this.#now = now
  }

  /** @throws {ServiceError} `ServiceException` 500 for a stream: the endpoints' event streams are not read. */
  async invoke(invocation: FunctionInvocation, stream?: FunctionStream): Promise<FunctionResult> {
    if (stream) throw new ServiceError('ServiceException', 'A remote function cannot stream', { status: 500 })
    const { functionArn, payload, caller } = invocation
    if (caller) requireCaller(caller, functionArn)
    const path = `${this.#base.pathname.replace(/\/$/, '')}/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`
    const headers = this.#sign(new URL(path, this.#base), functionArn, payload, headersOf(invocation))
    const answer = await this.#send(path, headers, payload)
    const text = await answer.body.text()
    if (answer.statusCode >= 300) throw readError(answer, text)
    return readResult(answer, text)
  }

  async close(): Promise<void> {
    await this.#pool.destroy()
  }

  #sign(url: URL, functionArn: string, body: string, headers: Record<string, string>): Record<string, string> {
    const { credentials, region = parseArn(functionArn)?.region ?? '' } = this.#entry
    if (credentials === undefined) return headers
    const options = { credentials, region, service: 'lambda', date: this.#now() }
    return signRequest({ method: 'POST', url, headers, body }, options)
  }

  async #send(path: string, headers: Record<string, string>, body: string): Promise<Answer> {
    try {
      return await this.#pool.request({ method: 'POST', path, headers, body })
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new ServiceError('ServiceException', `The endpoint of the function cannot be reached: ${reason}`, {
        status: 500,
        cause,
      })
    }
  }
}

function headersOf({ invocationType, clientContext, tailLog, traceId }: FunctionInvocation): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-amz-invocation-type': invocationType,
    ...(clientContext !== undefined && { 'x-amz-client-context': clientContext }),
    ...(tailLog && { 'x-amz-log-type': 'Tail' }),
    ...(traceId !== undefined && { 'x-amzn-trace-id': traceId }),
  }
}

function readResult({ headers }: Answer, payload: string): FunctionResult {
  const logResult = headerOf(headers, 'x-amz-log-result')
  return {
    payload,
    executedVersion: headerOf(headers, 'x-amz-executed-version') ?? '$LATEST',
    requestId: headerOf(headers, 'x-amzn-requestid') ?? '',
    ...(headerOf(headers, 'x-amz-function-error') !== undefined && { functionError: 'Unhandled' }),
    ...(logResult !== undefined && { logResult }),
  }
}

/** Lambda's own error as our own: same code, text and status. */
function readError({ statusCode, headers }: Answer, text: string): ServiceError {
  const body = parse(text)
  // Such as `ResourceNotFoundException:http://internal.amazon.com/…`.
  const code = headerOf(headers, 'x-amzn-errortype')?.split(':')[0] ?? 'ServiceException'
  const message =
    body['message'] ?? body['Message'] ?? `The endpoint of the function answered with status ${statusCode}`
  const members = Object.fromEntries(['Type', 'Reason'].flatMap((name) => (name in body ? [[name, body[name]]] : [])))
  return new ServiceError(code, String(message), { members, status: statusCode })
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function headerOf(headers: Answer['headers'], name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}
