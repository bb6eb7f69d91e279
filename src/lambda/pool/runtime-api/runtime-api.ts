import { answers, invalidTransition, tooLarge } from './answers.ts'
import { Connection, type RuntimeChannel, type StreamFinder, type WriteBody } from './connection.ts'
import type { InvocationResponse } from './invocation-response.ts'
import type { RuntimeRequest } from './request-parser.ts'

/** Largest answer of a function in bytes: 6 MB and 100 bytes (observed). */
export const maxResponseBytes = 6_291_556

/** What the runtime of one environment reports. */
export interface RuntimeListener {
  /**
   * It begins to answer the invocation in a stream.
   * @param resume Goes on after the stream's taker has held back.
   * @returns What takes the answer's bytes; undefined: it is wanted whole.
   */
  streams(resume: () => void): WriteBody | undefined
  /** It polls for an invocation: `deliver` may be called. */
  polled(): void
  /** It answered the invocation: with the function's own text, empty when that was streamed. */
  responded(payload: string): void
  /** The invocation failed: `payload` is the runtime's error object, or empty. */
  failed(payload: string, errorType: string | undefined): void
  /** The function's answer was longer than `maxResponseBytes`. */
  respondedTooMuch(): void
  /** Start-up failed: `payload` is the runtime's error object, or empty. */
  initFailed(payload: string, errorType: string | undefined): void
}

const prefix = '/2018-06-01/runtime/'
const invocationPrefix = `${prefix}invocation/`
const nextPath = `${invocationPrefix}next`

type Phase = 'Init' | 'Ready' | 'InvocationRunning' | 'InvocationResponse' | 'InitError'

/** The Lambda Runtime API (2018-06-01) of one environment: one invocation at a time. */
export class RuntimeApi {
  readonly #listener: RuntimeListener
  readonly #connections = new Set<Connection>()
  #phase: Phase = 'Init'
  #requestId = ''
  #responsePath = ''
  #poller: Connection | undefined

  constructor(listener: RuntimeListener) {
    this.#listener = listener
  }

  /** Serves one more connection of the runtime. */
  accept(channel: RuntimeChannel): void {
    const connection = new Connection(
      channel,
      maxResponseBytes,
      { answer: this.#answer, stream: this.#stream },
      (closed) => {
        this.#connections.delete(closed)
        if (this.#poller === closed) this.#poller = undefined
      },
    )
    this.#connections.add(connection)
  }

  /** Whether the runtime polls for an invocation. */
  get isPolled(): boolean {
    return this.#poller !== undefined
  }

  /** Hands an invocation to the polling runtime. */
  deliver(requestId: string, { text, encoding }: InvocationResponse): void {
    const poller = this.#poller
    if (poller === undefined) throw new Error('The runtime does not poll')
    this.#poller = undefined
    this.#phase = 'InvocationRunning'
    this.#requestId = requestId
    this.#responsePath = `${invocationPrefix}${requestId}/response`
    poller.expect(this.#responsePath)
    poller.answer(text, encoding)
  }

  close(): void {
    for (const connection of this.#connections) connection.close()
  }

  readonly #stream: StreamFinder = ({ method, path, headers }, connection) => {
    if (headers.get('lambda-runtime-function-response-mode') !== 'streaming') return undefined
    if (method !== 'POST' || path !== this.#responsePath || this.#phase !== 'InvocationRunning') return undefined
    return this.#listener.streams(() => connection.resume())
  }

  readonly #answer = (request: RuntimeRequest, connection: Connection): string | undefined => {
    const { method, path } = request.head
    if (method === 'POST' && path === this.#responsePath && this.#phase === 'InvocationRunning')
      return this.#respond(request)
    if (method === 'GET' && path === nextPath) return this.#next(connection)
    if (method === 'POST' && path.startsWith(invocationPrefix)) return this.#end(request)
    if (method === 'POST' && path === `${prefix}init/error`) return this.#initError(request)
    return path.startsWith(prefix) || path === '/' ? answers.notFound : notBuilt(path)
  }

  #next(connection: Connection): string | undefined {
    if (this.#phase === 'InvocationRunning' || this.#phase === 'InitError') {
      return invalidTransition(this.#phase, 'Ready')
    }
    if (this.#poller !== undefined) return invalidTransition('Ready', 'Ready')
    this.#phase = 'Ready'
    this.#poller = connection
    // After this turn of the connection, so that the poll is registered when the listener delivers at once.
    queueMicrotask(() => {
      if (this.#poller === connection) this.#listener.polled()
    })
    return undefined
  }

  #end(request: RuntimeRequest): string {
    const [requestId, verb, ...more] = request.head.path.slice(invocationPrefix.length).split('/')
    if (more.length > 0 || (verb !== 'response' && verb !== 'error')) return answers.notFound
    if (requestId !== this.#requestId) return answers.invalidRequestId
    if (this.#phase !== 'InvocationRunning') {
      return invalidTransition(this.#phase, verb === 'error' ? 'InvocationErrorResponse' : 'InvocationResponse')
    }
    return verb === 'error' ? this.#fail(request) : this.#respond(request)
  }

  #respond(request: RuntimeRequest): string {
    const mode = request.head.headers.get('lambda-runtime-function-response-mode')
    if (mode !== undefined && mode !== 'streaming') return answers.invalidResponseMode
    this.#phase = 'InvocationResponse'
    if (request.tooLarge) {
      this.#listener.respondedTooMuch()
      return tooLarge(maxResponseBytes)
    }
    const lateError = request.trailers.get('lambda-runtime-function-error-type')
    if (lateError === undefined) this.#listener.responded(textOf(request.body))
    else this.#listener.failed(lateErrorBody(request), lateError)
    return answers.accepted
  }

  #fail(request: RuntimeRequest): string {
    this.#phase = 'InvocationResponse'
    this.#listener.failed(errorBody(request), request.head.headers.get('lambda-runtime-function-error-type'))
    return answers.accepted
  }

  #initError(request: RuntimeRequest): string {
    if (this.#phase !== 'Init') return invalidTransition(this.#phase, 'InitError')
    this.#phase = 'InitError'
    this.#listener.initFailed(errorBody(request), request.head.headers.get('lambda-runtime-function-error-type'))
    return answers.accepted
  }
}

function textOf(body: Buffer): string {
  return body.toString()
}

function errorBody(request: RuntimeRequest): string {
  return request.tooLarge ? '' : textOf(request.body)
}

/** A streamed response that failed late tells its error in a trailer, base64-encoded. */
function lateErrorBody({ trailers }: RuntimeRequest): string {
  return Buffer.from(trailers.get('lambda-runtime-function-error-body') ?? '', 'base64').toString()
}

/** Extensions, telemetry and logs are APIs of Lambda that do not exist here: say so instead of "not found". */
function notBuilt(path: string): string {
  const exists = /^\/(2020-01-01\/extension|2020-08-15\/logs|2022-07-01\/telemetry)(\/|$)/.test(path)
  return exists ? answers.extensionsNotSupported : answers.notFound
}
